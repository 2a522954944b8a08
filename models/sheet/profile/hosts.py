from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL, format_amount

from ....tools.names.person_name import is_made_of, join_name, renamed, split_name, title_of
from ..fields import (
    SHEET_FIELD,
    SHEET_USER,
    TRACKED_FIELD,
    amount,
    char,
    choice,
    option,
    options,
    text,
)
from ..life import NEW

#: Where a company has no sector yet, its NACE section proposes one.
SECTOR_OF_INDUSTRY = {
    "base.res_partner_industry_C": "industry",
    "base.res_partner_industry_D": "industry",
    "base.res_partner_industry_G": "retail",
    "base.res_partner_industry_J": "saas",
    "base.res_partner_industry_K": "finance",
    "base.res_partner_industry_L": "real_estate",
}

NEED_LENGTH = 240


class CustomerSheetMixin(models.AbstractModel):
    """Who the customer is and how to reach them (A1-A5), on contacts and on leads."""

    _inherit = "customer.sheet.mixin"

    sheet_currency_id = fields.Many2one(
        "res.currency", compute="_compute_sheet_currency_id", groups=SHEET_USER
    )

    # header
    sheet_segment_id = option("Segment", "segment", index="btree_not_null")
    sheet_first_contact_date = fields.Date("First contact date", **SHEET_FIELD)
    sheet_first_contact_place_id = option("First contact place", "place")

    # identification
    sheet_civility_id = option(
        "Civility",
        "civility",
        compute="_compute_sheet_civility_id",
        store=True,
        readonly=False,
    )
    sheet_first_name = char(
        "First name",
        compute="_compute_sheet_names",
        inverse="_inverse_sheet_names",
        store=True,
        readonly=False,
    )
    sheet_last_name = char(
        "Last name",
        compute="_compute_sheet_names",
        inverse="_inverse_sheet_names",
        store=True,
        readonly=False,
    )
    sheet_legal_form_id = option("Legal form", "legal_form")
    sheet_headcount_id = option("Headcount", "headcount")
    sheet_revenue_id = option("Revenue", "revenue")
    sheet_region_id = option("Region", "region")
    sheet_department = char("Department")

    # contact
    sheet_phone2 = char("Second phone")
    sheet_preferred_channel = choice(
        "Preferred channel",
        [
            ("email", "E-mail"),
            ("phone", "Phone"),
            ("whatsapp", "WhatsApp"),
            ("sms", "SMS"),
            ("chat", "Chat"),
        ],
    )
    sheet_reachable_hours = char("Reachable hours")
    sheet_linkedin = char("LinkedIn")
    sheet_facebook = char("Facebook")
    sheet_instagram = char("Instagram")

    @api.depends("company_id")
    def _compute_sheet_currency_id(self):
        for record in self:
            record.sheet_currency_id = (record.company_id or self.env.company).currency_id

    # -- first and last name, the same as the stock name -----------------------

    @api.model
    def _sheet_name_field(self):
        """Return the stock field that holds a person's full name."""
        raise NotImplementedError

    def _sheet_is_person(self):
        return True

    @api.depends(lambda self: self._sheet_names_depends())
    def _compute_sheet_names(self):
        for record in self:
            name = record[self._sheet_name_field()] if record._sheet_is_person() else ""
            parts = record.sheet_first_name, record.sheet_last_name
            known = is_made_of(name, *parts)
            record.sheet_first_name, record.sheet_last_name = parts if known else split_name(name)

    @api.depends(lambda self: self._sheet_names_depends())
    def _compute_sheet_civility_id(self):
        """Fill the civility from a title before the name ("Mme MARTIN") where there is none."""
        for record in self:
            civility = record.sheet_civility_id
            name = record[self._sheet_name_field()] if record._sheet_is_person() else ""
            if not civility and (title := title_of(name)):
                civility = self.env["customer.sheet.option"]._ids_by_code("civility").get(title)
            record.sheet_civility_id = civility

    @api.model
    def _sheet_names_depends(self):
        return [self._sheet_name_field()] if not self._abstract else []

    @api.onchange("sheet_first_name", "sheet_last_name")
    def _inverse_sheet_names(self):
        for record in self.filtered(lambda record: record._sheet_is_person()):
            parts = record.sheet_first_name, record.sheet_last_name
            name = record[self._sheet_name_field()]
            if any(parts) and not is_made_of(name, *parts):
                record[self._sheet_name_field()] = renamed(name, *parts)

    @api.model
    def _sheet_watches(self):
        dates = {NEW, *self._sheet_future_fields}
        return {**super()._sheet_watches(), "names": {NEW}, "dates": dates}

    @api.model
    def _sheet_prepare_names(self, change):
        """Let a person be created from the first and last name alone."""
        name_field = self._sheet_name_field()
        for vals in change.vals_list:
            parts = vals.get("sheet_first_name"), vals.get("sheet_last_name")
            if any(parts) and not vals.get(name_field):
                vals[name_field] = join_name(*parts)


