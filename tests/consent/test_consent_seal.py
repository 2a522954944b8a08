import itertools
import json
from datetime import timedelta
from unittest.mock import patch

import psycopg2
from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ...models.consent.chain import leaf, leaf_text, link, merkle_root
from ...models.consent.proof import check as check_module
from ...models.consent.proof import seal as seal_module
from ...models.consent.proof import verify
from ..upkeep import do_chore
from .ledger import LedgerCase


@tagged("post_install", "-at_install")
class TestConsentSeal(LedgerCase):
    def test_a_seal_covers_every_chain_that_moved(self):
        before = self.seals.search([], limit=1)
        seal = self.seals._seal()
        people = self.ada | self.bob | self.eve
        texts = [
            leaf_text(person.uuid, person.sequence, person.head_hash)
            for person in people.sorted("id")
        ]
        self.assertEqual(seal.leaves.split("\n"), texts)
        self.assertEqual(seal.root, merkle_root(map(leaf, texts)))
        self.assertEqual((seal.leaf_count, seal.event_count), (3, 7))
        self.assertEqual(seal.prev_hash, before.hash)
        record = {
            "date": seal.date.isoformat(),
            "root": seal.root,
            "leaf_count": 3,
            "event_count": 7,
        }
        self.assertEqual(seal.hash, link(before.hash, record))

    def test_where_nothing_moved_there_is_no_seal(self):
        first = self.seals._seal()
        self.assertTrue(first)
        self.assertFalse(self.seals._seal())
        self.append(self.bob, "withdrawn")
        second = self.seals._seal()
        self.assertEqual(second.leaf_count, 1)
        self.assertIn(f"{self.bob.uuid} 2 ", second.leaves)
        self.assertEqual(second.prev_hash, first.hash)
        self.assertFalse(self.seals._seal())

    def test_a_chain_that_moves_on_a_later_day_is_sealed_again(self):
        self.seals._seal()
        for days in (1, 2, 9):
            with freeze_time(fields.Datetime.now() + timedelta(days=days)):
                self.assertFalse(self.seals._seal())
                self.append(self.ada, "withdrawn")
                self.assertEqual(self.seals._seal().leaf_count, 1)
                self.assertFalse(self.seals._seal())

    def test_many_chains_make_several_seals_and_none_is_forgotten(self):
        self.env["customer.sheet.consent.subject"]._new(5)
        with patch.object(seal_module, "LEAVES", 2):
            with freeze_time(fields.Datetime.now() + timedelta(days=9)):
                counts = [seal.leaf_count for seal in iter(self.seals._seal, self.seals)]
            self.assertEqual(counts, [2, 1])
        self.assertEqual(self.found(), {})

    @mute_logger("odoo.sql_db")
    def test_two_seals_of_one_state_cannot_be(self):
        seal = self.seals._seal()
        values = {name: seal[name] for name in ("date", "root", "leaf_count", "leaves")}
        with self.assertRaises(psycopg2.errors.UniqueViolation), self.env.cr.savepoint():
            self.seals._insert([{**values, "prev_hash": seal.prev_hash, "hash": "forged"}])

    def test_nobody_changes_a_seal(self):
        seal = self.seals._seal()
        for user in (self.env.ref("base.user_root"), self.env.ref("base.user_admin")):
            for records in (seal.with_user(user), seal.with_user(user).sudo()):
                for attempt in (
                    lambda records=records: records.write({"root": "forged"}),
                    lambda records=records: records.unlink(),
                    lambda records=records: records.create({"root": "forged"}),
                ):
                    with self.assertRaises(UserError):
                        attempt()
        for query in ("UPDATE %s SET root = 'forged'", "DELETE FROM %s", "TRUNCATE %s"):
            with (
                mute_logger("odoo.sql_db"),
                self.assertRaises(psycopg2.Error),
                self.env.cr.savepoint(),
            ):
                self.env.cr.execute(query % "customer_sheet_consent_seal")

    def test_only_privacy_officers_read_seals_and_verify(self):
        seal = self.seals._seal()
        self.assertEqual(seal.with_user(self.officer).read(["hash"])[0]["hash"], seal.hash)
        with self.assertRaises(AccessError):
            seal.with_user(self.rep).read(["hash"])
        with self.assertRaises(AccessError):
            self.seals.with_user(self.rep).action_verify()
        for verb in ("create", "write", "unlink"):
            self.assertFalse(self.seals.with_user(self.officer).has_access(verb))
            self.assertFalse(self.checks.with_user(self.officer).has_access(verb))

    def test_the_seal_is_mailed_to_each_privacy_officer(self):
        seal = self.run_cron()
        mails = self.env["mail.mail"].search([("model", "=", self.seals._name)])
        mails = mails.filtered(lambda mail: mail.res_id == seal.id)
        self.assertIn(self.officer.email_formatted, mails.mapped("email_to"))
        for mail in mails:
            self.assertIn(seal.hash, mail.subject)
            for part in (seal.root, seal.hash, seal.prev_hash, "3", "7"):
                self.assertIn(part, mail.body_html)

    def run_cron(self):
        do_chore(self, "consent_seal")
        return self.seals.search([], limit=1)


