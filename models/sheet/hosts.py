from odoo import api, fields, models, tools
from odoo.exceptions import AccessError
from odoo.fields import Domain
from odoo.tools import SQL
from odoo.tools.safe_eval import safe_eval

from odoo.addons.base.models.res_partner import _tz_get

from .catalogue.plan_question import CUSTOMER_MATURITIES, Audience
from .config_settings import CONTACTS
from .fields import TRACKED_FIELD, char, choice


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
        help="From “New customer” on, the questions that matter after the first sale count.",
        **TRACKED_FIELD,
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

    # -- a company is reached through its main contact --------------------------

    @api.model
    def _sheet_main_contact_reads(self):
        """Return the fields of a main contact whose change may change its company's score."""
        return set(self._sheet_linked_answers())

    def modified(self, fnames, create=False, before=False):
        """Score the companies of a main contact again where what answers for them changes.

        By dependencies Odoo would search them at each change of anything that a status
        depends on, twice.
        """
        result = super().modified(fnames, create=create, before=before)
        asks = "id" in fnames if before else not create  # before, only where they are deleted
        if asks and not self._sheet_main_contact_reads().isdisjoint(fnames):
            self._sheet_companies_reached()._sheet_rescore_later()
        return result

    def _sheet_companies_reached(self):
        """Return the companies of which these are the main contact, archived ones too."""
        people = tuple(self.filtered("id")._ids)
        if not people:
            return self.browse()
        field = self._fields["sheet_main_contact_id"]
        link = SQL.identifier(field.name, to_flush=field)
        rows = self.env.execute_query(
            SQL("SELECT id FROM res_partner WHERE %s IN %s", link, people)
        )
        return self.browse([company_id for (company_id,) in rows])

    # -- life of the customer ----------------------------------------------

    def _sheet_first_sale(self):
        """Note that these contacts have bought: prospects become new customers."""
        prospects = (self | self.commercial_partner_id).filtered(
            lambda partner: partner.sheet_maturity not in CUSTOMER_MATURITIES
        )
        if prospects:
            prospects.sheet_maturity = "new"

    # -- contacts with which somebody signs in: only who may change the user may change them --
    #
    # Odoo's own ``write`` refuses the contact of an internal user to whoever may not write that
    # user. What is written as superuser or in SQL for a person goes round it, and asks here.

    def _sheet_foreign_users(self):
        """Return the users of these contacts, archived ones too, whom the person may not change.

        The person is the user of the environment, whether superuser or not.
        """
        users = self.env["res.users"].sudo().with_context(active_test=False)
        users = users.search([("partner_id", "in", self.ids)])
        return users - users.with_user(self.env.uid)._filtered_access("write")

    def _sheet_colleagues(self):
        """Return the internal users among them, the person apart: Odoo refuses their contacts."""
        return self._sheet_foreign_users().filtered(
            lambda user: not user.share and user.id != self.env.uid
        )

    def _sheet_may_write(self):
        """Tell whether the person may write this contact, as Odoo's own ``write`` judges."""
        if self.env.su:
            return True
        return self.has_access("write") and (
            self.sudo().partner_share or not self._sheet_colleagues()
        )

    def _sheet_check_access(self, operation):
        result = super()._sheet_check_access(operation)
        if operation == "write" and not self._sheet_may_write():
            raise AccessError(
                self.env._(
                    "%(contact)s is the contact of a user of Odoo: only an administrator may"
                    " change it.",
                    contact=self.display_name,
                )
            )
        return result


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

    #: The list of time zones is longer than all the rest of a view.
    _sheet_ungrouped_fields = frozenset({"sheet_tz"})

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
