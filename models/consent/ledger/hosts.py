import hashlib

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ...sheet.known import known_of
from ..law.fold import DECISIONS, GRANTS

PROVIDER = "prospecting_consent"


def _sha256(attachment):
    return hashlib.sha256(attachment.raw or b"").hexdigest()


def _calls_sql(alias, contact_id, lead_id):
    return SQL(
        """
        ((%(model)s = 'res.partner' AND %(id)s = %(contact)s)
         OR (%(model)s = 'crm.lead' AND %(id)s = %(lead)s)
         OR (%(model)s = 'crm.lead'
             AND %(id)s IN (SELECT id FROM crm_lead WHERE partner_id = %(contact)s)))
        """,
        model=SQL.identifier(alias, "model"),
        id=SQL.identifier(alias, "res_id"),
        contact=contact_id,
        lead=lead_id,
    )


LINK = "customer.sheet.consent.subject.link"


class CustomerSheetMixin(models.AbstractModel):
    """What people decided about being contacted, recorded on their contacts and leads."""

    _inherit = "customer.sheet.mixin"

    # -- what a host says about itself ---------------------------------------

    def _sheet_consent_owners(self):
        """Return ``{link column: {id: [ids of self]}}``: whose subjects these records are."""
        raise NotImplementedError

    def _sheet_consent_lang(self):
        """Return the code of the language in which this person is told things."""
        raise NotImplementedError

    def _sheet_contact_point(self, channel):
        """Return how this person is reached on ``channel``, normalised, or False.

        What is about no channel (information given before a contract) has no contact point.
        """
        self.ensure_one()
        if not channel:
            return False
        if channel == "email":
            return self.email_normalized
        if channel == "post":
            lines = (self.street, self.street2, self.zip, self.city, self.country_id.code)
            return bool(self.city) and " ".join(filter(None, lines)).casefold()
        return self.phone_sanitized

    # -- recording -----------------------------------------------------------

    def _sheet_consent_record(self, decisions, **evidence):
        """Append what these people decided to the ledger.

        :param decisions: list of ``{"purpose": code, "channel": channel, "state": state}``
        :param evidence: ``method`` (required); ``actor_kind`` (a user, by default),
            ``effective_at``, ``label`` (the exact words shown or said), ``box``, ``payload``,
            ``evidence`` (a document, of which the ledger keeps a copy), ``idempotency_key``,
            ``notice_version``, ``related_hash``, ``strength``
        :return: the new events, as superuser
        """
        document = self.env["ir.attachment"]._sheet_evidence(evidence.get("evidence"))
        evidence["evidence"] = document
        events = self._sheet_consent_record_all(
            [(record, decision, evidence) for record in self for decision in decisions]
        )
        document._sheet_file(events)
        return events

    @api.model
    def _sheet_consent_record_all(self, said):
        """Append what many people decided, each in their own way, to the ledger in one go.

        :param said: list of ``(record, decision, evidence)``, as :meth:`_sheet_consent_record`
            takes them; a document that is filed already
        :return: the new events, as superuser
        """
        # whoever was merged is the one that remained, also where that happened just now
        kept = {record: record.sudo()._sheet_kept().id for record, *_said in said}
        records = self.sudo().browse(dict.fromkeys(kept.values()))
        subjects = records._sheet_consent_subjects_to_write()
        sheets = {sheet.id: sheet for sheet in records}
        once = {
            (kept[record], *decision.values(), id(evidence)): (decision, evidence)
            for record, decision, evidence in said
        }
        vals_list = [
            sheets[sheet_id]._sheet_consent_vals(subjects[sheet_id], decision, evidence)
            for (sheet_id, *_what), (decision, evidence) in once.items()
        ]
        return self.env["customer.sheet.consent.event"]._append(vals_list)

    def _sheet_consent_vals(self, subject, decision, evidence):
        """Return the values of one event about this record."""
        purpose = self.env["customer.sheet.consent.purpose"]._by_code(decision["purpose"]).sudo()
        channel, state = decision["channel"], decision["state"]
        rule = self._sheet_consent_rule(purpose, channel)
        key, document = evidence.get("idempotency_key"), evidence.get("evidence")
        payload = {**(evidence.get("payload") or {}), "label": evidence.get("label")}
        if document:
            payload |= {"evidence_id": document.id, "evidence_name": document.name}
        return {
            "subject_id": subject.id,
            "purpose_id": purpose.id,
            "channel": channel,
            "state": state,
            "effective_at": evidence.get("effective_at"),
            "expires_at": self._sheet_consent_expiry(rule, state, evidence),
            "point": self._sheet_contact_point(channel),
            "notice_version_id": self._sheet_consent_notice(purpose, evidence).id,
            "basis": rule.basis,
            "method": evidence["method"],
            "actor_kind": evidence.get("actor_kind", "user"),
            "company_id": self.company_id.id,
            "box": evidence.get("box", "none"),
            "evidence_sha256": document and _sha256(document),
            "strength": evidence.get("strength"),
            "related_hash": evidence.get("related_hash"),
            "idempotency_key": key and f"{key}:{self._name}:{self.id}:{purpose.code}:{channel}",
            "payload": payload,
        }

    @api.model
    def _sheet_consent_expiry(self, rule, state, evidence):
        if state not in GRANTS or not rule.validity_months:
            return False
        start = fields.Datetime.to_datetime(evidence.get("effective_at")) or fields.Datetime.now()
        return start + relativedelta(months=rule.validity_months)

    def _sheet_consent_notice(self, purpose, evidence):
        """Return the version that the person was told: the one in force, unless named."""
        if "notice_version" in evidence:
            return evidence["notice_version"] or self.env["customer.sheet.consent.notice.version"]
        at = fields.Datetime.to_datetime(evidence.get("effective_at"))
        return purpose.notice_id._in_force(
            self._sheet_consent_lang(), at=at, country=self._sheet_consent_country()
        )

    def _sheet_consent_country(self):
        """Return the country whose law protects this person: theirs, or else ours."""
        company = self.company_id or self.env.company
        return self.country_id or company.partner_id.country_id

    def _sheet_consent_rule(self, purpose, channel):
        """Return the rule of law that applies to this person, or an empty recordset."""
        rules = self.env["customer.sheet.consent.rule"].sudo()
        company = self.company_id or self.env.company
        rule_id = rules._id_applying(
            purpose.id,
            channel,
            self.sheet_typology or "b2c",
            self._sheet_consent_country().id or 0,
            company.id,
        )
        return rules.browse(rule_id or ()).with_prefetch(rules._all_ids())

    # -- subjects ------------------------------------------------------------

    def _sheet_consent_subjects(self):
        """Return the people of the ledger that these records are."""
        subjects = self.env["customer.sheet.consent.subject"].sudo()
        return subjects.union(*subjects._of_sheets(self.sudo()).values())

    def _sheet_consent_subjects_to_write(self):
        """Return ``{record id: subject}``; who is not yet in the ledger gets a subject.

        Records with several subjects turn out to be one person: these are joined first.
        """
        subjects = self.env["customer.sheet.consent.subject"].sudo()
        known = subjects._of_sheets(self)
        for found in known.values():
            if len(found) > 1:
                found[0]._join(found[1:])
        without = [record_id for record_id, found in known.items() if not found]
        created = dict(zip(without, subjects._new(len(without)), strict=True))
        subjects._link(self._sheet_consent_owners(), created)
        return {record_id: found[:1] or created[record_id] for record_id, found in known.items()}

    def _sheet_consent_changed(self):
        """Score these sheets again: a decision may answer a question of the catalogue."""
        ids = tuple(self.ids)
        if ids and any(question.provider == PROVIDER for question in self._sheet_plan().counting):
            self.env.flush_all()
            self._sheet_rescore(SQL("IN %s", ids))
        self.invalidate_recordset(["sheet_completeness", "sheet_missing", "sheet_consents"])

    # -- the provider "prospecting_consent" of the catalogue --------------------

    def _sheet_provided_prospecting_consent(self):
        """Return the records of people of whom a decision on prospecting is known."""
        records = self._origin.sudo()
        subjects = self.env["customer.sheet.consent.subject"]._of_sheets(records)
        states = self.env["customer.sheet.consent.state"].sudo()
        people = states.browse().subject_id.union(*subjects.values())
        decided = [
            ("subject_id", "in", people.ids),
            ("purpose_id", "=", self._sheet_prospecting_id()),
            ("state", "in", list(DECISIONS)),
        ]
        if known := known_of(records):
            decided = known.records(states._name).filtered_domain(decided).subject_id
        else:
            decided = states.search(decided).subject_id
        return self.filtered(lambda record: subjects.get(record._origin.id, decided[:0]) & decided)

    @api.model
    def _sheet_provided_prospecting_consent_sql(self, alias):
        """Return the SQL twin of :meth:`_sheet_provided_prospecting_consent`."""
        purpose = self._sheet_prospecting_id()
        decided = SQL("s.purpose_id = %s AND s.state IN %s", purpose, tuple(DECISIONS))
        return self._sheet_has_state_sql(alias, decided)

    @api.model
    def _sheet_prospecting_id(self):
        return self.env["customer.sheet.consent.purpose"]._ids_by_code().get("prospecting", 0)

    @api.model
    def _sheet_has_state_sql(self, alias, condition):
        """Return the SQL condition that a person of this sheet has a state ``s`` like that.

        The contact of a lead is asked apart from the lead: PostgreSQL looks each up at once,
        but would try every pair of a sheet and a person for an OR between them.
        """
        found = [
            SQL(
                """
                EXISTS (SELECT
                          FROM customer_sheet_consent_subject_link l
                          JOIN customer_sheet_consent_state s ON s.subject_id = l.root_id
                         WHERE l.%s = %s
                           AND %s)
                """,
                SQL.identifier(link),
                SQL.identifier(alias, own),
                condition,
            )
            for link, own in self._sheet_consent_columns().items()
        ]
        return SQL("(%s)", SQL(" OR ").join(found))

    @api.model
    def _sheet_consent_owner_sql(self, alias, link):
        """Return the SQL condition that a subject link is of this record."""
        owners = [
            SQL("%s = %s", SQL.identifier(link, column), SQL.identifier(alias, own))
            for column, own in self._sheet_consent_columns().items()
        ]
        return SQL("(%s)", SQL(" OR ").join(owners))

    @api.model
    def _sheet_consent_columns(self):
        """Return ``{column of a subject link: column of this table}`` that make it a person."""
        raise NotImplementedError


