from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

KINDS = [
    ("declaration", "Declaration"),
    ("authorisation", "Prior authorisation"),
    ("transfer", "Transfer abroad"),
]
STATES = [
    ("todo", "To file"),
    ("filed", "Filed"),
    ("granted", "Receipt given"),
    ("refused", "Refused"),
]


class CustomerSheetFormality(models.Model):
    """What an authority has to be told, or asked, before an activity may begin.

    The number of a receipt goes to the notices of the activity by itself: people have to be told
    it (Morocco, law 09-08, Art. 5).
    """

    _name = "customer.sheet.formality"
    _description = "Formality"
    _order = "processing_id, id"
    _rec_name = "processing_id"

    processing_id = fields.Many2one(
        "customer.sheet.processing", "Activity", required=True, ondelete="cascade", index=True
    )
    regime_id = fields.Many2one(
        "customer.sheet.regime", "Law", required=True, ondelete="restrict", index=True
    )
    kind = fields.Selection(KINDS, "What", required=True, default="declaration")
    form = fields.Char(help="Name of the authority's form, such as F211.")
    state = fields.Selection(STATES, required=True, default="todo")
    filed_on = fields.Date("Filed on")
    number = fields.Char("Receipt number", help="It is filled into the notices by itself.")
    granted_on = fields.Date("Receipt of")
    ends_on = fields.Date("Valid until")
    file = fields.Binary("Receipt", attachment=True)
    file_name = fields.Char(export_string_translation=False)

    @api.constrains("state", "number", "filed_on", "granted_on")
    def _check_granted(self):
        for formality in self:
            if formality.state == "granted" and not (formality.number or "").strip():
                raise ValidationError(self.env._("Type the number of the receipt."))
            filed, granted = formality.filed_on, formality.granted_on
            if filed and granted and granted < filed:
                raise ValidationError(self.env._("A receipt is given after the filing."))

    @api.model_create_multi
    def create(self, vals_list):
        formalities = super().create(vals_list)
        formalities._tell_notices()
        return formalities

    def write(self, vals):
        result = super().write(vals)
        if {"state", "number", "kind", "regime_id", "processing_id"} & set(vals):
            self._tell_notices()
        return result

    def _tell_notices(self):
        """Fill the number of each receipt into the notices that are checked against its law."""
        told = self.filtered(lambda each: each.state == "granted" and each.kind != "transfer")
        for formality in told:
            notices = formality.processing_id.sudo().purpose_ids.notice_id
            law = (formality.regime_id.country_id.code or "").lower()
            for notice in notices | notices.variant_ids:
                is_own = not notice.company_id or notice.company_id in self.env.companies
                if is_own and notice.law == law and notice.declaration_number != formality.number:
                    notice.declaration_number = formality.number

    @api.model
    def _to_do(self, day):
        """Return the domain of those to file, and of those that are valid until a day at most."""
        ends = Domain("state", "=", "granted") & Domain("ends_on", "<=", day)
        return Domain("state", "=", "todo") | ends
