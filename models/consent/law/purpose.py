from odoo import api, fields, models, tools
from odoo.exceptions import UserError, ValidationError


class CustomerSheetConsentPurpose(models.Model):
    """What a person may be contacted for (GDPR, Art. 5(1)(b)), and by which rules."""

    _name = "customer.sheet.consent.purpose"
    _inherit = ["customer.sheet.consent.setting.mixin", "customer.sheet.coded.mixin"]
    _description = "Consent Purpose"
    _order = "sequence, id"

    code = fields.Char(required=True, help="Used by forms, imports and the API.")
    name = fields.Char("Purpose", required=True, translate=True)
    description = fields.Text(
        translate=True, help="What we do with the data, in the words that visitors read."
    )
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)
    is_marketing = fields.Boolean(
        "Marketing", help="May be objected to at any time; its messages carry an unsubscribe link."
    )
    notice_id = fields.Many2one(
        "customer.sheet.consent.notice",
        ondelete="restrict",
        index="btree_not_null",
        help="What a person is told before deciding.",
    )
    retention_months = fields.Integer(
        "Retention (months)", help="How long the data are kept after the last contact."
    )
    retention_source = fields.Char("Source of the retention", translate=True)
    rule_ids = fields.One2many("customer.sheet.consent.rule", "purpose_id", "Rules", copy=True)

    _code_unique = models.Constraint("UNIQUE (code)", "Another purpose already has this code.")

    @api.model
    def _fingerprinted(self):
        return ["code", "active", "is_marketing", "notice_id", "retention_months", "rule_ids"]

    @api.constrains("code")
    def _check_code(self):
        events = self.env["customer.sheet.consent.event"].sudo()
        for purpose in self:
            domain = [("purpose_id", "=", purpose.id), ("purpose_code", "!=", purpose.code)]
            if said := events.search(domain, limit=1).purpose_code:
                raise ValidationError(
                    self.env._(
                        "People have decided on “%(code)s”: the ledger names this purpose by its"
                        " code, which has to stay. Make a new purpose instead.",
                        code=said,
                    )
                )

    @api.model
    @tools.ormcache()
    def _ids_by_code(self):
        """Return ``{code: id}`` of all purposes, archived ones too: the ledger knows them."""
        purposes = self.sudo().with_context(active_test=False).search_fetch([], ["code"])
        return {purpose.code: purpose.id for purpose in purposes}

    @api.model
    def _by_code(self, code):
        """Return the purpose ``code``.

        :raise UserError: if there is none
        """
        if code not in self._ids_by_code():
            raise UserError(
                self.env._(
                    "There is no consent purpose “%(code)s”. Use one of: %(codes)s.",
                    code=code,
                    codes=", ".join(self._ids_by_code()),
                )
            )
        return self.browse(self._ids_by_code()[code])

    @api.model
    @tools.ormcache()
    def _active_ids(self):
        """Return the ids of the active purposes, in their order."""
        return tuple(self.sudo().search([("active", "=", True)]).ids)

    @api.model
    @tools.ormcache()
    def _marketing_codes(self):
        """Return the codes of the active purposes that may be objected to."""
        purposes = self.sudo().search([("is_marketing", "=", True)])
        return tuple(purposes.mapped("code"))
