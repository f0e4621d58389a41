"""The two coding problems, each as one file to copy: the shortest that runs, and measures honestly."""
