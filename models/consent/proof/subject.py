from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...sheet.called import called

SHOWN = 3


class CustomerSheetConsentSubject(models.Model):
    """People of the ledger, as the privacy officer finds and reads them."""

    _inherit = "customer.sheet.consent.subject"

    holder_names = fields.Char(
        "Person", compute="_compute_holder_names", search="_search_holder_names"
    )
    sheet_count = fields.Integer("Number of sheets", compute="_compute_holder_names")
    is_of_companies = fields.Boolean(
        "Of the companies at work",
        compute="_compute_is_of_companies",
        search="_search_is_of_companies",
    )

    @api.depends("link_ids.partner_id", "link_ids.lead_id")
    def _compute_holder_names(self):
        """Name a person by their contacts, or else their leads, of the user's companies."""
        companies = self.env.companies
        links = self.env["customer.sheet.consent.subject.link"].sudo()
        found = links.search([("root_id", "in", self.ids)]).grouped("root_id")
        for subject in self:
            own = found.get(subject.sudo()) or subject.sudo().link_ids
            sheets = [
                sheet
                for sheet in (*own.partner_id, *own.lead_id)
                if not sheet.company_id or sheet.company_id in companies
            ]
            subject.sheet_count = len(sheets)
            names = dict.fromkeys(filter(None, map(_name, sheets)))
            subject.holder_names = ", ".join(list(names)[:SHOWN]) or subject.uuid

    @api.model
    def _search_holder_names(self, operator, value):
        """Look for the names that the user is shown: those of other companies tell nothing."""
        if operator in Domain.NEGATIVE_OPERATORS:
            return NotImplemented
        links = self.env["customer.sheet.consent.subject.link"].sudo()
        names = {"partner_id": ("complete_name",), "lead_id": ("contact_name", "name")}
        companies = [False, *self.env.companies.ids]
        found = links.search(
            Domain.OR(
                Domain(f"{sheet}.{name}", operator, value)
                & Domain(f"{sheet}.company_id", "in", companies)
                for sheet, own in names.items()
                for name in own
            )
        )
        return Domain("id", "in", found.root_id.ids) | Domain("uuid", operator, value)

    @api.depends("uuid", "holder_names")
    def _compute_display_name(self):
        for subject in self:
            subject.display_name = subject.holder_names

    @api.depends_context("allowed_company_ids")
    def _compute_is_of_companies(self):
        own = self.sudo().filtered_domain(self._companies_domain())
        for subject in self:
            subject.is_of_companies = subject.id in own.ids

    @api.model
    def _search_is_of_companies(self, operator, value):
        if operator != "in":
            return NotImplemented
        own = self._companies_domain()
        return own if True in value else ~own

    @api.model
    def _companies_domain(self):
        """Return the domain of those who have a sheet in the companies at work, or in none.

        Of whom no sheet is left counts where their events were recorded.
        """
        companies = [*self.env.companies.ids, False]
        sheet = Domain.AND(
            Domain(name, "=", False) | Domain(f"{name}.company_id", "in", companies)
            for name in ("partner_id", "lead_id")
        )
        orphan = Domain("link_ids", "=", False) & Domain("event_ids.company_id", "in", companies)
        return Domain("link_ids", "any", sheet) | orphan

    # -- pages -----------------------------------------------------------------

    @called(one=True)
    def action_open_events(self):
        """Open every event of this person, those of the people joined with them included."""
        return self._open(
            "crm_customer_sheet.customer_sheet_consent_event_action",
            [("subject_id", "in", self._family().ids)],
        )

    @called(one=True)
    def action_open_states(self):
        """Open what stands for this person."""
        return self._open(
            "crm_customer_sheet.customer_sheet_consent_state_action",
            [("subject_id", "in", list(self._roots().values()))],
        )

    @called(one=True)
    def action_open_sheet(self):
        """Open the contact or the lead that this person is."""
        links = self.sudo().link_ids
        sheets = [*links.partner_id, *links.lead_id]
        seen = [sheet for sheet in sheets if sheet.sudo(False).has_access("read")]
        if not seen:
            raise UserError(
                self.env._("No contact or lead that you may see belongs to this person any more.")
            )
        return {
            "type": "ir.actions.act_window",
            "res_model": seen[0]._name,
            "res_id": seen[0].id,
            "views": [(False, "form")],
        }

    def _open(self, action, domain):
        return {**self.env["ir.actions.act_window"]._for_xml_id(action), "domain": domain}


def _name(sheet):
    return sheet["contact_name"] or sheet.name if sheet._name == "crm.lead" else sheet.name
