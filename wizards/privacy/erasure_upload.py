import base64

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...models.privacy.replay import outside
from ...models.sheet.called import called
from ...models.sheet.toast import toast


class CustomerSheetErasureUpload(models.TransientModel):
    """Takes over erasures that the database does not know of: a file of the register, as mailed."""

    _name = "customer.sheet.erasure.upload"
    _inherit = ["customer.sheet.dialog.mixin"]
    _description = "Upload a Register of Erasures"

    content = fields.Binary("File", attachment=False)
    content_name = fields.Char("File name")
    copies = fields.Char("Erased in a copy", compute="_compute_copies", compute_sudo=False)
    with_copies = fields.Boolean("This database takes the place of that one")

    @api.depends("content")
    def _compute_copies(self):
        try:
            lines = self.env["customer.sheet.erasure.entry"]._of_copies()
        except OSError:
            lines = []
        names = sorted({line["database"].partition(" ")[2] for line in lines})
        self.copies = bool(lines) and self.env._(
            "The file on this machine has erasures of a copy of this database (%(names)s):"
            " %(count)s. They do not count here, unless this database takes its place.",
            names=", ".join(names),
            count=len(lines),
        )

    @called(one=True)
    def action_take_over(self):
        """Restrict whoever the database has that was erased according to the file."""
        self.env["customer.sheet.erasure.replay"].check_access("read")
        entries = self.env["customer.sheet.erasure.entry"].sudo()
        lines = outside.parsed(base64.b64decode(self.content or b""))
        if self.content and not lines:
            raise UserError(
                self.env._("This is no file of the register. Its name ends with “.jsonl”.")
            )
        if self.content and not entries._are_genuine(lines):
            raise UserError(
                self.env._("Another database has written this file, or somebody has changed it.")
            )
        if self.with_copies:
            lines += entries._of_copies()
        if not lines:
            raise UserError(self.env._("Choose the file first."))
        replay = entries._take_over(lines, "upload")
        if replay:
            action = "crm_customer_sheet.customer_sheet_erasure_replay_action"
            action = self.env["ir.actions.act_window"]._for_xml_id(action)
            return {**action, "res_id": replay.id, "views": [(False, "form")], "target": "current"}
        return toast(self.env._("None of these erasures has to be repeated."))
