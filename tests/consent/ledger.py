"""A small ledger to seal, to verify and to tamper with."""

import hashlib

from odoo.tests import TransactionCase
from odoo.tools import SQL

from ..people import person

EVENTS = "customer_sheet_consent_event"
SEALS = "customer_sheet_consent_seal"
SUBJECTS = "customer_sheet_consent_subject"
PAYLOADS = "customer_sheet_consent_payload"
VERSIONS = "customer_sheet_consent_notice_version"
ERASURES = "customer_sheet_erasure_entry"


class LedgerCase(TransactionCase):
    """Zoe was sealed before; Ada gave and withdrew, Bob gave, Eve was told and objected."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.officer = person(cls.env, "officer", email="officer@example.com")
        cls.rep = person(cls.env, "rep")
        cls.seals = cls.env["customer.sheet.consent.seal"]
        cls.checks = cls.env["customer.sheet.consent.check"]
        cls.events = cls.env["customer.sheet.consent.event"]
        cls.purpose = cls.env["customer.sheet.consent.purpose"]._by_code("prospecting")
        notice = cls.env["customer.sheet.consent.notice"].create({"name": "Told at the fair"})
        cls.notice = cls.env["customer.sheet.consent.notice.version"].create(
            {
                "notice_id": notice.id,
                "lang": "en_US",
                "body": "<p>We write to you twice a year.</p>",
            }
        )
        cls.notice._publish()
        people = cls.env["customer.sheet.consent.subject"]._new(4)
        cls.zoe, cls.ada, cls.bob, cls.eve = people
        cls.append(cls.zoe, "given")
        cls.seals._seal()  # with whatever the database came with
        cls.append(cls.ada, "requested", "given", "withdrawn", "given")
        cls.append(cls.bob, "given")
        cls.append(cls.eve, "informed", "objected")

    @classmethod
    def append(cls, subject, *states):
        """Append one event after the other, each with a readable part and a notice."""
        for state in states:
            cls.events._append(
                [
                    {
                        "subject_id": subject.id,
                        "state": state,
                        "purpose_id": cls.purpose.id,
                        "channel": "email",
                        "method": "web_form",
                        "actor_kind": "subject",
                        "point": f"{subject.uuid}@example.com",
                        "notice_version_id": cls.notice.id,
                        "payload": {"label": "Yes, write to me", "ip": "192.0.2.0"},
                    }
                ]
            )

    def sql(self, query, *values):
        self.env.flush_all()
        self._execute(query, values)
        self.env.invalidate_all()
        return self.env.cr.rowcount

    def _execute(self, query, values):
        self.env.cr.execute(SQL(query, *values))

    def as_owner(self, query, *values, table=EVENTS):
        """Run SQL as the owner of the database who took the protection away, then put it back."""
        self.env.flush_all()
        self.sql(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        count = self.sql(query, *values)
        self.sql(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        self.assertTrue(count, query)

    def found(self, subject_ids=None):
        """Return ``{(kind, chain, event): words}`` of what does not hold."""
        return {
            (finding["kind"], finding["subject"], finding["sequence"]): finding["words"]
            for finding in self.seals._verify(subject_ids)
        }

    def renewed_on_paper(self, scan):
        """Append that Bob has signed anew, on this attachment; return the event."""
        return self.events._append(
            [
                {
                    "subject_id": self.bob.id,
                    "state": "renewed",
                    "purpose_id": self.purpose.id,
                    "channel": "email",
                    "method": "paper",
                    "actor_kind": "user",
                    "evidence_sha256": hashlib.sha256(scan.raw).hexdigest(),
                    "payload": {"evidence_id": scan.id},
                }
            ]
        )


class TamperingCase(LedgerCase):
    """The same ledger, sealed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.seal = cls.seals._seal()

    def assertFound(self, *expected, says=()):
        found = self.found()
        self.assertEqual(set(found), set(expected))
        for words in found.values():
            for part in says:
                self.assertIn(str(part), words)

    def event(self, subject, sequence):
        return self.events.search([("subject_id", "=", subject.id), ("sequence", "=", sequence)])

    def cut(self, subject, left):
        """Cut a chain off after ``left`` events, as somebody would who knows the tables."""
        tail = self.events.search([("subject_id", "=", subject.id), ("sequence", ">", left)])
        self.as_owner(f"DELETE FROM {PAYLOADS} WHERE event_id = ANY(%s)", tail.ids)
        self.as_owner(f"DELETE FROM {EVENTS} WHERE id = ANY(%s)", tail.ids)
