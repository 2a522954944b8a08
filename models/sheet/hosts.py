from odoo import api, fields, models, tools
from odoo.fields import Domain
from odoo.tools import SQL
from odoo.tools.safe_eval import safe_eval

from .catalogue.plan_question_more import CUSTOMER_MATURITIES, Audience
from .config_settings import CONTACTS
from .fields import SHEET_FIELD


class ResPartner(models.Model):
    _name = "res.partner"
    _inherit = [
        "res.partner",
        "customer.sheet.industry.mixin",
        "customer.sheet.retail.mixin",
        "customer.sheet.finance.mixin",
        "customer.sheet.real.estate.mixin",
        "customer.sheet.saas.mixin",
    ]

    sheet_maturity = fields.Selection(
        [
            ("lead", "Lead"),
            ("prospect", "Prospect"),
            ("new", "New customer"),
            ("active", "Active customer"),
            ("loyal", "Loyal customer"),
            ("inactive", "Inactive customer"),
        ],
        string="Maturity",
        tracking=True,
        help="From “New customer” on, the questions that matter after the first sale count.",
        **SHEET_FIELD,
    )

    _sheet_missing_index = models.Index("USING gin (sheet_missing)")
    _sheet_reference_unique = models.UniqueIndex(
        "(sheet_reference, COALESCE(company_id, 0)) WHERE sheet_reference IS NOT NULL",
        "Another contact of this company already has this sheet reference.",
    )

    # -- what the mixin asks -----------------------------------------------

    @api.model
    @tools.ormcache(cache="stable")
    def _sheet_domain(self):
        """Return the contacts that carry a sheet: a setting, by default all but our own users
        and addresses."""
        chosen = Domain(safe_eval(CONTACTS.value(self.env)))
        names = {each.field_expr.partition(".")[0] for each in chosen.iter_conditions()}
        return chosen if names <= self._fields.keys() else Domain(safe_eval(CONTACTS.default))

    @api.model
    def _sheet_domain_fields(self):
        return {
            condition.field_expr.partition(".")[0]
            for condition in self._sheet_domain().iter_conditions()
        }

    @api.model
    def _sheet_static_depends(self):
        return [
            "type",
            "partner_share",
            "is_company",
            "sheet_maturity",
            *super()._sheet_static_depends(),
        ]

    def _sheet_audience(self):
        return Audience(
            typology=self.sheet_typology,
            sector=self.sheet_sector,
            company_id=self.company_id.id,
            level="company" if self.is_company else "person",
            stage_id=0,
            is_customer=self.sheet_maturity in CUSTOMER_MATURITIES,
        )

    @api.model
    def _sheet_at_level_sql(self, alias, level):
        column = SQL.identifier(alias, "is_company")
        return SQL("%s IS %s TRUE", column, SQL("" if level == "company" else "NOT"))

    @api.model
    def _sheet_answer_column(self):
        return "partner_id"

    @api.model
    def _sheet_name_field(self):
        return "name"

    @api.model
    def _sheet_names_depends(self):
        return ["name", "is_company"]

    def _sheet_is_person(self):
        return not self.is_company

    @api.model
    def _sheet_defaults_sql(self, batch, carries):
        return SQL(
            """
            SELECT res_partner.id, res_partner.name, res_partner.company_id,
                   %s AS carries, res_partner.is_company IS NOT TRUE AS person,
                   res_partner.sheet_reference,
                   res_partner.sheet_first_name, res_partner.sheet_last_name,
                   res_partner.sheet_civility_id,
                   res_partner.sheet_typology AS former_typology,
                   res_partner.sheet_sector AS former_sector,
                   COALESCE(res_partner.sheet_typology, c.sheet_typology, CASE
                       WHEN c.is_company OR COALESCE(c.company_name, '') <> '' THEN 'b2b'
                       ELSE 'b2c' END) AS sheet_typology,
                   COALESCE(res_partner.sheet_sector, c.sheet_sector) AS sheet_sector
              FROM res_partner JOIN res_partner c
                ON c.id = COALESCE(res_partner.commercial_partner_id, res_partner.id)
             WHERE res_partner.id %s
            """,
            carries,
            batch,
        )

    # -- computes ----------------------------------------------------------

    @api.depends("is_company", "company_name", "commercial_partner_id.sheet_typology")
    def _compute_sheet_typology(self):
        """Propose B2B for a company and its people, B2C for anybody else."""
        for partner in self:
            employer = partner._sheet_employer()
            own = "b2b" if partner.is_company or partner.company_name else "b2c"
            partner.sheet_typology = employer.sheet_typology if employer else own

    @api.depends("commercial_partner_id.sheet_sector")
    def _compute_sheet_sector(self):
        for partner in self:
            employer = partner._sheet_employer()
            partner.sheet_sector = employer.sheet_sector or partner.sheet_sector

    def _sheet_company(self):
        return self._sheet_employer()

    def _sheet_related(self):
        company = self.commercial_partner_id
        return (company | company.child_ids) - self

    def _sheet_employer(self):
        """Return the company that a person belongs to, or an empty recordset."""
        company = self.commercial_partner_id
        return company if company and company._origin != self._origin else self.browse()

    # -- life of the customer ----------------------------------------------

    def _sheet_first_sale(self):
        """Note that these contacts have bought: prospects become new customers."""
        prospects = (self | self.commercial_partner_id).filtered(
            lambda partner: partner.sheet_maturity not in CUSTOMER_MATURITIES
        )
        if prospects:
            prospects.sheet_maturity = "new"
