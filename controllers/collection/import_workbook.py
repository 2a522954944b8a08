from pathlib import Path

from odoo import http
from odoo.http import request

from ..guarded import guarded
from .import_template import as_workbook


class ImportWorkbookController(http.Controller):
    @guarded("/customer_sheet/import/<int:import_id>.xlsx", runs=("GET",), auth="user")
    def import_workbook(self, import_id):
        """Download the rows of an import that could not be imported, with what to correct."""
        desk = request.env["customer.sheet.import"].browse(import_id).exists()
        if not desk:
            return request.not_found()
        desk.check_access("read")
        name = request.env._("To correct, %(file)s.xlsx", file=Path(desk.name).stem)
        return as_workbook(desk._workbook(), name)
