from . import merge_undo
from . import merge_undo_line
