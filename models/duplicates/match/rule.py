import math

from lxml import etree

from odoo import api, fields, models, tools
from odoo.exceptions import ValidationError

from ...sheet.called import called
from ..keys.kinds import KIND_NAMES
from ..keys.term import RECORDS
from ..settings import THRESHOLDS
from .meaning import RARITY
from .plan import ALL, BANDS, MatchPlan

COMPARISONS = [
    ("name", "Name"),
    ("civility", "Civility"),
    ("firm", "Company name"),
    ("employer", "Employer"),
    ("kind", "Person or company"),
    ("email", "E-mail"),
    ("phone", "Phone"),
    ("company", "Legal entity"),
    ("establishment", "Establishment"),
    ("vat", "VAT number"),
    ("other", "Other identifier"),
    ("domain", "Domain"),
    ("birth", "Date of birth"),
    ("place", "Town"),
    ("street", "Street"),
    ("shared", "Shared contact point"),
    ("site", "Site of a company"),
    ("household", "Household"),
    ("premises", "Premises"),
    ("rarity", "Rarity of the name"),
]

#: Where the weights are that the module came with.
SHIPPED = "crm_customer_sheet/data/duplicates/customer_sheet_match_rule_data.xml"

#: What a veto takes from the score: more than everything else can bring.
VETO = -100.0
#: The bands of the settings are those of so many records, as a power of two.  Among fewer, fewer
#: are alike by chance: each halving takes a bit, up to so many, from the bands that people look
#: through.
USUAL_BITS, LEAST_BITS = 12.0, 2.0


class CustomerSheetMatchRule(models.Model):
    """How duplicates are recognised (C6): what gathers candidates, and what each finding is worth.

    The weight of a finding is in bits: how many times likelier it is in two records of one
    customer than in two of different ones, as a power of two.  They add up to the score.
    """

    _name = "customer.sheet.match.rule"
    _description = "Duplicate Rule"
    _inherit = ["customer.sheet.cached.mixin"]
    _order = "role, sequence, id"

    name = fields.Char("Finding", required=True, translate=True)
    sequence = fields.Integer(default=10)
    role = fields.Selection(
        [("candidate", "Gathers candidates"), ("comparison", "Counts in the score")],
        required=True,
        readonly=True,
    )
    active = fields.Boolean(default=True)
    code = fields.Char(required=True, readonly=True)
    comparison = fields.Selection(COMPARISONS, "Compared", readonly=True)
    key_kind = fields.Selection(KIND_NAMES, "Having in common", readonly=True)
    typology = fields.Selection(
        [("b2c", "B2C"), ("b2b", "B2B")], help="Leave empty if it gathers candidates for both."
    )
    weight = fields.Float(
        digits=(6, 1),
        aggregator=False,
        help="Bits added to the score; below zero it speaks against a duplicate.",
    )
    shipped_weight = fields.Float(
        "Shipped",
        compute="_compute_shipped_weight",
        digits=(6, 1),
        help="Before anybody changed it.",
    )
    is_veto = fields.Boolean(
        "Rules out",
        help="They are two customers, whatever else they have in common. With one e-mail address,"
        " phone number or company ID they are still shown, as possible.",
    )

    _code_unique = models.Constraint("UNIQUE (code)", "There is one rule for each finding.")

    @api.depends("code")
    def _compute_shipped_weight(self):
        shipped = self._shipped_weights()
        for rule in self:
            rule.shipped_weight = shipped.get(rule.code, 0.0)

    @api.constrains("code", "role")
    def _check_code(self):
        known = {f"{each.code}.{level}" for each in ALL for level, _condition in each.levels}
        for rule in self.filtered(lambda rule: rule.role == "comparison"):
            if rule.code not in known and rule.code != RARITY:
                raise ValidationError(
                    self.env._(
                        "“%(code)s” is no finding of the matching. Change the weight of an"
                        " existing rule instead of adding one.",
                        code=rule.code,
                    )
                )

    # -- learned from the data -------------------------------------------------

    @called()
    def action_learn(self):
        """Learn the weights from the pairs of this database, and show what would change."""
        return self.env["customer.sheet.match.learning"]._learn()._open()

    @called()
    def action_use_shipped(self):
        """Go back to the weights that the module came with, of all that can be learned."""
        return self.env["customer.sheet.match.learning"]._use_shipped()

    @api.model
    def _weigh(self, weights):
        """Give findings these weights, ``{code: weight}``, and match everything anew."""
        rules = self.sudo().with_context(active_test=False)
        for rule in rules.search([("code", "in", list(weights))]):
            if rule.weight != weights[rule.code]:
                rule.weight = weights[rule.code]
        self.env["customer.sheet.duplicate"]._request_rebuild()

    @api.model
    @tools.ormcache()
    def _shipped_weights(self):
        """Return ``{code: weight}`` as the module came with them."""
        with tools.file_open(SHIPPED, "rb") as file:
            records = etree.parse(file).iterfind(".//record")
            rules = [{field.get("name"): field for field in record} for record in records]
        return {
            rule["code"].text: float(rule["weight"].get("eval"))
            for rule in rules
            if "weight" in rule
        }

    # -- compiled --------------------------------------------------------------

    @api.model
    @tools.ormcache()
    def _plan(self):
        """Return the :class:`.plan.MatchPlan` in force."""
        rules = self.sudo().search([("role", "in", ("candidate", "comparison"))])
        counted = rules.filtered(lambda rule: rule.role == "comparison")
        counted_records = self.env["ir.config_parameter"].sudo().get_param(RECORDS)
        size_bits = math.log2(max(float(counted_records or 2**USUAL_BITS), 2))
        return MatchPlan(
            weights={rule.code: VETO if rule.is_veto else rule.weight for rule in counted},
            thresholds=self._thresholds(size_bits),
            candidates={typology: rules._kinds_for(typology) for typology in ("b2c", "b2b")},
            is_fuzzy=self.env["customer.sheet.match.profile"]._has_extension(),
            size_bits=size_bits,
        )

    @api.model
    def _thresholds(self, size_bits):
        fewer = min(max(USUAL_BITS - size_bits, 0.0), LEAST_BITS)
        less = {band: fewer for band in BANDS[1:]}
        return {
            band: setting.value(self.env, setting.default - less.get(band, 0.0))
            for band, setting in THRESHOLDS.items()
        }

    def _kinds_for(self, typology):
        candidates = self.filtered(
            lambda rule: rule.role == "candidate" and rule.typology in (False, typology)
        )
        return tuple(candidates.mapped("key_kind"))

    @api.model
    @tools.ormcache("self.env.lang")
    def _labels(self):
        """Return ``{code: name}`` of the findings, for people to read."""
        rules = self.sudo().with_context(active_test=False).search([("role", "=", "comparison")])
        return {rule.code: rule.name for rule in rules}

    @api.model
    def _explained(self, reasons):
        """Return stored reasons with their labels, what says most first."""
        labels = self._labels()
        ordered = sorted(reasons or (), key=lambda each: (-each["weight"], each["code"]))
        return [{**each, "label": labels.get(each["code"], each["code"])} for each in ordered]
