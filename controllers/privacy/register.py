from odoo import http
from odoo.http import content_disposition, request

from ...models.privacy.register.workbook import workbook
from ..guarded import guarded

TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class RegisterController(http.Controller):
    @guarded("/customer_sheet/processing/<int:version_id>.xlsx", auth="user", readonly=True)
    def register_workbook(self, version_id):
        """Download a published register; 0 is the one of today, as it stands."""
        env = request.env
        versions = env["customer.sheet.processing.version"]
        versions.check_access("read")
        version = versions.browse(version_id).exists() if version_id else versions
        if version_id and not version:
            return request.not_found()
        register = version.content or env["customer.sheet.processing"]._now()
        list_name = env._("Activities")
        return request.make_response(
            workbook(register, list_name),
            [
                ("Content-Type", TYPE),
                ("Content-Disposition", content_disposition(f"{register['title']}.xlsx")),
                ("Cache-Control", "no-store"),
                ("X-Content-Type-Options", "nosniff"),
            ],
        )
