"""The owner of the database removes the triggers and lies: verification says where."""

import psycopg2

from odoo.tests import tagged
from odoo.tools import mute_logger

from ...models.consent.ledger.event import _record
from .ledger import EVENTS, PAYLOADS, SEALS, SUBJECTS, VERSIONS, LedgerCase, TamperingCase


@tagged("post_install", "-at_install")
class TestConsentTampering(TamperingCase):
    @mute_logger("odoo.sql_db")
    def test_the_trigger_stops_everybody_who_leaves_it_in_place(self):
        for table in (EVENTS, SEALS):
            for query in (
                f"UPDATE {table} SET hash = ''",
                f"DELETE FROM {table}",
                f"TRUNCATE {table} CASCADE",
            ):
                with self.assertRaises(psycopg2.Error), self.env.cr.savepoint():
                    self.env.cr.execute(query)
        self.assertEqual(self.found(), {})

    def test_an_edited_event_is_named(self):
        for column, value in (
            ("state", "given"),
            ("effective_at", "2020-01-01"),
            ("point_hash", "0" * 64),
            ("method", "paper"),
            ("user_id", 99),
            ("notice_sha256", "0" * 64),
        ):
            with self.subTest(column), self.env.cr.savepoint() as savepoint:
                self.as_owner(
                    f"UPDATE {EVENTS} SET {column} = %s WHERE id = %s",
                    value,
                    self.event(self.ada, 3).id,
                )
                self.assertIn(("event", self.ada.uuid, 3), self.found())
                self.assertIn("Event 3", self.found()["event", self.ada.uuid, 3])
                self.assertEqual({chain for _kind, chain, _at in self.found()}, {self.ada.uuid})
                savepoint.rollback()
                self.env.invalidate_all()

    def test_an_event_deleted_in_the_middle_is_named(self):
        self.as_owner(f"DELETE FROM {PAYLOADS} WHERE event_id = %s", self.event(self.ada, 2).id)
        self.as_owner(f"DELETE FROM {EVENTS} WHERE id = %s", self.event(self.ada, 2).id)
        self.assertFound(("gap", self.ada.uuid, 2), says=["Event 2", self.ada.uuid, "removed"])

    def test_several_events_deleted_at_the_start_are_named(self):
        first = self.event(self.ada, 1) | self.event(self.ada, 2)
        self.as_owner(f"DELETE FROM {PAYLOADS} WHERE event_id = ANY(%s)", first.ids)
        self.as_owner(f"DELETE FROM {EVENTS} WHERE id = ANY(%s)", first.ids)
        self.assertFound(("gap", self.ada.uuid, 1), says=["Events 1 to 2"])

    def test_an_edited_readable_part_is_named(self):
        payload = self.event(self.ada, 2).payload_ids
        deep = "[" * 100_000
        for content in ('{"label":"No"}', "not even JSON", "[]", "NaN", '"\\ud800"', deep):
            self.as_owner(f"UPDATE {PAYLOADS} SET content = %s WHERE id = %s", content, payload.id)
            self.assertFound(("payload", self.ada.uuid, 2), says=["event 2", "readable"])

    def test_a_removed_readable_part_is_named(self):
        self.as_owner(f"DELETE FROM {PAYLOADS} WHERE event_id = %s", self.event(self.bob, 1).id)
        self.assertFound(("payload_missing", self.bob.uuid, 1), says=["event 1", "not erased"])

    def test_a_removed_key_is_named(self):
        self.sql(f"UPDATE {SUBJECTS} SET key = NULL WHERE id = %s", self.ada.id)
        self.assertFound(("key", self.ada.uuid, 1))

    def test_an_edited_notice_is_named(self):
        self.as_owner(
            f"UPDATE {VERSIONS} SET body = '<p>We sell your data.</p>' WHERE id = %s",
            self.notice.id,
            table=VERSIONS,
        )
        self.assertFound(
            ("notice", self.zoe.uuid, 1), says=["Told at the fair, version 1", "8 events"]
        )

    def test_an_edited_notice_with_its_hash_is_named_too(self):
        self.as_owner(
            f"UPDATE {VERSIONS} SET body = 'x', text_sha256 = encode(sha256('x'), 'hex')"
            " WHERE id = %s",
            self.notice.id,
            table=VERSIONS,
        )
        self.assertFound(("notice", self.zoe.uuid, 1))

    def test_an_edited_notice_that_nobody_was_shown_yet_is_named(self):
        notice = self.env["customer.sheet.consent.notice"].create({"name": "Next year"})
        version = self.notice.copy({"notice_id": notice.id})
        version._publish()
        self.assertFound()
        edited = f"UPDATE {VERSIONS} SET body = body || ' And sell it.' WHERE id = %s"
        self.as_owner(edited, version.id, table=VERSIONS)
        self.assertFound(("notice_text", "", 0), says=["Next year, version 1", "published"])

    def test_whatever_an_edited_event_says_of_its_sheets_it_is_named(self):
        """None of them stops the verification."""
        for identity in (
            "res.partner,x",
            "res.partner,",
            "res.partner,99999999999999",
            "crm.lead,-1",
            "crm.lead,0",
            "mail.thread,1",
            "res.users,1",
            "no.model,1",
            ",,",
        ):
            with self.subTest(identity):
                edited = f"UPDATE {EVENTS} SET identity = %s WHERE id = %s"
                self.as_owner(edited, identity, self.event(self.ada, 3).id)
                self.assertFound(("event", self.ada.uuid, 3))

    def test_a_replaced_or_deleted_document_is_named(self):
        scan = self.env["ir.attachment"].create({"name": "scan.pdf", "raw": b"signed"})
        self.renewed_on_paper(scan)
        self.assertFound()
        scan.raw = b"signed by somebody else"
        self.assertFound(("document", self.bob.uuid, 2), says=["scan.pdf", "event 2"])
        scan.unlink()
        self.assertFound(("document_missing", self.bob.uuid, 2), says=["event 2", "deleted"])

    def test_two_events_in_one_place_are_named(self):
        self.env.cr.execute(
            "SELECT indexname FROM pg_indexes WHERE tablename = %s AND indexdef LIKE %s",
            [EVENTS, "%(subject_id, sequence)"],
        )
        self.sql(f"DROP INDEX {self.env.cr.fetchone()[0]}")
        event = self.event(self.bob, 1)
        columns = ", ".join(
            name
            for name, field in event._fields.items()
            if field.store and field.column_type and name != "id"
        )
        self.sql(
            f"INSERT INTO {EVENTS} ({columns}) SELECT {columns} FROM {EVENTS} WHERE id = %s",
            event.id,
        )
        self.assertIn(("double", self.bob.uuid, 1), self.found())

    def test_one_person_can_be_verified_alone(self):
        self.as_owner(
            f"UPDATE {EVENTS} SET state = 'given' WHERE id = %s", self.event(self.ada, 3).id
        )
        self.assertEqual(self.found(self.bob.ids), {})
        self.assertEqual(list(self.found(self.ada.ids)), [("event", self.ada.uuid, 3)])

    def test_the_hash_covers_what_the_record_says(self):
        event = self.event(self.eve, 2)
        row = {name: event[name] for name in event._record() if name in event._fields}
        row |= {"purpose_id": event.purpose_id.id, "notice_version_id": event.notice_version_id.id}
        self.assertEqual(_record(self.eve.uuid, row), event._record())


