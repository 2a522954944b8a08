from .test_merge_undo import *
