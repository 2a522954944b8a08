from . import review_sign
from . import segment_reach
