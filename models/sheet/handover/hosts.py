from odoo import api, models, tools

from ..catalogue.plan_question import can_hold_answer
from ..life import NEW

#: Fields of a lead whose stock twin on the contact has another name.
STOCK_TWINS = {"sheet_company_registry": "company_registry", "sheet_vat": "vat", "sheet_tz": "tz"}

#: Each record has its own, or computes it from its own name and company.
OWN_FIELDS = ("sheet_reference", "sheet_typology", "sheet_first_name", "sheet_last_name")


class CrmLead(models.Model):
    """A lead becomes contacts: each answer goes to its place, and nothing is overwritten."""

    _inherit = "crm.lead"

    @api.model
    def _sheet_contact_fields(self):
        """Return ``{lead field: contact field}`` of the answers that both hosts hold."""
        contacts = self.env["res.partner"]._fields
        twins = {name: name for name in self._fields if name.startswith("sheet_")} | STOCK_TWINS
        return {
            mine: theirs
            for mine, theirs in twins.items()
            if theirs in contacts
            and mine not in OWN_FIELDS
            and can_hold_answer(self._fields[mine])
            and can_hold_answer(contacts[theirs])
        }

    @api.model
    @tools.ormcache("level")
    def _sheet_fields_of_level(self, level):
        """Return the part of :meth:`_sheet_contact_fields` that a company or a person holds."""
        other = {
            holder.name
            for question in self._sheet_plan().questions
            if question.level not in ("any", level)
            for holder in question.holders
        }
        pairs = self._sheet_contact_fields()
        return {mine: theirs for mine, theirs in pairs.items() if mine not in other}

    def _prepare_customer_values(self, partner_name, is_company=False, parent_id=False):
        values = super()._prepare_customer_values(partner_name, is_company, parent_id)
        pairs = self._sheet_fields_of_level("company" if is_company else "person")
        lead = self.sudo()
        answers = {
            theirs: self._fields[mine].convert_to_write(lead[mine], lead)
            for mine, theirs in pairs.items()
            if lead[mine] and not values.get(theirs)
        }
        return {**values, **answers}

    @api.model
    def _sheet_watches(self):
        return {**super()._sheet_watches(), "handover": {NEW, "partner_id"}}

    def _sheet_saved_handover(self, change):
        if change.is_new:
            self.filtered("partner_id")._sheet_fill_from_contact()
        elif change.vals_list[0]["partner_id"]:
            self._sheet_meet_contact()

    def _sheet_meet_contact(self):
        """Fill what is empty on either side with what the other side knows.

        Leads from contacts that the user may read, contacts where the user may change them; the
        fields themselves as superuser, since who links a contact need not be a sheet user.
        """
        self._sheet_fill_from_contact()
        for lead in self:
            company = lead.partner_id.commercial_partner_id
            for contact in company | lead.partner_id:
                if contact._sheet_may_write():
                    lead.sudo()._sheet_fill_contact(contact.sudo())

    def _sheet_fill_from_contact(self):
        for lead in self.sudo():
            company = lead.partner_id.commercial_partner_id
            for contact in (lead.partner_id | company).with_env(self.env)._filtered_access("read"):
                contact = contact.sudo()
                pairs = lead._sheet_pairs_with(contact)
                known = {mine: contact[theirs] for mine, theirs in pairs.items()}
                lead._sheet_fill_empty(known)

    def _sheet_fill_contact(self, contact):
        pairs = self._sheet_pairs_with(contact)
        filled = contact._sheet_fill_empty({theirs: self[mine] for mine, theirs in pairs.items()})
        codes = [
            question.code
            for question in self._sheet_plan().questions
            if any(pairs.get(holder.name) in filled for holder in question.holders)
        ]
        self._sheet_copy_answers(contact, codes)

    def _sheet_pairs_with(self, contact):
        return self._sheet_fields_of_level("company" if contact.is_company else "person")

    def _sheet_copy_answers(self, contact, codes):
        """Copy origin and evidence of the answers that have just been copied."""
        answers = self._sheet_answers() if codes else self.env["customer.sheet.answer"]
        for answer in answers.filtered(lambda row: row.question_id.code in codes):
            answer.copy({"lead_id": False, "partner_id": contact.id, "activity_id": False})
