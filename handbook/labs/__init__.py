"""The labs: their sources, notebooks, pages, downloads and checks."""
