from . import segment_reach
from . import review_sign
