from . import run
from . import merge_run_job
