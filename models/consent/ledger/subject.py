import secrets
import uuid

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import NO_ACCESS, Domain
from odoo.tools import SQL

from ...sheet.known import known_of
from ..chain import keyed
from .words import POINT_OF_CHANNEL, digest, roots_sql

PEPPER = "crm_customer_sheet.consent_pepper"


def _root_of(roots, subject_id):
    """Return who a subject is, by ``{id: next}`` as joins of the same batch have changed it."""
    while (following := roots.get(subject_id, subject_id)) != subject_id:
        subject_id = following
    return subject_id


LINK = "customer.sheet.consent.subject.link"

#: The column of a link for each kind of sheet.
COLUMNS = {"res.partner": "partner_id", "crm.lead": "lead_id"}


def say(sheets, sequence, identity):
    """Bring ``sheets`` (``{sheet: event}``) up to date with what one event says.

    >>> sheets = {}
    >>> say(sheets, 1, "crm.lead,2 res.partner,7")
    >>> say(sheets, 2, "-crm.lead,2 crm.lead,3")
    >>> sheets
    {'res.partner,7': 1, 'crm.lead,3': 2}
    """
    for word in (identity or "").split(" "):
        if word.startswith("-"):
            sheets.pop(word[1:], None)
        elif "," in word:
            sheets.setdefault(word, sequence)


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
        if known := known_of(records):
            found = known.records(links._name)
        else:
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

    # -- people who turn out to be one, and the way back -----------------------

    def _join(self, others):
        """Note that ``others`` are this person: from now on the stricter decision stands.

        :return: the subjects that were joined, for :meth:`_split`
        """
        self.ensure_one()
        [(_root, joined)] = self._join_groups([(self, others)])
        return joined

    @api.model
    def _join_groups(self, groups):
        """Join many at once, with a number of queries that does not grow with them.

        :param groups: list of ``(subject, others)``
        :return: list of ``(root, joined subjects)``, in the order of ``groups``
        """
        subjects = self.sudo()
        roots = subjects.union(*(one | others for one, others in groups))._roots()
        now, done = fields.Datetime.now(), []
        for one, others in groups:
            root = subjects.browse(_root_of(roots, one.id))
            joined = subjects.browse(dict.fromkeys(_root_of(roots, each) for each in others.ids))
            joined -= root
            roots.update(dict.fromkeys(joined.ids, root.id))
            done.append((root, joined))
        pairs = [(r, other) for r, joined in done for other in joined]
        subjects._note_pairs(pairs, "joined", effective_at=now)
        for root, joined in done:
            joined.write({"joined_into_id": root.id, "joined_on": now})
        subjects.union(*(root | joined for root, joined in done if joined))._joins_changed()
        return done

    def _split(self, others):
        """Take a join back: what each said before it stands again for each."""
        self.ensure_one()
        parted = others.sudo().filtered(lambda other: other.joined_into_id == self)
        if parted != others:
            raise UserError(self.env._("These people are not joined with this one."))
        root = self.sudo()
        root._note_pairs([(root, other) for other in parted], "split")
        parted.write({"joined_into_id": False, "joined_on": False})
        (root | parted)._joins_changed()

    def _joins_changed(self):
        """Let the links and states of these people, and of whoever was joined before, follow."""
        if not self:
            return
        family = self.env["customer.sheet.consent.state"]._roots_of(self.ids)
        links = self.env["customer.sheet.consent.subject.link"].sudo()
        for link in links.search([("subject_id", "in", list(family))]):
            link.root_id = family[link.subject_id.id]
        self.env["customer.sheet.consent.state"]._rebuild(self.ids)

    @api.model
    def _note_pairs(self, pairs, state, **more):
        """Write the event into the chains of both of each pair: who stands for whom is said too.

        :param pairs: list of ``(root, other)``
        """
        both = [turn for one, two in pairs for turn in ((one, two, "root"), (two, one, "part"))]
        self.env["customer.sheet.consent.event"]._append(
            [
                {
                    "subject_id": one.id,
                    "state": state,
                    "method": "system",
                    "actor_kind": "user",
                    "related_subject": two.uuid,
                    "identity": place,
                    **more,
                }
                for one, two, place in both
            ]
        )

    # -- who a person is, said by their chain: links alone could be pointed at somebody else --
    #
    # The first event of a chain names the sheets of its person; an event of its own says when one
    # is added or taken away. A sheet is written ``res.partner,7``.

    @api.model
    def _link(self, owners, subjects):
        """Note who these subjects are; of a new one its first event will say so.

        Two transactions that link the same sheet at one moment are told apart by PostgreSQL: the
        later one fails on a key that it cannot see yet, and Odoo runs it again.

        :param owners: as ``_sheet_consent_owners`` returns them
        :param subjects: ``{record id: root subject}``
        """
        claims = {}
        for column, ids in owners.items():
            for owner_id, record_ids in ids.items():
                for record_id in record_ids:
                    if subject := subjects.get(record_id):
                        claims.setdefault((column, owner_id), subject)
        self.env[LINK].sudo()._claim(claims)

    @api.model
    def _name_new(self, heads):
        """Let the first event of each chain say who its person is.

        :param heads: as :meth:`_lock` returned them
        """
        new = [subject_id for subject_id, head in heads.items() if not head["sequence"]]
        for subject_id, identity in self._first_identities(new).items() if new else ():
            heads[subject_id]["identity"] = identity

    @api.model
    def _first_identities(self, subject_ids):
        """Return ``{subject id: the sheets of that person}``, as the first event names them."""
        links = self.env[LINK].sudo().search([("subject_id", "in", subject_ids)], order="id")
        found = {}
        for link in links:
            found.setdefault(link.subject_id.id, []).append(link._sheet())
        return {subject_id: " ".join(sorted(sheets)) for subject_id, sheets in found.items()}

    @api.model
    def _note_sheets(self, sheets):
        """Append by which sheets people of the ledger are known from now on, and no longer.

        :param sheets: ``{subject id: [sheet, or -sheet where it goes]}``
        """
        return self.env["customer.sheet.consent.event"]._append(
            [
                {
                    "subject_id": subject_id,
                    "state": "linked",
                    "method": "system",
                    "actor_kind": "user",
                    "identity": " ".join(sorted(names)),
                }
                for subject_id, names in sheets.items()
                if names
            ]
        )

    @api.model
    def _note_moved(self, host, moves):
        """Note that the people of some sheets are known by others: they are merged.

        Only what a chain says is handed on: a link that was tampered with stays unexplained.
        Call it while the links still are, or are again, on the sheets that they move from or to.

        :param moves: ``{id of the sheet with a link: (id it moves from, id it moves to)}``
        """
        column, sheets = COLUMNS[host], {}
        links = self.env[LINK].sudo()
        links.flush_model()
        links = links.search_fetch([(column, "in", list(moves))], ["subject_id", column])
        said = self._sheets_said(links.subject_id.ids)
        left = {old for old, _new in moves.values()} - moves.keys()
        stay = links.search([(column, "in", list(left))]) if links and left else links.browse()
        stay = {(link.subject_id.id, link[column].id) for link in stay}
        for link in links:
            subject_id, (old, new) = link.subject_id.id, moves[link[column].id]
            if f"{host},{old}" in said.get(subject_id, {}):
                names = sheets.setdefault(subject_id, set())
                names.add(f"{host},{new}")
                if (subject_id, old) not in stay:
                    names.add(f"-{host},{old}")
        self._note_sheets(sheets)

    @api.model
    def _sheets_said(self, subject_ids):
        """Return ``{subject id: {sheet: event that says so}}``, as the chains have it today."""
        if not subject_ids:
            return {}
        rows = self.env.execute_query(
            SQL(
                """
                SELECT subject_id, sequence, identity
                  FROM customer_sheet_consent_event
                 WHERE subject_id = ANY(%s)
                   AND identity IS NOT NULL
                 ORDER BY subject_id, sequence
                """,
                list(subject_ids),
            )
        )
        said = {}
        for subject_id, sequence, identity in rows:
            say(said.setdefault(subject_id, {}), sequence, identity)
        return said
