from . import customer_sheet_catalogue_publish
from . import customer_sheet_fill
from . import customer_sheet_merge_undo
from . import customer_sheet_merge_undo_line
