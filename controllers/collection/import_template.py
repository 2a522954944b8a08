from datetime import timedelta

from odoo import fields, http
from odoo.http import content_disposition, request

from ...models.collection.template.hosts import EXPORT
from ...models.sheet.fields import HOSTS, check_sheet_user
from ..guarded import guarded

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

#: An export that is logged is made at once, not kept for later.
WITHIN = timedelta(minutes=10)


class ImportTemplateController(http.Controller):
    @guarded("/customer_sheet/import/template/<string:host>.xlsx", auth="user", readonly=True)
    def import_template(self, host):
        """Download an empty workbook that asks the questions in force."""
        check_sheet_user(request.env)
        if host not in HOSTS:
            return request.not_found()
        desks = request.env["customer.sheet.import"]
        return as_workbook(desks._template(host), request.env._("Customers to import") + ".xlsx")

    @guarded("/customer_sheet/export/<int:log_id>.xlsx", auth="user", readonly=True)
    def export_sheets(self, log_id):
        """Download the sheets of an export that this user has just asked for."""
        check_sheet_user(request.env)
        log = request.env["customer.sheet.export.log"].sudo().browse(log_id).exists()
        is_fresh = log and log.create_date > fields.Datetime.now() - WITHIN
        is_export = log.kind == "export" and request.env.user.has_group(EXPORT)
        is_own = log.user_id == request.env.user and log.res_model in HOSTS
        if not (is_fresh and is_export and is_own):
            return request.not_found()
        records = request.env[log.res_model].browse(log.res_ids).exists()._filtered_access("read")
        desks = request.env["customer.sheet.import"]
        content = desks._template(log.res_model, records)
        return as_workbook(content, request.env._("Customers") + ".xlsx")


def as_workbook(content, name):
    """Return a workbook as the answer to a download.

    :param name: of the file
    """
    headers = [("Content-Type", XLSX), ("Content-Disposition", content_disposition(name))]
    return request.make_response(content, headers)