@tagged("post_install", "-at_install")
class TestConsentVerification(LedgerCase):
    def test_an_untouched_ledger_holds(self):
        self.assertEqual(self.found(), {})
        self.seals._seal()
        self.append(self.bob, "withdrawn", "given")
        self.ada._join(self.eve)
        self.assertEqual(self.found(), {})
        self.assertEqual(self.found(self.bob.ids), {})
        self.seals._seal()
        self.assertEqual(self.found(), {})

    def test_the_ledger_is_read_in_slices(self):
        more = self.env["customer.sheet.consent.subject"]._new(4)
        for person in more:
            self.append(person, "given", "withdrawn")
        self.seals._seal()
        with (
            patch.object(verify, "PEOPLE", 2),
            patch.object(verify, "EVENTS", 3),
        ):
            self.assertEqual(self.found(), {})
            self.as_owner(
                "UPDATE customer_sheet_consent_event SET state = 'given'"
                " WHERE subject_id = %s AND sequence = 2",
                more[3].id,
            )
            self.assertEqual(list(self.found()), [("event", more[3].uuid, 2)])
            self.assertEqual(len(self.counted()), 1)

    def counted(self):
        check = self.checks.create({})
        slices = itertools.count()
        while check.state == "running" and next(slices) < 100:
            check._advance()
        self.assertGreater(next(slices), 3)
        ledger = self.events.search_count([])
        self.assertEqual(check.event_count, ledger)
        return check.findings

    def test_the_outcome_of_the_button_is_shown_and_logged(self):
        with patch.object(check_module._logger, "info") as info:
            action = self.seals.with_user(self.officer).action_verify()
        self.assertIn("holds", info.call_args[0][0])
        check = self.checks.with_user(self.officer).browse(action["res_id"])
        self.assertEqual((check.state, check.finding_count), ("holds", 0))
        self.assertFalse(check.findings_html)

    def test_the_weekly_check_tells_the_privacy_officers(self):
        self.as_owner("UPDATE customer_sheet_consent_event SET state = 'given'")
        self.env.flush_all()
        with (
            self.assertLogs("odoo.addons.crm_customer_sheet", "ERROR") as logs,
            self.enter_registry_test_mode(),
        ):
            self.env.ref("crm_customer_sheet.ir_cron_consent_verify").method_direct_trigger()
        check = self.checks.search([], limit=1)
        self.assertEqual(check.state, "broken")
        self.assertTrue(any(self.ada.uuid in line for line in logs.output))
        told = self.env["mail.message"].search([("partner_ids", "in", self.officer.partner_id.ids)])
        self.assertIn(self.ada.uuid, "".join(told.mapped("body")))

    def test_a_verification_that_stumbles_is_told_and_does_not_hold(self):
        def stumbles(self, cursor):
            raise ValueError("No such event")

        with (
            patch.object(type(self.seals), "_verify_slice", stumbles),
            self.assertLogs("odoo.addons.crm_customer_sheet", "ERROR"),
            self.enter_registry_test_mode(),
        ):
            self.env.ref("crm_customer_sheet.ir_cron_consent_verify").method_direct_trigger()
        self.env.invalidate_all()
        check = self.checks.search([], limit=1)
        self.assertEqual((check.state, check.progress), ("failed", 0))
        told = self.env["mail.message"].search([("partner_ids", "in", self.officer.partner_id.ids)])
        self.assertIn("could not be verified", "".join(told.mapped("subject")))
        self.assertIn("No such event", "".join(told.mapped("body")))

    def test_findings_are_told_in_the_language_of_the_reader(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        check = self.checks.create({})
        check.findings = [
            {"kind": kind, "subject": "42", "sequence": 2, "last": 3, "count": count}
            | {
                "expected": 9,
                "date": "2026-09-12T08:30:00",
                "notice": self.notice.id,
                "document": "a",
            }
            for kind in KINDS
            for count in (1, 2)
        ]
        for lang in ("en_US", "fr_FR"):
            words = check.with_context(lang=lang).findings_html
            self.assertNotIn("%(", words)
            for kind in KINDS:
                self.assertNotIn(f"<li>{kind}</li>", words)
        self.assertEqual(json.loads(json.dumps(check.findings)), check.findings)


KINDS = (
    "event link gap double head orphan payload payload_missing payload_kept key notice document"
    " document_missing tail subject rewritten unsealed seal seal_root seal_link"
).split()
