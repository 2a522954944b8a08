"""The proof pack: made in Odoo, verified with plain Python in a process of its own."""

import json
import tempfile
from pathlib import Path

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from ...models.consent import chain as consent_chain
from .common import ConsentCase
from .packs import unpack, verify


@tagged("post_install", "-at_install")
class TestProofPack(ConsentCase):
    def setUp(self):
        super().setUp()
        self.seals = self.env["customer.sheet.consent.seal"]
        self.ada = self.contact(name="Ada <script>", email="ada@example.fr")
        self.scan = self.env["ir.attachment"].create({"name": "scan.pdf", "raw": b"signed"})
        notice = self.env["customer.sheet.consent.notice"].create({"name": "At the fair"})
        self.told = self.env["customer.sheet.consent.notice.version"].create(
            {"notice_id": notice.id, "lang": "en_US", "body": "<p>Twice a year, « été ».</p>"}
        )
        self.told._publish()
        self.decide(
            self.ada,
            "given",
            method="paper",
            notice_version=self.told,
            label="Yes, “write” & <b>call</b> me",
            payload={"ip": "192.0.2.0", "evidence_id": self.scan.id},
            evidence=self.scan,
            box="unticked",
        )
        self.decide(self.ada, "withdrawn")
        self.seals._seal()
        self.decide(self.ada, "given", channel="phone")
        self.folder = self.enterContext(tempfile.TemporaryDirectory())

    def pack(self, record=None, lang="en_US", user=None):
        record = (record or self.ada).with_user(user or self.officer).with_context(lang=lang)
        return unpack(record._sheet_consent_pack(), self.folder)

    def test_the_pack_verifies_without_odoo(self):
        folder = self.pack()
        status, said = verify(folder)
        self.assertEqual(status, 0, said)
        self.assertNotIn("FAILED", said)
        for part in (
            "events 1 to 2: included in the seal",
            "event 3 is awaiting the next seal",
            "document scan.pdf is the one that was kept",
            "given, prospecting, email",
            " 0 failed",
        ):
            self.assertIn(part, said)

    def test_the_pack_is_tied_to_the_seal_that_was_mailed(self):
        folder = self.pack()
        seal = self.seals.search([], limit=1)
        self.assertEqual(verify(folder, seal.hash)[0], 0)
        status, said = verify(folder, "$1$" + "0" * 64)
        self.assertEqual(status, 1)
        self.assertIn("1 failed", said)

    def test_the_verifier_is_the_very_code_of_the_ledger(self):
        source = Path(consent_chain.__file__).read_bytes()
        self.assertEqual((self.pack() / "verify.py").read_bytes(), source)

    def test_whatever_is_changed_in_the_pack_is_refused(self):
        folder = self.pack()
        events = json.loads((folder / "events.json").read_text("utf-8"))
        inclusion = json.loads((folder / "inclusion.json").read_text("utf-8"))
        chain = events["chains"][0]["events"]
        for name, data, holder, key, value in (
            ("events.json", events, chain[1]["record"], "state", "given"),
            ("events.json", events, chain[0]["record"], "effective_at", "2020-01-01T00:00:00"),
            ("events.json", events, chain[0]["payload"], "label", "No"),
            ("events.json", events, chain[0], "payload", None),
            ("events.json", events, chain[1], "hash", chain[0]["hash"]),
            ("events.json", events, chain[1], "prev_hash", ""),
            ("events.json", events, events["chains"][0], "key", "00" * 32),
            ("events.json", events, events["chains"][0], "uuid", "somebody else"),
            ("events.json", events, events["chains"][0], "events", chain[1:]),
            ("events.json", events, events["chains"][0], "events", chain[:1]),
            ("events.json", events, events, "chains", []),
            ("inclusion.json", inclusion, inclusion["seals"][0], "root", "0" * 64),
            ("inclusion.json", inclusion, inclusion["seals"][0], "date", "2020-01-01T00:00:00"),
            ("inclusion.json", inclusion, inclusion["proofs"][0], "sequence", 1),
            ("inclusion.json", inclusion, inclusion["proofs"][0], "path", ["0" * 64]),
        ):
            with self.subTest(f"{name}: {key}"):
                before = holder[key]
                holder[key] = value
                (folder / name).write_text(json.dumps(data), "utf-8")
                status, said = verify(folder)
                self.assertEqual(status, 1, said)
                self.assertIn("FAILED", said)
                self.assertNotIn("Traceback", said)
                holder[key] = before
                (folder / name).write_text(json.dumps(data), "utf-8")
        self.assertEqual(verify(folder)[0], 0)

    def test_hiding_a_readable_part_is_no_erasure(self):
        folder = self.pack()
        events = json.loads((folder / "events.json").read_text("utf-8"))
        events["chains"][0]["key"] = events["chains"][0]["events"][0]["payload"] = None
        (folder / "events.json").write_text(json.dumps(events), "utf-8")
        status, said = verify(folder)
        self.assertEqual(status, 1)
        self.assertIn("event 1: its readable part was REMOVED", said)

    def test_a_changed_notice_or_document_is_refused(self):
        folder = self.pack()
        notices = list(folder.glob("notices/*.html"))
        self.assertTrue(notices)
        for path in (notices[0], *folder.glob("evidence/*/scan.pdf")):
            before = path.read_bytes()
            path.write_bytes(before + b" ")
            self.assertEqual(verify(folder)[0], 1, path)
            path.write_bytes(before)
        notices[0].unlink()
        self.assertEqual(verify(folder)[0], 1)

    def test_a_folder_that_is_no_pack_is_refused_in_words(self):
        folder = self.pack()
        (folder / "events.json").write_text("[1", "utf-8")
        status, said = verify(folder)
        self.assertEqual(status, 1)
        self.assertNotIn("Traceback", said)
        (folder / "events.json").unlink()
        self.assertEqual(verify(folder)[0], 1)

    def test_after_a_join_the_pack_holds_both_chains(self):
        bob = self.contact(name="Bob", email="bob@example.fr")
        self.decide(bob, "refused")
        self.ada._sheet_consent_subjects()._join(bob._sheet_consent_subjects())
        self.seals._seal()
        folder = self.pack()
        chains = json.loads((folder / "events.json").read_text("utf-8"))["chains"]
        self.assertEqual(len(chains), 2)
        self.assertEqual(chains[1]["joined_into"], chains[0]["uuid"])
        status, said = verify(folder)
        self.assertEqual(status, 0, said)
        self.assertIn("Refused", (folder / "proof.html").read_text("utf-8"))

    def test_after_an_erasure_the_pack_still_verifies_and_says_nothing_personal(self):
        self.ada._sheet_consent_subjects()._erase()
        folder = self.pack()
        status, said = verify(folder)
        self.assertEqual(status, 0, said)
        self.assertIn("its readable part was erased", said)
        self.assertNotIn("ada@example.fr", (folder / "events.json").read_text("utf-8"))

    def test_a_joined_lead_gives_the_same_proof(self):
        lead = self.lead(partner_id=self.ada.id)
        self.manager.group_ids |= self.env.ref("crm_customer_sheet.group_sheet_privacy")
        folder = self.pack(lead, user=self.manager)
        self.assertEqual(verify(folder)[0], 0)

    def test_the_page_says_it_in_words_and_escapes_what_people_typed(self):
        page = (self.pack() / "proof.html").read_text("utf-8")
        self.assertTrue(page.lstrip().startswith("<!DOCTYPE html>"))
        for part in ("Given", "Withdrawn", "192.0.2.0", "ada@example.fr", "scan.pdf", "« été »"):
            self.assertIn(part, page)
        self.assertIn("Ada &lt;script&gt;", page)
        self.assertNotIn("<script>", page)
        self.assertNotIn("<b>call</b>", page)
        for event in self.ada._sheet_consent_events():
            self.assertIn(event.hash, page)

    def test_the_record_is_json_ld_in_the_terms_of_dpv(self):
        record = json.loads((self.pack() / "record.jsonld").read_text("utf-8"))
        self.assertEqual(record["@type"], ["dpv:ConsentRecord"])
        subject = self.ada._sheet_consent_subjects()
        self.assertEqual(record["dpv:hasDataSubject"]["dpv:hasIdentifier"], subject.uuid)
        [email, phone] = record["dpv:hasProcess"]
        self.assertEqual(
            [status["@type"][0] for status in email["dpv:hasConsentStatus"]],
            ["dpv:ConsentGiven", "dpv:ConsentWithdrawn"],
        )
        self.assertEqual(phone["dpv:hasPersonalData"], ["pd:TelephoneNumber"])
        self.assertIn("eu-gdpr:A6-1-a", email["dpv:hasLegalBasis"])
        used = {text.split(":")[0] for text in _terms(record) if ":" in text}
        self.assertLessEqual(used, set(record["@context"]))

    def test_only_privacy_officers_get_it(self):
        with self.assertRaises(AccessError):
            self.ada.with_user(self.rep).action_sheet_consent_proof()
        with self.assertRaises(AccessError):
            self.ada.with_user(self.manager)._sheet_consent_pack()
        action = self.ada.with_user(self.officer).action_sheet_consent_proof()
        self.assertEqual(
            action["url"], f"/customer_sheet/consent/proof/res.partner/{self.ada.id}.zip"
        )
        unknown = self.contact(name="Unknown", email="unknown@example.fr")
        with self.assertRaisesRegex(UserError, "Unknown"):
            unknown.with_user(self.officer).action_sheet_consent_proof()


def _terms(node):
    """Yield the keys and types of JSON-LD: what its context must explain."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key == "@context":
                continue
            yield key
            if key == "@type":
                yield from value if isinstance(value, list) else [value]
            yield from _terms(value)
    elif isinstance(node, list):
        for value in node:
            yield from _terms(value)
