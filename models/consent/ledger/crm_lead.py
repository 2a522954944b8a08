from odoo import api, models
from odoo.tools import SQL

LINK = "customer.sheet.consent.subject.link"


class CrmLead(models.Model):
    """Leads are people of the ledger, and become the people that their contacts are."""

    _inherit = "crm.lead"

    def _sheet_consent_owners(self):
        contacts = {}
        for lead in self.filtered("partner_id"):
            contacts.setdefault(lead.partner_id.id, []).append(lead.id)
        return {"lead_id": {lead.id: [lead.id] for lead in self}, "partner_id": contacts}

    @api.model
    def _sheet_consent_owner_sql(self, alias, link):
        return SQL(
            "(%s = %s OR %s = %s)",
            SQL.identifier(link, "lead_id"),
            SQL.identifier(alias, "id"),
            SQL.identifier(link, "partner_id"),
            SQL.identifier(alias, "partner_id"),
        )

    def _sheet_consent_lang(self):
        return self.lang_code or self.partner_id.lang or self.env.lang or "en_US"

    def _sheet_consent_sheets(self):
        contacts = self.partner_id
        leads = self.with_context(active_test=False)
        return contacts, self | leads.search([("partner_id", "in", contacts.ids)])

    # -- life of the lead ------------------------------------------------------

    @api.model
    def _sheet_watches(self):
        return {**super()._sheet_watches(), "consent": {"partner_id"}}

    def _sheet_prepare_consent(self, change):
        change.keep(["partner_id"])

    def _sheet_saved_consent(self, change):
        moved = change.differs("partner_id").filtered("partner_id")
        if moved and self.env[LINK]._any_lead():
            moved.sudo()._sheet_consent_follow_contact()

    def _sheet_consent_follow_contact(self):
        """Let the people of these leads be those that their new contacts are."""
        links = self.env[LINK].sudo()
        leads = links.search([("lead_id", "in", self.ids)]).lead_id
        subjects = self.env["customer.sheet.consent.subject"].sudo()
        for lead_id, found in subjects._of_sheets(leads).items():
            contact = leads.browse(lead_id).partner_id
            if not links.search_count([("partner_id", "=", contact.id)], limit=1):
                subjects._link({"partner_id": {contact.id: [lead_id]}}, {lead_id: found[0]})
                subjects._note_sheets({found[0].id: [f"res.partner,{contact.id}"]})
            if len(found) > 1:
                found[0]._join(found[1:])

    @api.model
    def _sheet_merged_models(self):
        return [*super()._sheet_merged_models(), LINK]

    def _sheet_take_over(self, records):
        """Keep the people of the leads that go; the stricter decision stands."""
        if records._name == LINK:
            moves = {lead.id: (lead.id, self.id) for lead in records.lead_id}
            self.env["customer.sheet.consent.subject"].sudo()._note_moved("crm.lead", moves)
        result = super()._sheet_take_over(records)
        if records._name == LINK:
            people = records.search([("lead_id", "=", self.id)]).root_id
            people[0]._join(people[1:])
        return result
