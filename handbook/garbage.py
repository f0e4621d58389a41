"""Less garbage collection in a process that makes one build and ends.

A build makes many objects that stay to its end and few cycles; looking for these, and taking everything apart at the end,
took a tenth of a cold build. What is not in a cycle is freed as ever.
"""

import atexit
import gc

OBJECTS, YOUNG, MIDDLE = 20_000, 50, 100  # Python: 700, 10, 10


def collect_less() -> None:
    """Look for cycles less often, and not at the end."""
    gc.set_threshold(OBJECTS, YOUNG, MIDDLE)
    atexit.register(gc.freeze)
