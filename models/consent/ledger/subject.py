import secrets
import uuid

from odoo import api, fields, models
from odoo.fields import NO_ACCESS, Domain
from odoo.tools import SQL

from ..chain import keyed
from .words import POINT_OF_CHANNEL, digest, roots_sql

PEPPER = "crm_customer_sheet.consent_pepper"


class CustomerSheetConsentSubject(models.Model):
    """A person of the ledger, under a number that says nothing about them.

    Exists from its first event on, outlives its contacts and leads, and has a key: without
    it nobody can tell any more what the hashes of its events stand for.
    """

    _name = "customer.sheet.consent.subject"
    _description = "Consent Subject"
    _rec_name = "uuid"
    _order = "id desc"
    _log_access = False

    uuid = fields.Char("Number", required=True, readonly=True, index=True)
    key = fields.Char(readonly=True, groups=NO_ACCESS)
    sequence = fields.Integer("Events", readonly=True, help="Number of events in the chain.")
    head_hash = digest("Head of the chain")
    joined_into_id = fields.Many2one(
        "customer.sheet.consent.subject",
        "Joined with",
        readonly=True,
        ondelete="restrict",
        index="btree_not_null",
        help="The same person, as a merge of contacts or leads has shown.",
    )
    joined_on = fields.Datetime(readonly=True)
    erased_on = fields.Datetime(readonly=True)
    link_ids = fields.One2many("customer.sheet.consent.subject.link", "subject_id", "Sheets")
    event_ids = fields.One2many("customer.sheet.consent.event", "subject_id", "History")

    _uuid_unique = models.Constraint("UNIQUE (uuid)", "This number is already in use.")

    # -- who is who ----------------------------------------------------------

    @api.model
    def _new(self, count=1):
        """Return ``count`` new subjects."""
        return self.sudo().create(
            [
                {"uuid": str(uuid.uuid4()), "key": secrets.token_hex(32), "sequence": 0}
                for _number in range(count)
            ]
        )

    def _roots(self):
        """Return ``{id: id of the subject that stands for it}`` after all joins, in one query."""
        if not self:
            return {}
        self.flush_model(["joined_into_id"])
        return dict(self.env.execute_query(roots_sql(tuple(self.ids))))

    def _family(self):
        """Return these people and everybody who is joined with them."""
        return self.browse(self.env["customer.sheet.consent.state"]._roots_of(self.ids))

    @api.model
    def _of_sheets(self, records):
        """Return ``{record id: subjects}``: who contacts or leads are, in one query.

        A lead is also the person that its contact is.
        """
        owners = records._sheet_consent_owners()
        links = self.env["customer.sheet.consent.subject.link"].sudo()
        found = links.search_fetch(
            Domain.OR(Domain(column, "in", list(ids)) for column, ids in owners.items()),
            ["root_id", *owners],
        )
        subjects = {record.id: self.sudo().browse() for record in records}
        for link in found:
            for column, ids in owners.items():
                for record_id in ids.get(link[column].id, ()):
                    subjects[record_id] |= link.root_id
        return subjects

    @api.model
    def _for_point_hash(self, point_hash):
        """Return the subject that last used a contact point, or a new one.

        For an objection that comes in after the contact or lead is gone: it follows the address.
        """
        event = self.env["customer.sheet.consent.event"].sudo()
        event = event.search([("point_hash", "=", point_hash)], order="id desc", limit=1)
        subject = event.subject_id
        return self.sudo().browse(subject._roots()[subject.id]) if subject else self._new()

    @api.model
    def _hash_point(self, channel, point):
        """Return the keyed hash of a contact point, or False.

        The key is a secret of the database: a stolen ledger does not give the addresses away.
        """
        if not point:
            return False
        return keyed(self._pepper(), f"{POINT_OF_CHANNEL[channel]}:{point}")

    @api.model
    def _pepper(self):
        parameters = self.env["ir.config_parameter"].sudo()
        pepper = parameters.get_param(PEPPER)
        if not pepper:
            pepper = secrets.token_hex(32)
            parameters.set_param(PEPPER, pepper)
        return pepper

    # -- erasure -------------------------------------------------------------

    def _erase(self):
        """Destroy what makes these chains readable; they still verify (GDPR, Art. 17).

        The keyed hash of the contact point stays: an objection must be honoured for as long
        as somebody could write to that address again.
        """
        subjects = self.sudo()
        events = self.env["customer.sheet.consent.event"]
        events._append(
            [
                {
                    "subject_id": subject.id,
                    "state": "erased",
                    "method": "system",
                    "actor_kind": "user",
                }
                for subject in subjects
            ]
        )
        subjects.event_ids.payload_ids._erase()
        subjects.write({"key": False, "erased_on": fields.Datetime.now()})

    def _lock(self):
        """Return ``{id: row}`` of these subjects, locked in a fixed order until the commit."""
        self.flush_recordset()
        rows = self.env.execute_query_dict(
            SQL(
                "SELECT id, uuid, key, sequence, head_hash FROM customer_sheet_consent_subject"
                " WHERE id IN %s ORDER BY id FOR UPDATE",
                tuple(self.ids),
            )
        )
        return {row["id"]: row for row in rows}

    def _advance(self, heads):
        """Note where the chains end now.

        :param heads: as :meth:`_lock` returned them, moved on
        """
        rows = [(head["id"], head["sequence"], head["head_hash"]) for head in heads.values()]
        self.env.cr.execute_values(
            """
            UPDATE customer_sheet_consent_subject s
               SET sequence = n.sequence, head_hash = n.head_hash
              FROM (VALUES %s) AS n(id, sequence, head_hash)
             WHERE s.id = n.id
            """,
            rows,
            page_size=1000,
        )
        self.invalidate_recordset(["sequence", "head_hash"])
