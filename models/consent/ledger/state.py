from collections import namedtuple

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL, split_every

from ...sheet.called import called
from ...sheet.resumable import go_on
from ..law.fold import GRANTS, REFUSALS, STRENGTHS, Decision, stricter
from ..law.rule import BASES, CHANNELS
from .joined_people import JoinedPeople
from .words import METHODS, STATES, digest, roots_sql

#: The columns that a row takes from the event that decides.
FROM_EVENT = (
    "state",
    "effective_at",
    "expires_at",
    "strength",
    "basis",
    "method",
    "notice_version_id",
    "point_hash",
)


#: An objection to a contact point.
Refusal = namedtuple("Refusal", ("state", "at", "hash"))


COLUMNS = ("subject_id", "purpose_id", "channel", "requested_at", "event_hash", *FROM_EVENT)


class CustomerSheetConsentState(models.Model):
    """Which decision stands for each person, purpose and channel.

    A projection of the ledger: :meth:`_rebuild` makes it anew, :meth:`_compare` tells whether
    it says what the ledger says.
    """

    _name = "customer.sheet.consent.state"
    _inherit = ["customer.sheet.consent.evidence.mixin"]
    _description = "Consent in Force"
    _order = "effective_at desc, id desc"
    _rec_name = "subject_id"

    subject_id = fields.Many2one(
        "customer.sheet.consent.subject",
        "Person's number",
        required=True,
        ondelete="cascade",
        index=True,
    )
    purpose_id = fields.Many2one(
        "customer.sheet.consent.purpose", required=True, ondelete="cascade", index=True
    )
    channel = fields.Selection(CHANNELS, required=True, readonly=True)
    state = fields.Selection(STATES, "Decision", required=True, readonly=True)
    effective_at = fields.Datetime("Since", required=True, readonly=True)
    expires_at = fields.Datetime("Valid until", readonly=True)
    requested_at = fields.Datetime(
        "Requested on", readonly=True, help="A request that has had no answer since."
    )
    event_hash = digest("Event")
    strength = fields.Selection(STRENGTHS, "Evidence", readonly=True)
    basis = fields.Selection(BASES, "Lawful basis", readonly=True)
    method = fields.Selection(METHODS, "How", readonly=True)
    notice_version_id = fields.Many2one(
        "customer.sheet.consent.notice.version",
        "Notice",
        readonly=True,
        ondelete="restrict",
        index="btree_not_null",
    )
    point_hash = digest("Contact point (keyed hash)")

    _expiry_index = models.Index("(expires_at) WHERE expires_at IS NOT NULL")

    # -- what stands, as the privacy officer finds and reads it ----------------
    holder_names = fields.Char(related="subject_id.holder_names", string="Person")

    # -- projection ----------------------------------------------------------

    @api.model
    def _rebuild(self, subject_ids=None):
        """Make the rows of these people, of everybody if None, anew from the ledger."""
        roots = self._roots_of(subject_ids)
        if not roots:
            return
        rows = self._projected(roots)
        self.env.cr.execute(
            "DELETE FROM customer_sheet_consent_state WHERE subject_id IN %s",
            [tuple(roots)],
        )
        self._insert([dict(zip(COLUMNS, row, strict=True)) for row in rows])
        self.invalidate_model()

    @api.model
    def _compare(self, size=10_000):
        """Return the ``(subject, purpose, channel)`` ids where a row differs from the ledger.

        :param size: of how many people at a time, so that the whole never sits in memory
        """
        subjects = self.env["customer.sheet.consent.subject"].sudo()
        ids = subjects._search(Domain.TRUE, order="id")
        differing = set()
        for batch in split_every(size, ids):
            roots = self._roots_of(batch)
            different = set(self._stored(roots)) ^ set(self._projected(roots))
            differing |= {row[:3] for row in different}
        return sorted(differing)

    @api.model
    def _stored(self, roots):
        """Return the rows of these people, in the order of ``COLUMNS``."""
        return self.env.execute_query(
            SQL(
                "SELECT %s FROM customer_sheet_consent_state WHERE subject_id IN %s",
                SQL(", ").join(map(SQL.identifier, COLUMNS)),
                tuple(roots),
            )
        )

    @api.model
    def _roots_of(self, subject_ids):
        """Return ``{id: root}`` of everybody who is joined with one of these people."""
        subjects = self.env["customer.sheet.consent.subject"].sudo()
        subjects.flush_model(["joined_into_id"])
        if subject_ids is None:
            subject_ids = subjects._search(Domain.TRUE)
        if not subject_ids:
            return {}
        return dict(
            self.env.execute_query(
                SQL(
                    """
                    WITH RECURSIVE down AS (
                        SELECT DISTINCT up.root AS id, up.root FROM (%s) up
                         UNION
                        SELECT s.id, down.root FROM down
                          JOIN customer_sheet_consent_subject s ON s.joined_into_id = down.id
                    )
                    SELECT id, root FROM down
                    """,
                    roots_sql(tuple(subject_ids)),
                )
            )
        )

    @api.model
    def _projected(self, roots):
        """Return the rows that the ledger says, in the order of ``COLUMNS``.

        :param roots: ``{id: root}`` of whole families of joined subjects
        """
        if not roots:
            return []
        events, joins = self._history(roots), self._joins(roots)
        rows = []
        for root in sorted(set(roots.values())):
            people = JoinedPeople(root, joins, events)
            for cell in sorted(people.cells()):
                event, requested_at = people.deciding(cell)
                if event:
                    said = (event[name] for name in FROM_EVENT)
                    rows.append((root, *cell, requested_at, event["hash"], *said))
        return rows

    @api.model
    def _history(self, roots):
        """Return ``{subject: {(purpose, channel): [event rows]}}`` of what was not annulled."""
        rows = self.env.execute_query_dict(
            SQL(
                """
                SELECT subject_id, purpose_id, channel, hash, %s
                  FROM customer_sheet_consent_event e
                 WHERE subject_id IN %s
                   AND purpose_id IS NOT NULL
                   AND channel IS NOT NULL
                   AND state NOT IN ('informed', 'annulled')
                   AND NOT EXISTS (SELECT
                                     FROM customer_sheet_consent_event a
                                    WHERE a.subject_id = e.subject_id
                                      AND a.state = 'annulled'
                                      AND a.related_hash = e.hash)
                 ORDER BY id
                """,
                SQL(", ").join(map(SQL.identifier, FROM_EVENT)),
                tuple(roots),
            )
        )
        events = {}
        for row in rows:
            cell = row["purpose_id"], row["channel"]
            events.setdefault(row["subject_id"], {}).setdefault(cell, []).append(row)
        return events

    @api.model
    def _joins(self, roots):
        """Return ``{subject: [(time, joined subject)]}``."""
        rows = self.env.execute_query(
            SQL(
                "SELECT joined_into_id, joined_on, id FROM customer_sheet_consent_subject"
                " WHERE joined_into_id IN %s ORDER BY joined_on, id",
                tuple(roots),
            )
        )
        joins = {}
        for into, at, subject in rows:
            if roots.get(subject) == subject:
                continue  # the first of a ring, see roots_sql
            joins.setdefault(into, []).append((at, subject))
        return joins

    def _stricter(self, other):
        """Return the more restrictive of this row and ``other``; a request is no decision."""
        if not other or other.state == "requested":
            return self
        if self.state == "requested":
            return other
        one, two = (Decision(row.effective_at, row.state, row) for row in (self, other))
        return stricter(one, two).source

    @api.model
    def _cron_expired(self, limit=1000):
        """Write into the ledger that consents have run out; the door knew already."""
        domain = [("state", "in", list(GRANTS)), ("expires_at", "<", fields.Datetime.now())]
        events = self.env["customer.sheet.consent.event"]

        def step():
            batch = self.search(domain, limit=limit)
            noted = batch and events._append([state._expiry_vals() for state in batch])
            return len(batch), self.search_count(domain) if noted else 0

        return go_on(self.env, step)

    def _expiry_vals(self):
        """Return the event that says that this consent has run out."""
        self.ensure_one()
        return {
            "subject_id": self.subject_id.id,
            "purpose_id": self.purpose_id.id,
            "channel": self.channel,
            "state": "expired",
            "effective_at": self.expires_at,
            "method": "system",
            "actor_kind": "system",
            "related_hash": self.event_hash,
            "idempotency_key": f"expired:{self.event_hash}",
        }

    # -- objections that follow the address ------------------------------------

    @api.model
    def _refusals_of_points(self, purposes, channels, point_hashes):
        """Return the latest objection of whoever used these contact points, in one query.

        :param purposes: consent purposes
        :param channels: codes of channels
        :param point_hashes: keyed hashes, as ``_hash_point`` makes them
        :return: ``{(purpose id, channel, point hash): Refusal}``
        """
        if not purposes or not point_hashes:
            return {}
        rows = self.env.execute_query(self._refusals_sql(purposes, channels, point_hashes))
        return {tuple(row[:3]): Refusal(*row[3:]) for row in rows}

    @api.model
    def _refusals_sql(self, purposes, channels, point_hashes):
        """Return the SELECT of :meth:`_refusals_of_points`."""
        return SQL(
            """
            SELECT DISTINCT ON (purpose_id, channel, point_hash) purpose_id, channel,
                   point_hash, state, effective_at, hash
              FROM customer_sheet_consent_event
             WHERE point_hash IN %s
               AND channel IN %s
               AND purpose_id IN %s
               AND state IN %s
             ORDER BY purpose_id, channel, point_hash, effective_at DESC, id DESC
            """,
            tuple(set(point_hashes)) or ("",),
            tuple(channels),
            tuple(purposes.ids) or (0,),
            tuple(REFUSALS),
        )

    # -- what stands, as the privacy officer finds and reads it ----------------

    @called(one=True)
    def action_open_person(self):
        """Open the person with all their events."""
        return {
            "type": "ir.actions.act_window",
            "res_model": "customer.sheet.consent.subject",
            "res_id": self.subject_id.id,
            "views": [(False, "form")],
        }