class ResPartner(models.Model):
    """Contacts are people of the ledger."""

    _inherit = "res.partner"

    # -- who holds an address that was just blocked is asked at once, of a million contacts too
    _sheet_email_index = models.Index("(email_normalized) WHERE email_normalized IS NOT NULL")
    _sheet_phone_index = models.Index("(phone_sanitized) WHERE phone_sanitized IS NOT NULL")

    def _sheet_consent_owners(self):
        return {"partner_id": {partner._origin.id: [partner.id] for partner in self}}

    @api.model
    def _sheet_consent_columns(self):
        return {"partner_id": "id"}

    def _sheet_consent_lang(self):
        return self.lang or self.env.lang or "en_US"

    def _sheet_consent_sheets(self):
        """Return ``(contacts, leads)`` on which calls to this person are noted."""
        leads = self.env["crm.lead"].with_context(active_test=False)
        return self, leads.search([("partner_id", "in", self.ids)])

    def _sheet_consent_calls_sql(self, alias):
        """Return the SQL condition that a message is on one of these, for one contact."""
        return _calls_sql(alias, self._origin.id or 0, 0)


class CrmLead(models.Model):
    """Leads are people of the ledger, and become the people that their contacts are."""

    _inherit = "crm.lead"

    def _sheet_consent_owners(self):
        contacts = {}
        for lead in self.filtered("partner_id"):
            contacts.setdefault(lead.partner_id._origin.id, []).append(lead.id)
        return {"lead_id": {lead._origin.id: [lead.id] for lead in self}, "partner_id": contacts}

    @api.model
    def _sheet_consent_columns(self):
        return {"lead_id": "id", "partner_id": "partner_id"}

    def _sheet_consent_lang(self):
        return self.lang_code or self.partner_id.lang or self.env.lang or "en_US"

    def _sheet_consent_sheets(self):
        contacts = self.partner_id
        leads = self.with_context(active_test=False)
        return contacts, self | leads.search([("partner_id", "in", contacts.ids)])

    def _sheet_consent_calls_sql(self, alias):
        """Return the SQL condition that a message is on one of these, for one lead."""
        return _calls_sql(alias, self.partner_id._origin.id or 0, self._origin.id or 0)

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
