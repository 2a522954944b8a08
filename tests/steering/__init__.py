from . import test_first_run
