from odoo import api, models
from odoo.tools import SQL

from ..chain import merkle_proof


class CustomerSheetConsentSeal(models.Model):
    """Where the seals hold the chains of a person."""

    _inherit = "customer.sheet.consent.seal"

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
