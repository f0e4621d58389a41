"""What the tests of snippets share: how Keras and torch are set up before anything imports them."""

import os

os.environ.setdefault("KERAS_BACKEND", "torch")
# The models here are too small to gain from threads, and the tests already run side by side.
os.environ.setdefault("OMP_NUM_THREADS", "1")
