from odoo import api, models
from odoo.tools import SQL

from odoo.addons.base.models.res_partner import _tz_get

from .catalogue.plan_question_more import Audience
from .fields import char, choice


class CrmLead(models.Model):
    _name = "crm.lead"
    _inherit = [
        "crm.lead",
        "customer.sheet.industry.mixin",
        "customer.sheet.retail.mixin",
        "customer.sheet.finance.mixin",
        "customer.sheet.real.estate.mixin",
        "customer.sheet.saas.mixin",
    ]

    sheet_company_registry = char("Company ID")
    sheet_vat = char("VAT number")
    sheet_tz = choice("Time zone", _tz_get)

    _sheet_missing_index = models.Index("USING gin (sheet_missing)")
    _sheet_reference_unique = models.UniqueIndex(
        "(sheet_reference, COALESCE(company_id, 0)) WHERE sheet_reference IS NOT NULL",
        "Another lead of this company already has this sheet reference.",
    )

    # -- what the mixin asks -----------------------------------------------

    @api.model
    def _sheet_static_depends(self):
        return ["stage_id", *super()._sheet_static_depends()]

    def _sheet_audience(self):
        return Audience(
            typology=self.sheet_typology,
            sector=self.sheet_sector,
            company_id=self.company_id.id,
            level="any",
            stage_id=self.stage_id.id,
            is_customer=False,
        )

    @api.model
    def _sheet_answer_column(self):
        return "lead_id"

    @api.model
    def _sheet_name_field(self):
        return "contact_name"

    def _sheet_related(self):
        if not self.partner_id:
            return super()._sheet_related()
        family = self.partner_id.commercial_partner_id
        return self.search([("partner_id", "child_of", family.id), ("id", "!=", self.id)], limit=20)

    def _sheet_company(self):
        company = self.partner_id.commercial_partner_id
        return company if company.is_company else super()._sheet_company()

    @api.model
    def _sheet_defaults_sql(self, batch, carries):
        return SQL(
            """
            SELECT crm_lead.id, crm_lead.contact_name AS name, crm_lead.company_id,
                   %s AS carries, TRUE AS person, crm_lead.sheet_reference,
                   crm_lead.sheet_first_name, crm_lead.sheet_last_name,
                   crm_lead.sheet_civility_id,
                   crm_lead.sheet_typology AS former_typology,
                   crm_lead.sheet_sector AS former_sector,
                   COALESCE(crm_lead.sheet_typology, p.sheet_typology, CASE
                       WHEN p.is_company OR p.commercial_partner_id <> p.id
                         OR COALESCE(crm_lead.partner_name, '') <> '' THEN 'b2b'
                       ELSE 'b2c' END) AS sheet_typology,
                   COALESCE(crm_lead.sheet_sector, p.sheet_sector) AS sheet_sector
              FROM crm_lead LEFT JOIN res_partner p ON p.id = crm_lead.partner_id
             WHERE crm_lead.id %s
            """,
            carries,
            batch,
        )

    def _sheet_next_questions(self):
        """Return the open questions of the next stage that asks something."""
        audience = self._sheet_audience()
        ahead = [
            question
            for question in self._sheet_plan().counting
            if question.stage_ids
            and audience.stage_id not in question.stage_ids
            and question.concerns(audience)
        ]
        # the nearer the stage, the more stages lie behind it
        nearest = max((len(question.stage_ids) for question in ahead), default=0)
        return [question for question in ahead if len(question.stage_ids) == nearest]

    # -- computes ----------------------------------------------------------

    @api.depends("partner_id.sheet_typology", "partner_name")
    def _compute_sheet_typology(self):
        """Propose the contact's typology, or B2B as soon as a company is named.

        What a saved lead says only a person changes.  In its form, where one sees it happen, the
        first company or contact still makes a proposal.
        """
        for lead in self:
            own = "b2b" if lead.partner_name else "b2c"
            proposed = lead.partner_id.sheet_typology or own
            lead.sheet_typology = lead._sheet_said_typology() or proposed

    def _sheet_said_typology(self):
        """Return the typology that stays, or ``False`` where one may be proposed."""
        saved, typology = self._origin, self.sheet_typology
        if not saved:
            return False
        is_in_form = self != saved
        nothing_said = not (saved.partner_name or saved.partner_id) and typology == "b2c"
        return typology if not (is_in_form and nothing_said) else False

    @api.depends("partner_id.sheet_sector")
    def _compute_sheet_sector(self):
        for lead in self:
            lead.sheet_sector = lead.sheet_sector or lead.partner_id.sheet_sector

    # -- life of the lead --------------------------------------------------

    @api.model
    def _sheet_watches(self):
        return {**super()._sheet_watches(), "sale": {"stage_id", "probability"}}

    def _sheet_saved_sale(self, change):
        won = self.filtered(lambda lead: lead.won_status == "won")
        won.partner_id.sudo()._sheet_first_sale()
