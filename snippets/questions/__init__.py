"""The code that interviews ask for: one file a question, short enough for a whiteboard, tested."""
