from odoo import api, fields, models, tools

from .fold import STRENGTHS
from .hours import check_hours

CHANNELS = [("email", "E-mail"), ("phone", "Phone"), ("sms", "SMS"), ("post", "Post")]

BASES = [
    ("consent", "Consent"),
    ("contract", "Contract"),
    ("precontract", "Steps before a contract"),
    ("legitimate_interest", "Legitimate interest"),
    ("legal_obligation", "Legal obligation"),
]


class CustomerSheetConsentRule(models.Model):
    """How the law lets us contact somebody for a purpose; the first rule that fits applies."""

    _name = "customer.sheet.consent.rule"
    _inherit = ["customer.sheet.consent.setting.mixin", "customer.sheet.walled.mixin"]
    _description = "Consent Rule"
    _order = "sequence, id"
    _rec_name = "purpose_id"

    purpose_id = fields.Many2one(
        "customer.sheet.consent.purpose", required=True, ondelete="cascade", index=True
    )
    active = fields.Boolean(default=True)
    sequence = fields.Integer(default=10)

    # to whom it applies
    typology = fields.Selection(
        [("any", "B2C and B2B"), ("b2c", "B2C"), ("b2b", "B2B")], required=True, default="any"
    )
    country_id = fields.Many2one(
        "res.country", index="btree_not_null", help="Leave country and group empty for everywhere."
    )
    country_group_id = fields.Many2one("res.country.group", index="btree_not_null")
    channel = fields.Selection([("any", "Every channel"), *CHANNELS], required=True, default="any")
    company_id = fields.Many2one(
        "res.company", index="btree_not_null", help="Leave empty for all companies."
    )

    # what it says
    basis = fields.Selection(BASES, "Lawful basis", required=True, help="GDPR, Art. 6(1).")
    requirement = fields.Selection(
        [
            ("consent", "Only after consent"),
            ("objection", "Until the person objects"),
            ("free", "Always"),
            ("forbidden", "Never"),
        ],
        "May contact",
        required=True,
        default="consent",
    )
    minimum_strength = fields.Selection(
        STRENGTHS,
        "Evidence at least",
        help="A consent of weaker evidence does not count.",
    )
    validity_months = fields.Integer(
        "Valid (months)", help="After this time a consent has to be renewed; 0 = never."
    )
    hours = fields.Char(
        "Calling hours",
        help="Days of the week (1 = Monday) and hours of the called person, e.g."
        " “1-5 10:00-13:00, 1-5 14:00-20:00”. Days off of the company's working schedule"
        " are excluded.",
    )
    max_attempts = fields.Integer("Calls at most", help="0 = no limit.")
    attempts_days = fields.Integer("within (days)")
    cooling_off_days = fields.Integer(
        "Ask again after (days)", help="How long a refusal forbids to ask again."
    )
    source = fields.Text(translate=True, help="The article or standard that says so.")
    source_url = fields.Char("Link to the source")

    @api.model
    def _fingerprinted(self):
        return [
            *("purpose_id", "active", "sequence", "typology", "country_id", "country_group_id"),
            *("channel", "company_id", "basis", "requirement", "minimum_strength"),
            *("validity_months", "hours", "max_attempts", "attempts_days", "cooling_off_days"),
        ]

    @api.constrains("hours")
    def _check_hours(self):
        check_hours(self)

    @api.model
    @tools.ormcache("purpose_id", "channel")
    def _ids_for(self, purpose_id, channel):
        """Return the ids of the rules of a purpose on a channel, in the order they apply."""
        domain = [("purpose_id", "=", purpose_id), ("channel", "in", ("any", channel))]
        return tuple(self.sudo().search(domain).ids)

    @api.model
    @tools.ormcache()
    def _all_ids(self):
        """Return the ids of all rules: there are few, and a sheet needs many of them at once."""
        return tuple(self.sudo().search([("active", "=", True)]).ids)

    @api.model
    @tools.ormcache("purpose_id", "channel", "typology", "country_id", "company_id")
    def _id_applying(self, purpose_id, channel, typology, country_id, company_id):
        """Return the id of the first rule that fits, or False."""
        country = self.env["res.country"].sudo().browse(country_id or ())
        for rule in self.sudo().browse(self._ids_for(purpose_id, channel)):
            if rule._fits(typology, country, company_id):
                return rule.id
        return False

    def _fits(self, typology, country, company_id):
        """Return whether this rule applies to people of ``typology`` in ``country``."""
        somewhere = self.country_id or self.country_group_id
        here = country and (
            country == self.country_id or country in self.country_group_id.country_ids
        )
        return (
            self.typology in ("any", typology)
            and (not somewhere or bool(here))
            and (not self.company_id or self.company_id.id == company_id)
        )
