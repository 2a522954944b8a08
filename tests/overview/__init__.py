from . import test_printed
