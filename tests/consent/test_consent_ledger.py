from datetime import datetime, timedelta

from psycopg2.errors import RaiseException

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ...models.consent.chain import commitment, link
from .common import ConsentCase


@tagged("post_install", "-at_install")
class TestConsentLedger(ConsentCase):
    """The ledger is append-only, and every event says what D2 asks for."""

    def test_an_event_says_who_when_how_and_what_they_were_told(self):
        contact = self.contact()
        event = self.decide(contact, "given", label="Yes, write to me.", channel="email")
        self.assertEqual(event.purpose_code, "prospecting")
        self.assertEqual((event.method, event.actor_kind, event.box), ("phone", "user", "none"))
        self.assertEqual(event.user_id, self.rep.id)
        self.assertEqual(event.strength, "2")
        self.assertTrue(event.point_hash)
        readable = event.payload_ids._read()
        self.assertEqual(readable, {"label": "Yes, write to me.", "point": "ada@example.fr"})
        self.assertEqual(event.payload_commitment, commitment(event.subject_id.key, readable))

    def test_events_of_a_person_form_a_chain(self):
        contact = self.contact()
        first = self.decide(contact, "given")
        second = self.decide(contact, "withdrawn")
        self.assertEqual((first.sequence, second.sequence), (1, 2))
        self.assertEqual(second.prev_hash, first.hash)
        self.assertEqual(second.subject_id.head_hash, second.hash)
        for event in first | second:
            event.invalidate_recordset()
            self.assertEqual(event.hash, link(event.prev_hash or "", event._record()))

    def test_nobody_writes_the_ledger_not_even_the_superuser(self):
        event = self.decide(self.contact(), "given")
        for name in ("event", "state", "payload"):
            model = self.env[f"customer.sheet.consent.{name}"]
            for attempt in (
                lambda model=model: model.create({}),
                lambda model=model: model.search([], limit=1).write({"id": 1}),
                lambda model=model: model.search([], limit=1).unlink(),
            ):
                with self.assertRaises(UserError):
                    attempt()
        self.assertTrue(event.exists())

    @mute_logger("odoo.sql_db")
    def test_postgresql_refuses_changes_made_past_odoo(self):
        self.decide(self.contact(), "given")
        for statement in (
            "UPDATE customer_sheet_consent_event SET state = 'refused'",
            "DELETE FROM customer_sheet_consent_event",
            "TRUNCATE customer_sheet_consent_event CASCADE",
        ):
            with self.assertRaises(RaiseException), self.env.cr.savepoint():
                self.env.cr.execute(statement)

    def test_deleting_the_user_or_the_contact_leaves_the_evidence(self):
        contact = self.contact()
        event = self.decide(contact, "given")
        contact.sudo().unlink()
        self.assertTrue(event.exists())
        self.assertFalse(event.subject_id.link_ids)

    def test_a_decision_cannot_lie_in_the_future(self):
        with self.assertRaisesRegex(UserError, "Effective on"):
            self.decide(
                self.contact(), "given", effective_at=fields.Datetime.now() + timedelta(days=1)
            )

    def test_a_word_that_is_no_decision_never_enters_the_ledger(self):
        contact = self.contact()
        with self.assertRaises(ValueError):
            self.decide(contact, "granted")
        self.assertFalse(contact._sheet_consent_subjects().event_ids)

    def test_the_same_submission_counts_once(self):
        contact = self.contact()
        first = self.decide(contact, "given", idempotency_key="form-1")
        again = self.decide(contact, "given", idempotency_key="form-1")
        self.assertEqual((len(first), len(again)), (1, 0))
        self.assertEqual(len(contact.sheet_consent_history()), 1)

    def test_importing_an_old_opt_in_never_grants_again(self):
        contact = self.contact()
        self.decide(contact, "withdrawn", effective_at=datetime(2026, 5, 1))
        self.decide(contact, "given", method="import", effective_at=datetime(2024, 1, 1))
        self.assertEqual(self.standing(contact), ["withdrawn"])

    def test_a_request_decides_nothing(self):
        contact = self.contact()
        self.decide(contact, "given")
        self.decide(contact, "requested")
        self.assertEqual(self.standing(contact), ["given"])
        self.assertTrue(self.may(contact))

    def test_the_states_can_be_made_again_from_the_ledger(self):
        contact, other = self.contact(), self.contact(email="eve@example.fr")
        self.decide(contact | other, "given")
        self.decide(other, "refused", purpose="newsletter")
        self.assertEqual(self.states._compare(), [])
        before = self.states.sudo().search_count([])
        self.states._rebuild()
        self.assertEqual(self.states.sudo().search_count([]), before)
        self.env.cr.execute("UPDATE customer_sheet_consent_state SET state = 'given'")
        [(_subject, purpose_id, channel)] = self.states._compare()
        self.assertEqual(channel, "email")
        self.assertEqual(
            purpose_id, self.env["customer.sheet.consent.purpose"]._by_code("newsletter").id
        )

    def test_erasure_destroys_the_readable_part_and_the_chain_still_verifies(self):
        contact = self.contact()
        event = self.decide(contact, "objected")
        subject = event.subject_id
        subject._erase()
        self.assertFalse(subject.key)
        self.assertFalse(event.payload_ids)
        self.assertEqual(event.hash, link("", event._record()))
        self.assertFalse(self.may(self.lead()), "the objection follows the address")

    def test_erasure_deletes_the_document_that_only_this_person_needs(self):
        contacts = self.contact() | self.contact(email="eve@example.fr")
        own, shared = self.env["ir.attachment"].create(
            [{"name": name, "raw": b"scan"} for name in ("own.pdf", "shared.pdf")]
        )
        first = self.decide(contacts[0], "given", evidence=own, method="paper")
        both = self.decide(contacts, "refused", evidence=shared, method="paper")
        kept, shared_copy = first.document_id, both.document_id
        self.assertEqual(len(shared_copy), 1)
        contacts[0]._sheet_consent_subjects()._erase()
        self.assertFalse(kept.exists())
        self.assertTrue(shared_copy.exists())
        self.assertTrue((own | shared).exists(), "the ledger has copies of its own")

    def test_a_batch_costs_no_query_for_each_person(self):
        def queries(count):
            people = self.env["res.partner"].create(
                [
                    {"name": f"P{n}", "email": f"p{count}_{n}@example.fr", "sheet_typology": "b2c"}
                    for n in range(count)
                ]
            )
            self.env.flush_all()
            before = self.env.cr.sql_log_count
            self.decide(people, "given", method="import")
            return self.env.cr.sql_log_count - before

        queries(2)
        self.assertLessEqual(queries(200) - queries(20), 2)
