from . import test_walk_forms
