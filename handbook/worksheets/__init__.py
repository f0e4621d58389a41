"""The worksheets below decisions/: forms made of data/worksheets.yml, their figures computed by the calculators.

theme/assets/javascripts/worksheets.js does in the page what sheets.py does at build, and a test holds both together.
"""
