from . import erasure
