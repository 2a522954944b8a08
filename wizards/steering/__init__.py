from . import segment_reach
