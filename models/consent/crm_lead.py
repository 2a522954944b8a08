from odoo import api, models
from odoo.tools import SQL


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

    def write(self, vals):
        contact_id = vals.get("partner_id")
        moved = self.filtered(lambda lead: contact_id and lead.partner_id.id != contact_id)
        result = super().write(vals)
        if moved and self.env["customer.sheet.consent.subject.link"]._any_lead():
            moved.sudo()._sheet_consent_follow_contact()
        return result

    def _sheet_consent_follow_contact(self):
        """Let the people of these leads be those that their new contacts are."""
        links = self.env["customer.sheet.consent.subject.link"].sudo()
        leads = links.search([("lead_id", "in", self.ids)]).lead_id
        subjects = self.env["customer.sheet.consent.subject"].sudo()
        for lead_id, found in subjects._of_sheets(leads).items():
            contact = leads.browse(lead_id).partner_id
            if not links.search_count([("partner_id", "=", contact.id)], limit=1):
                subjects._link({"partner_id": {contact.id: [lead_id]}}, {lead_id: found[0]})
            if len(found) > 1:
                found[0]._join(found[1:])

    def _merge_dependences(self, opportunities):
        """Keep the people of the leads that go; the stricter decision stands."""
        if self.env["customer.sheet.consent.subject.link"]._any_lead():
            self._sheet_consent_merge(opportunities)
        return super()._merge_dependences(opportunities)

    def _sheet_consent_merge(self, opportunities):
        links = self.env["customer.sheet.consent.subject.link"].sudo()
        links.flush_model()
        rows = self.env.execute_query(
            SQL(
                "WITH moved AS (UPDATE customer_sheet_consent_subject_link SET lead_id = %(stays)s"
                " WHERE lead_id IN %(go)s RETURNING root_id) SELECT root_id FROM moved"
                " UNION SELECT root_id FROM customer_sheet_consent_subject_link"
                " WHERE lead_id = %(stays)s",
                stays=self.id,
                go=tuple(opportunities.ids),
            )
        )
        if rows:
            links.invalidate_model()
            people = self.env["customer.sheet.consent.subject"].sudo().browse(id_ for [id_] in rows)
            people[0]._join(people[1:])
