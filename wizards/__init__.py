from . import customer_sheet_catalogue_publish
from . import customer_sheet_consent_publish
from . import customer_sheet_fill
from . import customer_sheet_consent_entry_mixin
from . import customer_sheet_consent_record
from . import customer_sheet_consent_inform
from . import customer_sheet_merge_undo
from . import customer_sheet_merge_undo_line
