import base64

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import format_datetime

from ...models.consent.ledger.event import TOLERANCE
from ...models.sheet import takes
from ...models.sheet.fields import HOSTS


class CustomerSheetConsentEntryMixin(models.AbstractModel):
    """A dialog in which a user notes what was said to, or by, the people of some sheets."""

    _name = "customer.sheet.consent.entry.mixin"
    _inherit = ["customer.sheet.dialog.mixin"]
    _description = "Consent Dialog"

    host = fields.Char("Kind of sheet", required=True)
    sheet_refs = fields.Json("Sheets", required=True, help="Ids of the contacts or leads.")
    sheet_names = fields.Char("About", compute="_compute_sheet_names")
    is_bulk = fields.Boolean("Several people", compute="_compute_sheet_names")
    method = fields.Selection(
        [
            ("phone", "On the phone"),
            ("meeting", "Face to face"),
            ("email", "By e-mail"),
            ("paper", "On paper"),
        ],
        "How",
    )
    effective_at = fields.Datetime("When", required=True, default=fields.Datetime.now)
    document = fields.Binary(attachment=False)
    document_name = fields.Char("File name")

    # -- whose sheets ----------------------------------------------------------

    @api.model
    def default_get(self, fields):
        """Take the sheets over that the action was called on."""
        values = super().default_get(fields)
        context = self.env.context
        if "host" in fields and context.get("active_model") in HOSTS:
            values.setdefault("host", context["active_model"])
        if "sheet_refs" in fields and values.get("host") == context.get("active_model"):
            values.setdefault("sheet_refs", context.get("active_ids") or [])
        return values

    @api.depends("host", "sheet_refs")
    def _compute_sheet_names(self):
        for dialog in self:
            sheets = dialog._sheets()
            names = ", ".join(sheets[:3].mapped("display_name"))
            more = len(sheets) - 3
            dialog.is_bulk = len(sheets) > 1
            dialog.sheet_names = (
                self.env._("%(names)s and %(count)s more", names=names, count=more)
                if more > 0
                else names
            )

    def _sheets(self):
        """Return the contacts or leads, as the user may see them."""
        self.ensure_one()
        if self.host not in HOSTS:
            raise UserError(self.env._("Consents are noted on contacts and leads."))
        refs = self.sheet_refs or []
        if not takes.numbers(refs):
            raise UserError(self.env._("These records no longer exist. Close this dialog."))
        return self.env[self.host].browse(refs)

    def _checked_sheets(self):
        """Return the sheets, if the user may note something on every one of them.

        :raise AccessError: otherwise
        """
        sheets = self._sheets().exists()
        if not sheets:
            raise UserError(self.env._("These records no longer exist. Close this dialog."))
        sheets._sheet_check_consent_entry()
        return sheets

    # -- checks ----------------------------------------------------------------

    @api.constrains("effective_at")
    def _check_effective_at(self):
        for dialog in self:
            dialog._require("effective_at")
            if dialog.effective_at > fields.Datetime.now() + TOLERANCE:
                raise ValidationError(
                    self.env._(
                        "“%(field)s” (%(date)s) lies in the future. Choose when it happened.",
                        field=dialog._label("effective_at"),
                        date=format_datetime(self.env, dialog.effective_at),
                    )
                )

    def _label(self, name):
        return self._fields[name]._description_string(self.env)

    def _require(self, *names):
        """Refuse to go on without these fields."""
        for name in names:
            if not self[name]:
                raise ValidationError(
                    self.env._("“%(field)s” is empty. Fill it in.", field=self._label(name))
                )

    # -- evidence --------------------------------------------------------------

    def _uploaded(self):
        """Return the document of this dialog, not saved as an attachment; empty without one."""
        self.ensure_one()
        attachments = self.env["ir.attachment"]
        if not self.document:
            return attachments
        name = self.document_name or self.env._("Evidence")
        return attachments.new({"name": name, "raw": base64.b64decode(self.document)})

    def _key(self):
        """Return a key by which the ledger knows a dialog that was saved twice."""
        return f"{self._name},{self.id}"
