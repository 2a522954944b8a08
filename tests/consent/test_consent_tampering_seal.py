"""What only the seals reveal: cut tails, deleted people, rewritten chains, forged seals."""

from odoo.tests import tagged

from ...models.consent.chain import leaf, link, merkle_root
from .ledger import EVENTS, PAYLOADS, SEALS, SUBJECTS, TamperingCase


@tagged("post_install", "-at_install")
class TestConsentTamperingSeal(TamperingCase):
    def test_a_cut_tail_is_named_with_how_long_the_chain_was(self):
        self.cut(self.ada, 2)
        head = self.event(self.ada, 2).hash
        self.assertFound(
            ("head", self.ada.uuid, 2), ("tail", self.ada.uuid, 4), says=[self.ada.uuid, 4, 2]
        )
        # covering the track in the subject does not help: the seal knows
        self.sql(
            f"UPDATE {SUBJECTS} SET sequence = 2, head_hash = %s WHERE id = %s", head, self.ada.id
        )
        self.env["customer.sheet.consent.state"]._rebuild(self.ada.ids)
        self.assertFound(("tail", self.ada.uuid, 4), says=["4 events", "2 now", "cut off"])

    def test_a_tail_that_is_not_yet_sealed_shows_in_the_subject(self):
        self.append(self.bob, "withdrawn")
        self.cut(self.bob, 1)
        self.assertFound(("head", self.bob.uuid, 1), says=[1, 2])

    def test_a_deleted_person_is_named(self):
        events = self.events.search([("subject_id", "=", self.eve.id)])
        uuid = self.eve.uuid
        self.as_owner(f"DELETE FROM {PAYLOADS} WHERE event_id = ANY(%s)", events.ids)
        self.as_owner(f"DELETE FROM {EVENTS} WHERE subject_id = %s", self.eve.id)
        self.sql(f"DELETE FROM {SUBJECTS} WHERE id = %s", self.eve.id)
        self.assertFound(("subject", uuid, 2), says=[uuid, "2 events", "deleted"])

    def test_a_person_without_events_is_named(self):
        self.append(self.bob, "withdrawn")
        events = self.events.search([("subject_id", "=", self.bob.id)])
        self.as_owner(f"DELETE FROM {PAYLOADS} WHERE event_id = ANY(%s)", events.ids)
        self.as_owner(f"DELETE FROM {EVENTS} WHERE subject_id = %s", self.bob.id)
        self.assertFound(("head", self.bob.uuid, 0), ("tail", self.bob.uuid, 1))

    def test_events_whose_person_was_deleted_are_named(self):
        self.env.cr.execute(
            "SELECT conrelid::regclass, conname FROM pg_constraint"
            " WHERE confrelid = %s::regclass AND contype = 'f'",
            [SUBJECTS],
        )
        for table, name in self.env.cr.fetchall():
            self.sql(f"ALTER TABLE {table} DROP CONSTRAINT {name}")
        self.sql(f"DELETE FROM {SUBJECTS} WHERE id = %s", self.eve.id)
        found = self.found()
        self.assertIn(("orphan", str(self.eve.id), 0), found)
        self.assertIn("subject", {kind for kind, _chain, _at in found})

    def test_a_forged_seal_is_named(self):
        for column, value, kinds in (
            ("root", "0" * 64, {"seal", "seal_root"}),
            ("date", "2020-01-01", {"seal"}),
            ("event_count", 9, {"seal"}),
            ("hash", "$1$" + "0" * 64, {"seal"}),
            ("prev_hash", "$1$" + "0" * 64, {"seal", "seal_link"}),
            ("leaves", "anything at all", {"seal_root"}),
        ):
            with self.subTest(column), self.env.cr.savepoint() as savepoint:
                self.as_owner(
                    f"UPDATE {SEALS} SET {column} = %s WHERE id = %s",
                    value,
                    self.seal.id,
                    table=SEALS,
                )
                self.assertEqual({kind for kind, _chain, _at in self.found()}, kinds)
                savepoint.rollback()
                self.env.invalidate_all()

    def test_a_removed_seal_is_named_by_the_one_that_follows(self):
        self.append(self.bob, "withdrawn")
        self.seals._seal()
        self.as_owner(f"DELETE FROM {SEALS} WHERE id = %s", self.seal.id, table=SEALS)
        self.assertFound(("seal_link", "", 0), ("seal_count", "", 0))
        self.assertIn("does not follow", self.found()["seal_link", "", 0])

    def test_a_person_hidden_from_a_seal_whose_root_was_made_anew_is_named(self):
        leaves = [line for line in self.seal.leaves.split("\n") if self.eve.uuid not in line]
        self.as_owner(
            f"UPDATE {SEALS} SET leaves = %s, root = %s, leaf_count = %s WHERE id = %s",
            "\n".join(leaves),
            merkle_root(map(leaf, leaves)),
            len(leaves),
            self.seal.id,
            table=SEALS,
        )
        self.assertFound(("seal", "", 0))

    def rewrite(self, subject, sequence, **columns):
        """Edit an event and compute all hashes anew, as only somebody with the code can."""
        before = self.event(subject, sequence - 1).hash or "" if sequence > 1 else ""
        for event in self.events.search(
            [("subject_id", "=", subject.id), ("sequence", ">=", sequence)], order="sequence"
        ):
            record = event._record()
            if event.sequence == sequence:
                record |= columns
            hash_ = link(before, record)
            self.as_owner(
                f"UPDATE {EVENTS} SET state = %s, prev_hash = %s, hash = %s WHERE id = %s",
                record["state"],
                before or None,
                hash_,
                event.id,
            )
            before = hash_
        self.sql(f"UPDATE {SUBJECTS} SET head_hash = %s WHERE id = %s", before, subject.id)
        self.env["customer.sheet.consent.state"]._rebuild(subject.ids)

    def test_a_chain_whose_hashes_were_made_anew_contradicts_its_seal(self):
        self.rewrite(self.ada, 3, state="given")
        self.assertFound(("rewritten", self.ada.uuid, 4), says=["rewritten", "event 4"])

    def test_a_chain_rewritten_before_its_first_seal_cannot_be_told(self):
        """What nobody saw yet nobody can prove: this is why seals are made every day."""
        self.append(self.bob, "withdrawn")
        self.rewrite(self.bob, 2, state="given")
        self.assertEqual(self.found(), {})

    def test_an_event_slipped_in_with_an_old_date_is_named(self):
        self.append(self.bob, "given")
        row = self.event(self.bob, 2)
        record = row._record() | {"recorded_at": "2026-01-01T10:00:00"}
        hash_ = link(row.prev_hash, record)
        self.as_owner(
            f"UPDATE {EVENTS} SET recorded_at = '2026-01-01 10:00:00', hash = %s WHERE id = %s",
            hash_,
            row.id,
        )
        self.sql(f"UPDATE {SUBJECTS} SET head_hash = %s WHERE id = %s", hash_, self.bob.id)
        self.env["customer.sheet.consent.state"]._rebuild(self.bob.ids)
        self.assertFound(("unsealed", self.bob.uuid, 2), says=["slipped in"])
