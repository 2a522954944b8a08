from odoo import fields, models

from ...consent.law.rule import CHANNELS


class CustomerSheetFormConsent(models.Model):
    """One box that people tick, or do not, when they send a form."""

    _name = "customer.sheet.form.consent"
    _description = "Consent Asked by a Form"
    _order = "sequence, id"
    _rec_name = "purpose_id"

    form_id = fields.Many2one("customer.sheet.form", required=True, ondelete="cascade", index=True)
    sequence = fields.Integer(default=10)
    purpose_id = fields.Many2one(
        "customer.sheet.consent.purpose", required=True, ondelete="cascade", index=True
    )
    channel = fields.Selection(CHANNELS, required=True, default="email")
    double_opt_in = fields.Boolean(
        "Confirmed by e-mail",
        help="The consent counts once the person clicks on a link that is mailed to them.",
    )

    _box_unique = models.Constraint(
        "UNIQUE (form_id, purpose_id, channel)", "The form already asks for this consent."
    )

    # -- what publishing freezes -----------------------------------------------

    def _content(self, langs):
        """Return this box as a published form keeps it, in these languages.

        Nobody can agree to what they were not told: where no notice is in force, none is named,
        and the box is not shown.
        """
        return {
            "purpose": self.purpose_id.sudo().code,
            "channel": self.channel,
            "double_opt_in": self.double_opt_in,
            "words": {lang: self._words(lang) for lang in langs},
            "notice_version_ids": self._notices(langs),
        }

    def _words(self, lang):
        sheets = self.env["crm.lead"].with_context(lang=lang)
        return sheets._sheet_agree_label(self.purpose_id, self.channel)

    def _notices(self, langs):
        """Return ``{lang: id}`` of what people read before they tick the box, ``{}`` if nothing."""
        notice = self.purpose_id.sudo().notice_id
        country = self.form_id._home().partner_id.country_id
        told = {lang: notice._in_force(lang, country=country).id for lang in langs}
        return told if all(told.values()) else {}
