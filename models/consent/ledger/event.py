from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL, format_date, format_datetime

from ...sheet.statistics import refresh_statistics
from ..chain import canonical, commitment, link
from ..law.fold import STRENGTH_OF_METHOD, STRENGTHS
from ..law.rule import BASES, CHANNELS
from .append_only import create_function, drop_all, protect
from .words import ACTORS, METHODS, PRIVACY_OFFICER, STATES, digest, word_of

#: What an event says and its hash covers, in the words of ISO/IEC TS 27560 where it has one.
#: Never change this tuple: old events would no longer verify.  Add a version instead.
HASHED = (
    "sequence",
    "state",
    "purpose_id",
    "purpose_code",
    "channel",
    "effective_at",
    "recorded_at",
    "expires_at",
    "point_hash",
    "notice_version_id",
    "notice_sha256",
    "basis",
    "method",
    "actor_kind",
    "user_id",
    "company_id",
    "box",
    "evidence_sha256",
    "strength",
    "idempotency_key",
    "related_hash",
    "related_subject",
    "payload_commitment",
)

#: What an event may say besides; its hash covers it where it does.  Events of version 1 say
#: nothing of who a person is.
HASHED_IF_SAID = ("identity",)


#: A clock that runs a little ahead of ours is no error.
TOLERANCE = timedelta(minutes=5)


def _record(uuid, row):
    record = {"version": 1, "subject": uuid}
    for name in HASHED:
        value = row[name]
        if hasattr(value, "isoformat"):
            value = value.isoformat()
        record[name] = value or None
    said = {name: row[name] for name in HASHED_IF_SAID if row.get(name)}
    return {**record, **said, "version": 2} if said else record


