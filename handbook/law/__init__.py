"""The law by decision: data/law.yml and data/law/ become pages, a calendar and a list to pick from."""
