from . import test_import_tours
