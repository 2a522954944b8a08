from . import review_sign
