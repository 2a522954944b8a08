from odoo import api, models, tools
from odoo.tools import SQL

from ..catalogue.plan_question import FILLED, PLACEHOLDER, Holder, can_hold_answer
from ..life import NEW

#: Fields of a lead whose stock twin on the contact has another name.
STOCK_TWINS = {"sheet_company_registry": "company_registry", "sheet_vat": "vat", "sheet_tz": "tz"}

#: Each record has its own, or computes it from its own name and company.
OWN_FIELDS = ("sheet_reference", "sheet_typology", "sheet_first_name", "sheet_last_name")


def _best_known(name, leads):
    """Return the value of the first lead that really answers, as ``write`` takes it."""
    field = leads._fields[name]
    if field.type == "many2many":
        return leads[name]
    holder = Holder(field)
    by_state = {holder.state(lead): lead for lead in reversed(leads)}
    lead = by_state.get(FILLED) or by_state.get(PLACEHOLDER) or leads[:1]
    return lead[name].id if field.type == "many2one" else lead[name]


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
        self._sheet_finish(self._sheet_contact_fields())
        self.partner_id._sheet_finish(self._sheet_contact_fields().values())
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

    # -- A stock lead merge keeps the best known answer to each question -------
    #
    # Stock drops every field that it does not know, and the assignment job merges silently.

    @api.model
    def _sheet_merged_fields(self):
        """Return the fields to merge; first and last name follow the stock name as one."""
        names = ("sheet_first_name", "sheet_last_name")
        return [
            field
            for name, field in self._fields.items()
            if name.startswith("sheet_") and name not in names
            if field.copy and can_hold_answer(field)
        ]

    def _merge_get_fields_specific(self):
        own = {field.name: _best_known for field in self._sheet_merged_fields()}
        return {**super()._merge_get_fields_specific(), **own}

    def _merge_dependences(self, opportunities):
        """Keep our own records of the leads that go."""
        for records in self._sheet_merged_rows(opportunities):
            self._sheet_take_over(records)
        return super()._merge_dependences(opportunities)

    @api.model
    def _sheet_merged_models(self):
        """Return the models with a ``lead_id`` whose records a merge keeps."""
        return ["customer.sheet.answer", "customer.sheet.stakeholder"]

    def _sheet_take_over(self, records):
        """Make records of a lead that goes those of this lead."""
        records.lead_id = self

    def _sheet_merged_rows(self, opportunities):
        """Return our records of leads that go, as superuser, in one query for all models."""
        models = [self.env[name].sudo() for name in self._sheet_merged_models()]
        parts = []
        for model in models:
            model.flush_model(["lead_id"])
            table, leads = SQL.identifier(model._table), tuple(opportunities.ids)
            parts.append(
                SQL("SELECT %s, id FROM %s WHERE lead_id IN %s", model._name, table, leads)
            )
        ids = {}
        for name, id_ in self.env.execute_query(SQL(" UNION ALL ").join(parts)):
            ids.setdefault(name, []).append(id_)
        return [self.env[name].sudo().browse(found) for name, found in ids.items()]
