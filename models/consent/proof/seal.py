from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

from ...sheet.called import called
from ...sheet.resumable import go_on
from ..chain import leaf, leaf_text, link, merkle_proof, merkle_root, seal_record
from ..ledger import append_only
from ..ledger.words import PRIVACY_OFFICER, digest

#: Chains in one seal; more make several seals, one after the other.
LEAVES = 50_000

#: An event may be committed that long after it was recorded (a long import).
GRACE = timedelta(days=1)


#: How many seals were made: a parameter of the database.
COUNT = "crm_customer_sheet.consent_seal_count"


def _hashed(values):
    return seal_record({**values, "date": values["date"].isoformat()})


class CustomerSheetConsentSeal(models.Model):
    """What the ledger was like on a day: a Merkle root over the heads of its chains.

    A chain alone cannot show that its end, or all of it, was cut off.  A seal can, since it
    follows the seal before and its hash is mailed out of the database.
    """

    _name = "customer.sheet.consent.seal"
    _inherit = ["customer.sheet.consent.evidence.mixin"]
    _description = "Consent Seal"
    _order = "id desc"
    _rec_name = "date"

    date = fields.Datetime("Sealed on", required=True, readonly=True)
    leaf_count = fields.Integer(
        "Chains", readonly=True, help="People with a new event since the seal before."
    )
    event_count = fields.Integer("Events", readonly=True, help="Events of these people in all.")
    root = digest("Merkle root", required=True)
    prev_hash = digest("Hash of the seal before")
    hash = digest("Hash of the seal", required=True)
    leaves = fields.Text(
        readonly=True, prefetch=False, help="A line for each chain: number, events, last hash."
    )

    _no_fork = models.UniqueIndex("(COALESCE(prev_hash, ''))")
    _hash_unique = models.UniqueIndex("(hash)")

    def init(self):
        append_only.protect(self.env.cr, self._table)
        return super().init()

    # -- sealing -------------------------------------------------------------

    @api.model
    def _cron_seal(self):
        """Seal what moved, so many chains at a time, and mail each seal; resumes where it was."""
        return go_on(self.env, self.sudo()._seal_next)

    @api.model
    def _seal_next(self):
        seal = self._seal()
        if not seal:
            return 0, 0
        seal._mail()
        return seal.leaf_count, int(seal.leaf_count == LEAVES)

    @api.model
    def _seal(self):
        """Seal the chains that moved since the seal before.

        There are never two seals of one state: where nothing moved there is none, and where
        two are made at once the second fails.

        :return: the seal; empty if nothing moved
        """
        last = self.search([], limit=1)
        chains = self._moved()
        if not chains:
            return self.browse()
        texts = [leaf_text(*chain) for chain in chains]
        values = {
            "date": fields.Datetime.now(),
            "root": merkle_root(map(leaf, texts)),
            "leaf_count": len(texts),
            "event_count": sum(sequence for _uuid, sequence, _head in chains),
            "prev_hash": last.hash or None,
        }
        values["hash"] = link(last.hash, _hashed(values))
        seal = self._insert([{**values, "leaves": "\n".join(texts)}])
        self._count_on()
        return seal

    @api.model
    def _count_on(self):
        """Note that there is one seal more: the last ones have none after them to miss them."""
        parameters = self.env["ir.config_parameter"].sudo()
        count = parameters.get_param(COUNT) or str(self.search_count([]) - 1)
        parameters.set_param(COUNT, int(count) + 1 if count.isdecimal() else 0)

    def _moved(self):
        """Return ``(uuid, events, last hash)`` of the chains with an event that no seal covers.

        Looks only at the chains that moved since a seal covered all there was, and at the seals
        which may have covered these since.
        """
        complete = self.search([("leaf_count", "<", LEAVES)], limit=1)
        since = complete.date - GRACE if complete else None
        return self.env.execute_query(
            SQL(
                """
                WITH moved AS (
                    SELECT subject_id, max(sequence) AS sequence
                      FROM customer_sheet_consent_event
                     WHERE subject_id IN (
                        SELECT subject_id FROM customer_sheet_consent_event
                         WHERE %(since)s IS NULL OR recorded_at >= %(since)s)
                     GROUP BY subject_id
                ), sealed AS (
                    SELECT unnest(string_to_array(leaves, E'\\n')) AS leaf
                      FROM customer_sheet_consent_seal
                     WHERE %(since)s IS NULL OR date >= %(since)s
                )
                SELECT s.uuid, moved.sequence, event.hash
                  FROM moved
                  JOIN customer_sheet_consent_subject s ON s.id = moved.subject_id
                  JOIN customer_sheet_consent_event event
                    ON event.subject_id = moved.subject_id AND event.sequence = moved.sequence
                 WHERE NOT EXISTS (
                    SELECT FROM sealed
                     WHERE leaf = concat(s.uuid, ' ', moved.sequence, ' ', event.hash))
              ORDER BY s.id
                 LIMIT %(limit)s
                """,
                since=since,
                limit=LEAVES,
            )
        )

    def _record(self):
        """Return the dictionary that the hash of this seal covers."""
        self.ensure_one()
        return _hashed({name: self[name] for name in ("date", "root", "leaf_count", "event_count")})

    def _exported_line(self):
        """Return this seal as the export of the ledger keeps it."""
        return {
            "record": self._record(),
            "prev_hash": self.prev_hash or None,
            "hash": self.hash,
            "leaves": (self.leaves or "").split("\n"),
        }

    def _leaf_hashes(self):
        """Return the leaves of the tree, in their order."""
        self.ensure_one()
        return [leaf(text) for text in (self.leaves or "").split("\n")]

    # -- for the user --------------------------------------------------------

    @called()
    def action_compare(self):
        """Compare a seal that was mailed with those of the ledger (privacy officers)."""
        return self.env["customer.sheet.consent.seal.compare"]._open()

    @called()
    def action_verify(self):
        """Verify the whole ledger and show what was found (privacy officers)."""
        return self.env["customer.sheet.consent.check"]._open_new()

    # -- telling the world ---------------------------------------------------

    def _mail(self):
        """Mail the seal to each privacy officer, in their language."""
        self.ensure_one()
        template = self.env.ref(
            "crm_customer_sheet.mail_template_consent_seal", raise_if_not_found=False
        )
        if not template:
            return
        for officer in self._officers():
            template.with_context(lang=officer.lang).send_mail(
                self.id, email_values={"email_to": officer.email_formatted}
            )

    @api.model
    def _officers(self):
        """Return the privacy officers that have an e-mail address."""
        group = self.env.ref(PRIVACY_OFFICER).sudo()
        return group.all_user_ids.filtered(lambda user: user.active and user.email)

    # -- where the seals hold the chains of a person ---------------------------

    @api.model
    def _inclusion(self, people):
        """Return the proof that the chains of these subjects stand in the seals.

        :return: ``seals``: all of them, in their order, from the first that holds one of the
            chains to the last of the ledger; ``proofs``: for each chain and each seal that holds
            it, how many events it had and the path from its leaf to the Merkle root
        """
        proofs = []
        for seal in self._seals_with(people):
            proofs += seal._proofs_of(people)
            seal.invalidate_recordset(["leaves"])
        first = min((proof["seal_id"] for proof in proofs), default=None)
        seals = self.search([("id", ">=", first)], order="id") if first else self.browse()
        return {
            "seals": [
                {**seal._record(), "prev_hash": seal.prev_hash or "", "hash": seal.hash}
                for seal in seals
            ],
            "proofs": [
                {name: value for name, value in proof.items() if name != "seal_id"}
                for proof in proofs
            ],
        }

    def _seals_with(self, people):
        """Return the seals that hold one of these chains, oldest first."""
        rows = self.env.execute_query(
            SQL(
                "SELECT id FROM customer_sheet_consent_seal WHERE date >= %s"
                " AND leaves LIKE ANY(%s) ORDER BY id",
                min(people.event_ids.mapped("recorded_at")),
                [f"%{uuid}%" for uuid in people.mapped("uuid")],
            )
        )
        return self.browse(seal_id for (seal_id,) in rows)

    def _proofs_of(self, people):
        self.ensure_one()
        uuids, leaves = set(people.mapped("uuid")), self._leaf_hashes()
        for index, line in enumerate(self.leaves.split("\n")):
            uuid, sequence, _head = line.split(" ")
            if uuid in uuids:
                yield {
                    "uuid": uuid,
                    "sequence": int(sequence),
                    "seal": self.hash,
                    "index": index,
                    "path": merkle_proof(leaves, index),
                    "seal_id": self.id,
                }
