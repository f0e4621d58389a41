"""Compares this site with the one before it was rebuilt and with the theme as it comes."""