class ResPartner(models.Model):
    """What only a contact has: its value, its birth date, its main contact (A2-A4)."""

    _inherit = "res.partner"

    sheet_potential_amount = amount("Yearly need", help="What the customer buys in a year.")
    sheet_potential_share = fields.Integer("Our share (%)", **SHEET_FIELD)
    sheet_birthdate = fields.Date("Date of birth", **SHEET_FIELD)
    sheet_main_contact_id = fields.Many2one(
        "res.partner",
        "Main contact",
        compute="_compute_sheet_main_contact_id",
        store=True,
        readonly=False,
        domain="[('parent_id', '=', id), ('type', '=', 'contact')]",
        index="btree_not_null",
        ondelete="set null",
        **SHEET_FIELD,
    )

    @api.depends("child_ids.function", "child_ids.email", "child_ids.active")
    def _compute_sheet_main_contact_id(self):
        """Propose the first reachable person of a company that has none."""
        for company in self:
            company.sheet_main_contact_id = (
                company.sheet_main_contact_id or company._sheet_propose_main_contact()
            )

    def _sheet_propose_main_contact(self):
        people = self.child_ids.filtered(lambda child: child.type == "contact")
        people = people if self.is_company else self.browse()
        return (people.filtered("email") or people).sorted("id")[:1]

    @api.model
    def _sheet_linked_answers(self):
        """A company's main contact can be reached for it (only companies have one)."""
        return dict.fromkeys(("email", "phone", "function"), "sheet_main_contact_id")

    @api.model
    def _sheet_static_depends(self):
        return [*super()._sheet_static_depends(), "sheet_main_contact_id"]

    @api.model
    def _sheet_fill_defaults(self, batch):
        """Propose a main contact for the existing companies too."""
        result = super()._sheet_fill_defaults(batch)
        self.env.cr.execute(
            SQL(
                """
                UPDATE res_partner SET sheet_main_contact_id = person.id
                  FROM (SELECT DISTINCT ON (parent_id) id, parent_id FROM res_partner
                         WHERE active AND type = 'contact' AND parent_id %s
                         ORDER BY parent_id, COALESCE(email, '') = '', id) person
                 WHERE res_partner.id = person.parent_id AND res_partner.is_company
                   AND res_partner.sheet_main_contact_id IS NULL
                """,
                batch,
            )
        )
        return result

    @api.depends("industry_id")
    def _compute_sheet_sector(self):
        result = super()._compute_sheet_sector()
        for partner in self.filtered(lambda each: each.industry_id and not each.sheet_sector):
            xml_id = partner.industry_id.get_external_id()[partner.industry_id.id]
            partner.sheet_sector = SECTOR_OF_INDUSTRY.get(xml_id, "other")
        return result

    @api.constrains("sheet_potential_share")
    def _check_sheet_potential_share(self):
        for partner in self:
            if not 0 <= partner.sheet_potential_share <= 100:
                label = self._fields["sheet_potential_share"]._description_string(self.env)
                raise ValidationError(self.env._("“%(field)s” goes from 0 to 100.", field=label))

    @api.constrains("sheet_birthdate")
    def _check_sheet_birthdate(self):
        today = fields.Date.context_today(self)
        for partner in self.filtered("sheet_birthdate"):
            if partner.sheet_birthdate > today:
                raise ValidationError(self.env._("“Date of birth” cannot be in the future."))