class CustomerSheetConsentEvent(models.Model):
    """The ledger: what each person decided, when, how, and what they were told (D2).

    Append-only and tamper-evident.  An event holds hashes and commitments; its readable part
    is one erasable payload.  The events of a person form a chain, each hash covering the
    previous one.  Users and companies are plain integers: a foreign key would fail on the
    trigger when one of them is deleted.
    """

    _name = "customer.sheet.consent.event"
    _inherit = ["customer.sheet.consent.evidence.mixin"]
    _description = "Consent Event"
    _order = "id desc"
    _rec_name = "hash"

    subject_id = fields.Many2one(
        "customer.sheet.consent.subject",
        "Person's number",
        required=True,
        ondelete="restrict",
        index=True,
    )
    sequence = fields.Integer("Position", required=True, readonly=True)
    state = fields.Selection(STATES, "Decision", required=True, readonly=True)
    purpose_id = fields.Many2one(
        "customer.sheet.consent.purpose", readonly=True, ondelete="restrict", index=True
    )
    purpose_code = fields.Char("Purpose code", readonly=True)
    channel = fields.Selection(CHANNELS, readonly=True)
    effective_at = fields.Datetime("Effective on", required=True, readonly=True)
    recorded_at = fields.Datetime("Recorded on", required=True, readonly=True)
    expires_at = fields.Datetime("Valid until", readonly=True)
    point_hash = digest("Contact point (keyed hash)")
    notice_version_id = fields.Many2one(
        "customer.sheet.consent.notice.version",
        "Notice",
        readonly=True,
        ondelete="restrict",
        index="btree_not_null",
    )
    notice_sha256 = digest("Text of the notice (SHA-256)")
    basis = fields.Selection(BASES, "Lawful basis", readonly=True)
    method = fields.Selection(METHODS, "How", required=True, readonly=True)
    actor_kind = fields.Selection(ACTORS, "By", required=True, readonly=True)
    user_id = fields.Integer("User number", readonly=True, aggregator=None)
    company_id = fields.Integer("Company number", readonly=True, aggregator=None)
    box = fields.Selection(
        [("unticked", "Unticked box"), ("none", "No box")], "Default state", readonly=True
    )
    evidence_sha256 = digest("Document (SHA-256)")
    strength = fields.Selection(STRENGTHS, "Evidence", readonly=True)
    idempotency_key = fields.Char(readonly=True)
    related_hash = digest("Answers the event")
    related_subject = fields.Char("Other person", readonly=True)
    payload_commitment = digest("Commitment to the readable part")
    identity = fields.Char(
        "Who it is",
        readonly=True,
        help="Contacts and leads that the person is from this event on, or (joined) whether the"
        " other person is part of this one.",
    )
    prev_hash = digest("Previous hash")
    hash = digest("Hash", required=True, index=True)
    payload_ids = fields.One2many("customer.sheet.consent.payload", "event_id", "Readable part")

    _chain_unique = models.UniqueIndex("(subject_id, sequence)")
    _idempotency_unique = models.UniqueIndex("(idempotency_key) WHERE idempotency_key IS NOT NULL")
    _refusal_index = models.Index(
        "(point_hash, channel) WHERE state IN ('refused', 'withdrawn', 'objected')"
    )
    _point_index = models.Index("(point_hash) WHERE point_hash IS NOT NULL")

    def init(self):
        create_function(self.env.cr)
        protect(self.env.cr, self._table)
        return super().init()

    # -- the way in ----------------------------------------------------------

    @api.model
    def _append(self, vals_list):
        """Append events, in one go for any number of people.

        An event whose ``idempotency_key`` is known already is left out.  ``point`` is the
        readable contact point: only its keyed hash and the payload keep it.

        :param vals_list: dictionaries of ``subject_id``, ``state``, ``method``, ``actor_kind``
            and any of ``HASHED``, plus ``point`` and ``payload`` (a dictionary)
        :return: the new events, as superuser
        :raise UserError: where a decision would take effect in the future
        :raise ValueError: for a word that is none of the field's
        """
        vals_list = self._only_new(vals_list)
        subjects = self.env["customer.sheet.consent.subject"].sudo()
        subjects = subjects.browse(dict.fromkeys(vals["subject_id"] for vals in vals_list))
        if not subjects:
            return self.browse()
        refresh_statistics(self.env, count=len(vals_list))
        heads, now = subjects._lock(), fields.Datetime.now()
        subjects._name_new(heads)
        written = [self._chained(vals, heads[vals["subject_id"]], now) for vals in vals_list]
        events = self.sudo()._insert([row for row, _payload in written])
        self._keep_readable(events, [payload for _row, payload in written])
        subjects._advance(heads)
        self.invalidate_model()
        refresh_statistics(self.env, count=len(vals_list))
        if any(vals["state"] != "linked" for vals in vals_list):
            self.env["customer.sheet.consent.state"]._rebuild(subjects.ids)
            events._consent_appended()
        return events

    def _consent_appended(self):
        """Let the sheets of these people follow what was decided; extend it."""
        roots = self.subject_id._roots()
        links = self.env["customer.sheet.consent.subject.link"]
        links = links.search([("root_id", "in", list(set(roots.values())))])
        contacts = links.partner_id
        leads = links.lead_id | self.env["crm.lead"].with_context(active_test=False).search(
            [("partner_id", "in", contacts.ids)]
        )
        contacts._sheet_consent_changed()
        leads._sheet_consent_changed()

    @api.model
    def _only_new(self, vals_list):
        """Return the values without those that were appended before, or twice in the list."""
        keys = {key for vals in vals_list if (key := vals.get("idempotency_key"))}
        if not keys:
            return vals_list
        known = self.sudo().search_fetch(
            [("idempotency_key", "in", list(keys))], ["idempotency_key"]
        )
        seen, new = set(known.mapped("idempotency_key")), []
        for vals in vals_list:
            key = vals.get("idempotency_key")
            if not key or key not in seen:
                new.append(vals)
            seen.add(key)
        return new

    @api.model
    def _chained(self, vals, head, now):
        """Return ``(row, readable part)`` of the next event of a chain, and move its head."""
        readable = {key: value for key, value in (vals.get("payload") or {}).items() if value}
        if vals.get("point"):
            readable["point"] = vals["point"]
        identity = filter(None, (head.pop("identity", None), vals.get("identity")))
        row = self._row({**vals, "identity": " ".join(identity)}, now)
        row["sequence"] = head["sequence"] + 1
        if readable and head["key"]:
            row["payload_commitment"] = commitment(head["key"], readable)
        row["prev_hash"] = head["head_hash"] or None
        row["hash"] = link(head["head_hash"] or "", _record(head["uuid"], row))
        head["sequence"], head["head_hash"] = row["sequence"], row["hash"]
        return {"subject_id": head["id"], **row}, readable if head["key"] else {}

    @api.model
    def _row(self, vals, now):
        """Return the columns of an event but for its place in the chain."""
        row = {name: vals.get(name) or None for name in (*HASHED, *HASHED_IF_SAID)}
        row["recorded_at"] = now
        for name in ("effective_at", "expires_at"):
            moment = fields.Datetime.to_datetime(vals.get(name))
            row[name] = moment and moment.replace(microsecond=0)
        row["effective_at"] = row["effective_at"] or now
        if row["effective_at"] > now + TOLERANCE:
            raise UserError(
                self.env._("“Effective on” lies in the future. Choose when the person decided.")
            )
        purpose = self.env["customer.sheet.consent.purpose"].sudo().browse(vals.get("purpose_id"))
        version = self.env["customer.sheet.consent.notice.version"].sudo()
        row["purpose_code"] = purpose.code or None
        row["notice_sha256"] = version.browse(vals.get("notice_version_id")).text_sha256 or None
        row["strength"] = str(vals.get("strength") or STRENGTH_OF_METHOD[vals["method"]])
        row["user_id"] = vals.get("user_id") or (self.env.uid if self.env.user else None)
        row["company_id"] = vals.get("company_id") or self.env.company.id
        if vals.get("point"):
            subjects = self.env["customer.sheet.consent.subject"]
            row["point_hash"] = subjects._hash_point(vals["channel"], vals["point"])
        self._check_words(row)
        return row

    @api.model
    def _check_words(self, row):
        """Refuse words that a selection does not know: what is written stays for ever."""
        for name, value in row.items():
            if self._fields[name].type == "selection":
                self._fields[name].convert_to_cache(value, self)

    @api.model
    def _keep_readable(self, events, contents):
        self.env["customer.sheet.consent.payload"]._insert(
            [
                {"event_id": event.id, "content": canonical(content).decode()}
                for event, content in zip(events, contents, strict=True)
                if content
            ]
        )

    # -- what is hashed ------------------------------------------------------

    def _record(self):
        """Return the dictionary that the hash of this event covers."""
        self.ensure_one()
        row = {
            name: self[name].id if self._fields[name].relational else self[name]
            for name in (*HASHED, *HASHED_IF_SAID)
        }
        return _record(self.subject_id.uuid, row)

    # -- the ledger outlives the module: uninstalling leaves it as a file ------

    @api.model
    def _export_and_release(self):
        """Keep the whole ledger as an attachment of the company and let its tables go.

        One JSON document a line: events with what the hash covers, the hashes and the readable
        part; then the seals with their leaves.
        """
        if self.search_count([], limit=1):
            name = f"consent_ledger_{fields.Date.today().isoformat()}.jsonl.gz"
            self.env["ir.attachment"].create(
                {
                    "name": name,
                    "raw": self._exported(),
                    "mimetype": "application/gzip",
                    "res_model": "res.company",
                    "res_id": self.env.company.id,
                }
            )
        drop_all(self.env.cr)
        self.env.cr.execute(
            SQL(
                "TRUNCATE %s CASCADE",
                SQL.identifier("customer_sheet_consent_subject"),
            )
        )
        self.env.invalidate_all(flush=False)

    # -- events in words, for the people who may read them ---------------------

    def _words(self):
        """Return one line of a history; the trace is for privacy officers only.

        What was said and which document was handed over are shown to everybody who sees the
        sheet; where the answer came from (IP address, browser) is not.
        """
        self.ensure_one()
        readable = self._readable()
        notice = self.notice_version_id
        return {
            "hash": self.hash,
            "date": format_date(self.env, self.effective_at),
            "recorded": format_datetime(self.env, self.recorded_at),
            "purpose": self.purpose_id.name or False,
            "channel": word_of(self, "channel"),
            "state": self.state,
            "words": word_of(self, "state"),
            "method": word_of(self, "method"),
            "actor": word_of(self, "actor_kind"),
            "by": self._author(),
            "basis": word_of(self, "basis"),
            "box": word_of(self, "box"),
            "notice": notice and notice._label(),
            "notice_url": notice and notice.url,
            "strength": int(self.strength or 0),
            "strength_words": word_of(self, "strength"),
            "evidence": bool(self.evidence_sha256 or readable),
            "document": readable.get("evidence_name", False),
            "label": readable.get("label", False),
            "trace": self.env.user.has_group(PRIVACY_OFFICER) and readable,
        }

    def _author(self):
        """Return the name of the user who recorded it, or who acted otherwise."""
        if self.actor_kind != "user":
            return word_of(self, "actor_kind")
        user = self.env["res.users"].sudo().browse(self.user_id).exists()
        return user.name or self.env._("User %(number)s, deleted since", number=self.user_id)

    def _readable(self):
        """Return the readable part, empty once it was erased or where there never was one."""
        payload = self.payload_ids[:1]
        return payload._read() if payload else {}
