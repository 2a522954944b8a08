from . import first_run