class CrmLead(models.Model):
    """What the customer needs, by when and for how much (A6)."""

    _inherit = "crm.lead"
    _sheet_future_fields = frozenset({"sheet_deadline"})

    sheet_product_id = fields.Many2one(
        "product.template",
        "Product of interest",
        index="btree_not_null",
        ondelete="set null",
        **TRACKED_FIELD,
    )
    sheet_need = char("Need", help="In one sentence, at most 240 characters.", tracking=True)
    sheet_use_case = text("Use case")
    sheet_stake = text("Business stake")
    sheet_criticality = choice(
        "Criticality",
        [("low", "Low"), ("medium", "Medium"), ("high", "High"), ("vital", "Vital")],
    )
    sheet_deadline = fields.Date("Deadline", index="btree_not_null", **TRACKED_FIELD)
    sheet_budget_min = amount("Budget from", tracking=True)
    sheet_budget_max = amount("Budget to", tracking=True)
    sheet_constraint_ids = options("Technical constraints", "constraint")
    sheet_constraint_note = text("Details of the constraints")
    sheet_integration_ids = options("Required integrations", "integration")

    # -- who decides, and how (A7): BANT and light MEDDIC ----------------------
    sheet_decision_maker = char("Decision maker", tracking=True)
    sheet_decision_maker_id = fields.Many2one(
        "res.partner",
        "Decision maker (contact)",
        index="btree_not_null",
        ondelete="set null",
        **SHEET_FIELD,
    )
    sheet_stakeholder_ids = fields.One2many(
        "customer.sheet.stakeholder", "lead_id", "Stakeholders", copy=True, **SHEET_FIELD
    )
    sheet_metrics = text("Metrics")
    sheet_pain = text("Pain")
    sheet_champion = char("Champion")
    sheet_economic_buyer = char("Economic buyer")
    sheet_decision_criteria = text("Decision criteria")
    sheet_decision_process = text("Decision process")

    @api.constrains("sheet_need")
    def _check_sheet_need_length(self):
        for lead in self:
            if len(lead.sheet_need or "") > NEED_LENGTH:
                raise ValidationError(
                    self.env._(
                        "“Need” has %(length)s characters; please sum it up in at most %(most)s."
                        " Details go to “Use case”.",
                        length=len(lead.sheet_need),
                        most=NEED_LENGTH,
                    )
                )

    @api.constrains("sheet_budget_min", "sheet_budget_max")
    def _check_sheet_budget(self):
        for lead in self:
            if lead.sheet_budget_min < 0 or lead.sheet_budget_max < 0:
                raise ValidationError(
                    self.env._("“Budget from” and “Budget to” cannot be negative.")
                )
            if lead.sheet_budget_max and lead.sheet_budget_min > lead.sheet_budget_max:
                raise ValidationError(
                    self.env._(
                        "“Budget from” (%(low)s) is above “Budget to” (%(high)s). Swap them or"
                        " correct one.",
                        low=format_amount(self.env, lead.sheet_budget_min, lead.sheet_currency_id),
                        high=format_amount(self.env, lead.sheet_budget_max, lead.sheet_currency_id),
                    )
                )

    # -- who decides, and how (A7): BANT and light MEDDIC ----------------------

    # the provider "stakeholders" of the catalogue

    def _sheet_provided_stakeholders(self):
        return self.filtered("sheet_stakeholder_ids")

    @api.model
    def _sheet_provided_stakeholders_sql(self, alias):
        return SQL(
            "EXISTS (SELECT 1 FROM customer_sheet_stakeholder s WHERE s.lead_id = %s)",
            SQL.identifier(alias, "id"),
        )
