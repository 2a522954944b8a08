from . import merge
from . import merge_undo_rights
