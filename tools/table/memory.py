"""Memory that reading a large file leaves behind."""

import ctypes
import sys


def give_back():
    """Hand what is free back to the system: a reader leaves it in pieces, and the process large.

    Nothing happens where the C library cannot do it.
    """
    if sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
        if trim:
            trim(0)
