from .test_merge_moves import *
from .test_merge_rights import *
from .test_merge_run import *
from .test_merge_stock import *
from .test_merge_tours import *
from .test_merge_undo import *
from .test_merge_values import *
