from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain

SAFEGUARDS = [
    ("adequacy", "Adequacy decision (GDPR, Art. 45)"),
    ("clauses", "Standard contractual clauses (Art. 46)"),
    ("rules", "Binding corporate rules (Art. 47)"),
    ("authorisation", "Authorisation of the authority"),
    ("exception", "Exception (Art. 49)"),
]
#: Days before the end of a contract from which on it ends "soon".
SOON = timedelta(days=60)
#: Countries of the European Economic Area that are not of the European Union.
BESIDE = ("IS", "LI", "NO")


class CustomerSheetProcessor(models.Model):
    """Somebody who works with personal data for the organisation, and the contract with them."""

    _name = "customer.sheet.processor"
    _description = "Processor"
    _inherit = ["customer.sheet.walled.mixin"]
    _order = "name, id"
    _check_company_auto = True

    name = fields.Char(
        "Processor",
        compute="_compute_name",
        store=True,
        readonly=False,
        required=True,
        precompute=True,
        compute_sudo=False,
    )
    active = fields.Boolean(default=True)
    partner_id = fields.Many2one(
        "res.partner", "Contact", index="btree_not_null", ondelete="set null", check_company=True
    )
    company_id = fields.Many2one(
        "res.company", index="btree_not_null", help="Leave empty for all companies."
    )
    service = fields.Char("What they do", required=True, translate=True)
    processing_ids = fields.Many2many("customer.sheet.processing", string="For which activities")

    # where
    country_id = fields.Many2one("res.country", "Where the data are")
    is_abroad = fields.Boolean("Transfer abroad", compute="_compute_is_abroad")
    safeguard = fields.Selection(SAFEGUARDS, "Safeguard of the transfer")
    safeguard_words = fields.Char("Document of the safeguard")
    subprocessors = fields.Text("Who works for them", help="Names, services and countries.")

    # the contract
    contract = fields.Binary("Contract (DPA)", attachment=True, copy=False)
    contract_name = fields.Char(copy=False, export_string_translation=False)
    signed_on = fields.Date("Signed on", copy=False)
    ends_on = fields.Date("Ends on", copy=False, help="Leave empty if it has no end.")
    state = fields.Selection(
        [
            ("missing", "No contract"),
            ("ended", "Contract has ended"),
            ("soon", "Ends soon"),
            ("in_force", "In force"),
        ],
        "Contract",
        compute="_compute_state",
        search="_search_state",
    )

    @api.depends("partner_id")
    def _compute_name(self):
        for processor in self:
            processor.name = processor.partner_id.name or processor.name

    @api.depends("country_id", "company_id")
    @api.depends_context("company")
    def _compute_is_abroad(self):
        """Say what leaves the area of the GDPR, or the country where a law of its own holds."""
        area = {*self.env.ref("base.europe").sudo().country_ids.mapped("code"), *BESIDE}
        laws = self.env["customer.sheet.regime"].sudo()
        for processor in self:
            here = (processor.company_id or self.env.company).sudo().country_id
            is_apart = here.code not in area and laws._for(here).country_id == here
            near = {here.code} if is_apart else area
            processor.is_abroad = (
                bool(processor.country_id) and processor.country_id.code not in near
            )

    @api.depends("signed_on", "ends_on")
    def _compute_state(self):
        today = fields.Date.context_today(self)
        for processor in self:
            if not processor.signed_on:
                processor.state = "missing"
            elif not processor.ends_on or processor.ends_on > today + SOON:
                processor.state = "in_force"
            else:
                processor.state = "ended" if processor.ends_on < today else "soon"

    @api.model
    def _search_state(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = fields.Date.context_today(self)
        signed, ends = Domain("signed_on", "!=", False), Domain("ends_on", "!=", False)
        ended = Domain("ends_on", "<", today)
        soon = Domain("ends_on", "<=", today + SOON)
        states = {
            "missing": ~signed,
            "ended": signed & ends & ended,
            "soon": signed & ends & soon & ~ended,
            "in_force": signed & (~ends | ~soon),
        }
        return Domain.OR(states[each] for each in value if each in states)

    @api.constrains("signed_on", "ends_on")
    def _check_days(self):
        for processor in self:
            if processor.ends_on and not processor.signed_on:
                raise ValidationError(
                    self.env._("Say on which day the contract was signed, not only when it ends.")
                )
            if processor.ends_on and processor.ends_on < processor.signed_on:
                raise ValidationError(self.env._("A contract ends after it was signed."))
