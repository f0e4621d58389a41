"""Measures how long a build takes, of this site and of generated ones with more pages."""