@tagged("post_install", "-at_install")
class TestConsentKeyDestruction(LedgerCase):
    def test_after_an_erasure_the_chain_still_holds_and_nothing_is_readable(self):
        self.seals._seal()
        self.ada._erase()
        self.assertFalse(self.ada.key)
        self.assertFalse(self.ada.event_ids.payload_ids)
        self.assertEqual(self.found(), {})
        self.seals._seal()
        self.assertEqual(self.found(), {})

    def test_events_after_an_erasure_hold_too(self):
        self.ada._erase()
        self.append(self.ada, "objected")
        self.seals._seal()
        self.assertEqual(self.found(), {})

    def test_a_readable_part_that_survived_an_erasure_is_named(self):
        [event] = self.events.search([("subject_id", "=", self.bob.id)])
        content = event.payload_ids.content
        self.bob._erase()
        self.sql(f"INSERT INTO {PAYLOADS} (event_id, content) VALUES (%s, %s)", event.id, content)
        self.assertEqual(list(self.found()), [("payload_kept", self.bob.uuid, 1)])

    def test_an_erasure_is_no_licence_for_the_rest_of_the_chain(self):
        self.ada._erase()
        self.as_owner(
            f"UPDATE {EVENTS} SET state = 'given' WHERE subject_id = %s AND sequence = 3",
            self.ada.id,
        )
        self.assertEqual(list(self.found()), [("event", self.ada.uuid, 3)])
