from . import customer_sheet_catalogue_publish
from . import customer_sheet_fill
