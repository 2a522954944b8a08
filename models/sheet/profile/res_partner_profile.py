from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL

from ..fields import SHEET_FIELD, amount

#: Where a company has no sector yet, its NACE section proposes one.
SECTOR_OF_INDUSTRY = {
    "base.res_partner_industry_C": "industry",
    "base.res_partner_industry_D": "industry",
    "base.res_partner_industry_G": "retail",
    "base.res_partner_industry_J": "saas",
    "base.res_partner_industry_K": "finance",
    "base.res_partner_industry_L": "real_estate",
}


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
        linked = [f"{link}.{name}" for name, link in self._sheet_linked_answers().items()]
        return [*super()._sheet_static_depends(), "sheet_main_contact_id", *linked]

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
                raise ValidationError(self.env._("“Our share” goes from 0 to 100 %."))

    @api.constrains("sheet_birthdate")
    def _check_sheet_birthdate(self):
        today = fields.Date.context_today(self)
        for partner in self.filtered("sheet_birthdate"):
            if partner.sheet_birthdate > today:
                raise ValidationError(self.env._("“Date of birth” cannot be in the future."))
