"""What hooks, checks and tests share: the readers of the files in data/."""
