from . import customer_sheet_catalogue_publish
