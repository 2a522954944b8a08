from . import test_brief
