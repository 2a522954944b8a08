"""Erasing somebody: everything that was planted is gone, or stands on the certificate."""

import os
from contextlib import suppress
from datetime import date
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import TransactionCase, tagged
from odoo.tools import SQL, mute_logger

from ...models.privacy.erasure.words import SHORT, STEPS
from ...models.privacy.restriction.held import Held
from ...models.privacy.scan import catalogue, search
from ...models.sheet.actor import acting
from ..people import people, person
from .planted import EMAIL, NAME, PHONE, say
from .planted import planted as plant


class ErasureCase(TransactionCase):
    """A person, somebody else, two officers; and how an erasure goes through."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # the database of all tests is larger than what is searched while somebody waits
        cls.classPatch(search, "AT_ONCE", 1 << 40)
        cls.officer, cls.rep = people(cls.env, "officer", "rep")
        cls.second = person(cls.env, "officer", "sheet_second")
        cls.env["ir.config_parameter"].set_param("crm_customer_sheet.backup_days", "90")
        cls.anna = cls.env["res.partner"].create({"name": NAME, "email": EMAIL, "phone": PHONE})
        cls.other = cls.env["res.partner"].create({"name": "Bo Bystander"})

    @classmethod
    def start(cls, record=None):
        """Have an officer prepare the erasure of Anna; return it as superuser."""
        record = (record or cls.anna).with_user(cls.officer)
        erasure = cls.env["customer.sheet.erasure"].browse(record.action_sheet_erase()["res_id"])
        while erasure.search_ids.state == "running":
            erasure.search_ids._advance()
        erasure._look_elsewhere()
        return erasure

    @classmethod
    def decide(cls, erasure):
        """Have the officer decide on what is open: it is Anna."""
        for text in erasure.text_ids.filtered(lambda text: not text.decision):
            is_cut = text.column not in ("data",) and not text.is_file
            text.with_user(cls.officer).decision = "cut" if is_cut else "delete"

    @classmethod
    def erase(cls, erasure):
        """Go through with an erasure."""
        mine = erasure.with_user(cls.officer)
        if mine.two_people:
            mine.action_ask()
            erasure.with_user(cls.second).action_approve()
        mine.action_erase()
        while erasure.state == "running":
            erasure._advance()
        return erasure


@tagged("post_install", "-at_install")
class TestPrivacyErasure(ErasureCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        with mute_logger("odoo.sql_db"):
            cls.planted = plant(cls)
        cls.lead = cls.env["crm.lead"].create({"name": f"Roof {NAME}", "partner_id": cls.anna.id})
        cls.mine = say(cls.anna, "I am Anna")
        cls.file = cls.env["ir.attachment"].create(
            {
                "name": "photo.txt",
                "raw": b"Only of Anna Zyxquille",
                "res_model": "res.partner",
                "res_id": cls.anna.id,
            }
        )
        cls.path = cls.file._full_path(cls.file.store_fname)
        call = cls.anna.activity_schedule("mail.mail_activity_data_call", user_id=cls.rep.id)
        hanging = {"model": call._name, "res_id": call.id}
        cls.env["ir.model.data"].create({"module": "crm", "name": "call_zyxquille", **hanging})
        cls.photo = cls.env["ir.attachment"].create(
            {"name": "a.png", "raw": b"her face", "res_model": call._name, "res_id": call.id}
        )
        cls.env["customer.sheet.match.term"].create({"term": "zyxquille", "bits": 9})
        cls.erasure = cls.start()
        cls.open_count = cls.erasure.open_count
        with suppress(UserError):
            cls.erasure.with_user(cls.officer).action_ask()
        cls.asked_early = cls.erasure.state
        cls.decide(cls.erasure)
        cls.erase(cls.erasure)

    def test_everything_is_gone_or_explained(self):
        self.assertFalse(self.erasure.left_text)
        self.assertEqual(self.erasure.state, "done")
        kept = {line["model"] for line in self.erasure.found["kept"]}
        expected = {"mail.blacklist", "phone.blacklist", "customer.sheet.export.log"}
        self.assertEqual(kept - {"customer.sheet.consent.subject.link"}, expected)

    def test_nothing_of_them_is_read_anywhere(self):
        """Looked for by code of the test's own, in the plain letters of all rows."""
        self.env.flush_all()
        kept = {(k["model"], row) for k in self.erasure.found["kept"] for row in k["rows"]}
        models = self.env["customer.sheet.search.hit"]._models()
        left = []
        for table in catalogue.tables(self.env.cr):
            key = SQL.identifier("id") if table.has_id else SQL("0")
            sql = SQL(
                "SELECT %s, t::text FROM %s t WHERE regexp_replace(lower(t::text),"
                " '<[^>]*>|&[a-z]+;|[^a-z0-9@.]', '', 'g') ~ 'z.?yxquill|zyx.?anna.*mail'",
                key,
                table.sql,
            )
            for row, text in self.env.execute_query(sql):
                name = models[table.name]._name if table.name in models else table.name
                if (name, row) not in kept:
                    left.append((name, row, text[:200]))
        self.assertFalse(left)

    def test_what_is_kept_has_a_ground(self):
        self.assertFalse([k for k in self.erasure.found["kept"] if not k["ground"]])

    def test_nobody_is_asked_about_a_word_that_is_counted(self):
        asked = self.erasure.text_ids.filtered(
            lambda text: text.table == "customer_sheet_match_term"
        )
        self.assertTrue(asked)
        self.assertEqual(set(asked.mapped("decision")), {"delete"})

    def test_nothing_was_asked_before_all_was_decided(self):
        self.assertGreater(self.open_count, 0)
        self.assertEqual(self.asked_early, "draft")

    def test_own_records_say_nothing(self):
        contact, lead = self.anna, self.lead
        self.assertEqual(contact.name, f"Erased person {self.erasure.name}")
        self.assertEqual(contact.complete_name, contact.name)
        self.assertFalse(contact.active or contact.email or contact.phone)
        self.assertFalse(lead.active or lead.email_from or lead.contact_name)
        self.assertFalse(self.mine.exists() or self.file.exists() or self.photo.exists())
        self.assertFalse(os.path.exists(self.path))
        self.assertFalse(contact.sheet_restricted_on)

    def test_the_objection_is_still_there(self):
        for label in ("objection", "number not to call"):
            table, row = self.planted[label]
            model = self.env["customer.sheet.search.hit"]._models()[table]
            self.assertTrue(model.browse(row).exists(), label)

    def test_the_ledger_still_verifies(self):
        self.assertFalse(self.env["customer.sheet.consent.seal"]._verify())

    def test_no_spelling_is_kept(self):
        self.assertFalse(self.erasure.spellings)
        self.env.flush_all()
        for table in catalogue.tables(self.env.cr):
            if table.name.startswith(("customer_sheet_erasure", "customer_sheet_search")):
                self.assertFalse(catalogue.rows_with(self.env.cr, table, "zyxquill"), table.name)

    def test_the_certificate_in_french_too(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        for lang in ("en_US", "fr_FR"):
            html = self.erasure.with_context(lang=lang).certificate
            self.assertIn(self.erasure.name, html)
            self.assertNotIn("zyx", html.lower())
        self.assertIn(str(self.erasure.backups_until.year), html)

    def test_nobody_writes_a_person_there_again(self):
        contact, lead = self.anna, self.lead
        for record, vals in (
            (contact, {"name": "Anna"}),
            (contact.with_user(self.rep).sudo(), {"email": EMAIL}),
            (contact, {"phone": PHONE}),
            (lead, {"contact_name": "Anna"}),
            (lead, {"email_from": EMAIL}),
            (contact, {"ref": "Anna"}),
            (contact, {"sheet_birthdate": "1990-01-02"}),
            (contact, {"properties": [{"name": "a", "type": "char", "value": "Anna"}]}),
            (contact, {"parent_id": self.other.id}),
            (lead, {"sheet_decision_maker": "Anna"}),
            (lead, {"partner_id": self.other.id}),
            (lead, {"city": "Zyxville"}),
        ):
            with self.assertRaisesRegex(UserError, "erased"):
                record.write(vals)
        with acting("import"), self.assertRaisesRegex(UserError, "erased"):
            contact.write({"name": "Anna"})
        contact.active = True
        loaded = self.env["res.partner"].load([".id", "name"], [[str(contact.id), "Anna"]])
        self.assertIn("erased", loaded["messages"][0]["message"])
        contact.write({"color": 2, "email": False})  # nothing about a person

    def test_an_erased_contact_is_not_merged(self):
        merges = self.env["customer.sheet.merge"]
        with self.assertRaisesRegex(UserError, "erased"):
            merges._merge(self.anna, self.other)
        wizard = self.env["base.partner.merge.automatic.wizard"]
        with self.assertRaises(UserError):
            wizard._merge((self.anna | self.other).ids, self.anna, extra_checks=False)

    def test_who_comes_back_is_written_again_and_it_is_noted(self):
        dialogs = self.env["customer.sheet.erasure.back"]
        values = {"partner_id": self.anna.id, "words": "She ordered again"}
        with self.assertRaises(AccessError):
            dialogs.with_user(self.rep).create(values)
        dialogs.with_user(self.officer).create(values).action_came_back()
        self.anna.write({"name": "Anna again", "email": EMAIL, "phone": PHONE})
        self.env.flush_all()
        self.assertFalse(self.lead.email_from or self.lead.phone)
        self.assertIn("She ordered again", self.erasure.message_ids[0].body)

    def test_erased_once_more_nothing_changes(self):
        self.env.flush_all()
        [before] = self.anna.read(["name", "email"])
        again = self.env["customer.sheet.erasure"]._erase_records([("res.partner", self.anna.id)])
        self.assertEqual(again.state, "done")
        [after] = self.anna.read(["name", "email"])
        self.assertEqual(before["email"], after["email"])
        self.assertFalse(self.env["customer.sheet.erasure"]._erase_records([("crm.lead", 10**8)]))


@tagged("post_install", "-at_install")
class TestPrivacyErasureOthers(ErasureCase):
    """A husband with the same phone, a namesake, a colleague: nothing of theirs changes."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        partners, leads = cls.env["res.partner"], cls.env["crm.lead"]
        cls.company = partners.create({"name": "Zyxmail SA", "is_company": True})
        cls.anna.parent_id = cls.company
        cls.bystanders = partners.create(
            [
                {"name": "Paul Other", "phone": PHONE, "comment": "<p>at home</p>"},
                {"name": NAME, "email": "another.anna@example.org"},
                {"name": "Carl Other", "email": "carl@zyxmail.example"},
            ]
        )
        cls.theirs = leads.create([{"name": "x", "partner_id": each.id} for each in cls.bystanders])
        cls.notes = [say(each, f"Spoke to {each.name}") for each in cls.bystanders]
        cls.mention = say(cls.other, f"Ask {NAME} or Paul, {EMAIL}")
        cls.guess = say(cls.other, f"It was {NAME}, I think")
        cls.told = leads.create({"name": "y", "referred": f"by {NAME}"})
        cls.reply = say(cls.other, "Of course", parent_id=cls.mention.id)
        cls.anna._sheet_consent_record(
            [{"purpose": "prospecting", "channel": "email", "state": "objected"}],
            method="phone",
            label="No",
        )
        cls.env.flush_all()
        cls.before = cls.rows()
        cls.erasure = cls.start()

    @classmethod
    def rows(cls):
        """Return all that is said of the bystanders in the tables that name them."""
        cls.env.flush_all()
        found = {}
        for table, column, ids in (
            ("res_partner", "id", cls.bystanders.ids + cls.company.ids + cls.other.ids),
            ("crm_lead", "id", cls.theirs.ids),
            ("mail_message", "id", [note.id for note in cls.notes] + cls.reply.ids),
            ("mail_followers", "res_id", cls.bystanders.ids),
            ("customer_sheet_consent_subject_link", "partner_id", cls.bystanders.ids),
        ):
            sql = "SELECT t::text FROM %s t WHERE %s = ANY(%s) ORDER BY id"
            found[table] = cls.env.execute_query(
                SQL(sql, SQL.identifier(table), SQL.identifier(column), ids)
            )
        return found

    def decided(self):
        """Decide as who reads the extracts does: only the note of the guess is about Anna."""
        texts = self.erasure.text_ids.with_user(self.officer)
        open_texts = texts.filtered(lambda text: not text.decision)
        self.assertIn(self.guess.id, open_texts.mapped("row"))
        self.assertIn("referred", open_texts.mapped("column"))
        for text in open_texts:
            values = {"decision": "cut"} if text.row == self.guess.id else {"decision": "keep"}
            text.write({**values, "words": "It is the other Anna"})

    def test_bystanders_stay_as_they_are(self):
        included = self.erasure.record_ids.filtered("is_included")
        self.assertEqual([(r.model, r.row) for r in included], [("res.partner", self.anna.id)])
        self.decided()
        self.erase(self.erasure)
        self.assertFalse(self.erasure.left_text)
        self.assertEqual(self.rows(), self.before)
        self.assertNotIn("nna", self.mention.body)
        self.assertIn("Paul", self.mention.body)
        self.assertNotIn("nna", self.guess.body)
        back = self.env["res.partner"].create({"name": "A. Z.", "email": EMAIL})
        answer = back.can_contact("prospecting", "email")
        self.assertFalse(answer["allowed"])
        self.assertTrue(answer["event_hash"], "the objection follows the address")

    def test_a_second_person_approves(self):
        mine = self.erasure.with_user(self.officer)
        self.decided()
        self.assertTrue(mine.two_people)
        with self.assertRaisesRegex(UserError, "second person"):
            mine.action_erase()
        mine.action_ask()
        with self.assertRaises(AccessError):
            mine.action_approve()
        with self.assertRaises(AccessError):
            self.erasure.with_user(self.rep).action_approve()
        with self.assertRaisesRegex(UserError, "preview"):
            mine.text_ids[:1].decision = "keep"
        self.erasure.with_user(self.second).action_approve()
        self.assertEqual(self.erasure.approved_by_id, self.second)
        mine.action_back()
        other = self.erasure.with_user(self.second)
        other.action_ask()  # who decides last does not approve it
        with self.assertRaises(AccessError):
            other.action_approve()
        mine.action_approve()
        user = self.env["res.users"].with_context(no_reset_password=True)
        user.create({"partner_id": self.anna.id, "login": "anna.works@example.com"})
        with self.assertRaisesRegex(UserError, "Somebody of the company"):
            other.action_erase()

    def test_the_consents_of_others_stay(self):
        """A note in the ledger that names Anna is Carl's; the company's are not a lead's."""
        carl = self.bystanders[2]
        lead = self.env["crm.lead"].create(
            {"name": "x", "email_from": EMAIL, "contact_name": NAME, "partner_id": self.company.id}
        )
        for record, label in ((carl, f"{EMAIL} rang for him"), (self.company, "By post")):
            record._sheet_consent_record(
                [{"purpose": "prospecting", "channel": "email", "state": "objected"}],
                method="phone",
                label=label,
            )
        subjects = self.env["customer.sheet.consent.subject"]
        theirs = (
            subjects._of_sheets(carl)[carl.id] | subjects._of_sheets(self.company)[self.company.id]
        )
        erasure = self.start()
        self.assertIn(lead.id, erasure.record_ids.filtered("is_included").mapped("row"))
        table = "customer_sheet_consent_payload"
        text = erasure.text_ids.filtered(lambda t: t.table == table and t.ground == "others")
        with self.assertRaisesRegex(UserError, "proof"):
            text.with_user(self.officer).decision = "delete"
        self.erasure = erasure
        self.decided()
        self.erase(erasure)
        self.assertEqual(erasure.state, "done")
        self.assertFalse(theirs.filtered("erased_on"))

    def test_who_asks_for_the_approval_does_not_give_it(self):
        """A draft of a colleague is not a second pair of eyes."""
        self.decided()
        theirs = self.erasure.with_user(self.second)
        theirs.action_ask()
        self.assertFalse(theirs.can_approve)
        with self.assertRaises(AccessError):
            theirs.action_approve()
        self.erasure.with_user(self.officer).action_approve()
        self.assertEqual(self.erasure.user_id, self.second)

    def test_a_manager_approves_the_erasure_of_who_is_restricted(self):
        """Nor does the approver lose sight of it, once what is left of them is closed off."""
        (manager,) = people(self.env, "manager")
        self.anna._sheet_restrict("request", words="They asked")
        self.decided()
        self.erasure.with_user(self.officer).action_ask()
        theirs = self.erasure.with_user(manager)
        theirs.invalidate_recordset()
        self.assertTrue(theirs.record_ids.mapped("name"))
        theirs.action_approve()
        self.assertEqual(self.erasure.approved_by_id, manager)

    def test_nobody_deletes_a_record_of_somebody_else(self):
        """In a customer's address, or their notes, only the words about the person go."""
        self.bystanders[0].comment = f"<p>Knows {NAME}</p>"
        lead = self.env["crm.lead"].create({"name": "y", "description": f"From {NAME}"})
        self.erasure.with_user(self.officer).action_look_again()
        self.erasure._look_elsewhere()
        texts = self.erasure.text_ids.with_user(self.officer)
        for table, record in (("res_partner", self.bystanders[0]), ("crm_lead", lead)):
            found = texts.filtered(
                lambda t, at=(table, record.id): (t.table, t.row) == at and t.column != "name"
            )
            self.assertTrue(found, table)
            with self.assertRaisesRegex(UserError, "something else"):
                found[:1].decision = "delete"
            found.decision = "cut"

    def test_a_confirmed_record_goes_with_what_is_certainly_its(self):
        namesake = self.bystanders[1]
        line = self.erasure.record_ids.filtered(
            lambda r: (r.model, r.row) == ("res.partner", namesake.id)
        )
        line.with_user(self.officer).is_included = True
        with self.assertRaisesRegex(UserError, "Look again"):
            self.erasure.with_user(self.officer).action_ask()
        self.erasure.with_user(self.officer).action_look_again()
        included = self.erasure.record_ids.filtered("is_included")
        self.assertIn(
            self.theirs[1].id, included.filtered(lambda r: r.model == "crm.lead").mapped("row")
        )
        self.assertIn("Somebody decided", self.erasure.two_people)

    def test_what_is_certain_cannot_be_left_out(self):
        certain = self.erasure.record_ids.filtered("is_certain").with_user(self.officer)
        with self.assertRaises(UserError):
            certain[0].is_included = False

    def test_nothing_is_forged(self):
        mine = self.erasure.with_user(self.officer)
        for vals in ({"state": "approved"}, {"approved_by_id": self.second.id}, {"found": {}}):
            with self.assertRaises(AccessError):
                mine.write(vals)
        with self.assertRaises(AccessError):
            mine.create({"why": "request"})
        with self.assertRaises(AccessError):
            mine.text_ids[:1].row = 3

    def test_a_step_may_be_done_twice(self):
        self.decided()
        mine = self.erasure.with_user(self.officer)
        mine.action_ask()
        self.erasure.with_user(self.second).action_approve()
        mine.action_erase()
        for step in STEPS[:-2]:
            for _time in range(2):
                self.erasure.done = STEPS.index(step)
                self.erasure._advance()
        while self.erasure.state == "running":
            self.erasure._advance()
        self.assertEqual(self.erasure.state, "done")
        self.assertEqual(self.rows(), self.before)

    def test_what_cannot_be_written_is_named_and_stops_nothing(self):
        """Tables that are not Odoo's: a view, another schema, rows without a number."""
        for sql in (
            "CREATE SCHEMA x_backup",
            "CREATE TABLE x_backup.res_partner AS SELECT * FROM res_partner"
            f" WHERE id = {self.anna.id}",
            f"CREATE TABLE x_plain AS SELECT '{NAME}'::text AS name",
            "CREATE TABLE x_capitals (id int, a text,"
            " b text GENERATED ALWAYS AS (upper(a)) STORED)",
            f"INSERT INTO x_capitals VALUES (1, '{NAME}')",
            "CREATE MATERIALIZED VIEW x_view AS SELECT id, a FROM x_capitals",
            f"CREATE TABLE x_forever AS SELECT 1 AS id, '{EMAIL}'::text AS name",
            "CREATE FUNCTION x_no() RETURNS trigger LANGUAGE plpgsql AS"
            " $$BEGIN RAISE 'This stays'; END$$",
            "CREATE TRIGGER x_no BEFORE UPDATE OR DELETE ON x_forever"
            " FOR EACH ROW EXECUTE FUNCTION x_no()",
        ):
            self.env.cr.execute(sql)
        self.erasure._look()
        self.decided()
        self.erase(self.erasure)
        self.assertEqual(self.erasure.state, "unfinished")
        left = {place for place, _column, _row in self.erasure.found["left"]}
        self.assertEqual(left, {"x_backup.res_partner", "x_plain", "x_view", "x_forever"})

    def test_a_place_that_is_kept_without_a_ground_is_seen(self):
        """The scan does not believe the map."""
        messages = self.env["customer.sheet.place"].search([("model", "=", "mail.message")])
        messages.write({"on_erase": "keep", "ground": False, "state": "proposed"})
        own = say(self.anna, f"From {NAME}, {EMAIL}")
        self.erasure._look()
        self.decided()
        self.erasure.text_ids.filtered(lambda t: t.row == own.id).unlink()  # nobody saw it
        self.erase(self.erasure)
        self.assertEqual(self.erasure.state, "unfinished")
        self.assertIn(str(own.id), self.erasure.left_text)
        self.assertFalse(self.erasure.certificate)
        messages.write({"on_erase": "delete"})
        self.erasure.with_user(self.officer).action_look_again()
        self.erase(self.erasure)
        self.assertEqual(self.erasure.state, "done")
        self.assertFalse(own.exists())


@tagged("post_install", "-at_install")
class TestPrivacyErasureRefused(ErasureCase):
    def refusal(self, record):
        known = self.env["customer.sheet.person"]._expand(record)
        erasures = self.env["customer.sheet.erasure"]
        erasure = erasures.with_user(self.officer)._prepare(known, record).with_user(self.officer)
        return erasure.refused or ""

    def test_who_cannot_be_erased(self):
        self.assertFalse(self.refusal(self.anna))
        self.assertIn("Somebody of the company", self.refusal(self.rep.partner_id))
        self.assertIn("own companies", self.refusal(self.env.company.partner_id))
        company = self.env["res.company"].create({"name": "Elsewhere"})
        away = self.env["res.partner"].create(
            {"name": "Anna Away", "email": EMAIL.replace("anna", "away"), "company_id": company.id}
        )
        self.assertIn("Another company", self.refusal(away))

    def test_only_officers_erase(self):
        with self.assertRaises(AccessError):
            self.anna.with_user(self.rep).action_sheet_erase()

    def test_many_at_their_term(self):
        away = self.rep.partner_id
        told = self.env["customer.sheet.erasure"]._erase_term(self.anna | away, "Run 3")
        self.assertEqual(told[self.anna][0], "erased")
        self.assertEqual(told[away][0], "refused")
        self.assertTrue(self.anna.sheet_erased_on)
        self.assertFalse(away.sheet_erased_on)
        erasure = self.env["customer.sheet.erasure"].search([], limit=1)
        self.assertEqual((erasure.why, erasure.done), ("term", len(SHORT)))

    def test_a_portal_user_signs_in_no_more(self):
        visitor = person(self.env, "visitor")
        erasures = self.env["customer.sheet.erasure"]
        erasures._erase_term(visitor.partner_id)
        self.assertFalse(visitor.active)
        self.assertEqual(visitor.login, f"erased-{visitor.id}")
        for vals in ({"login": EMAIL}, {"signature": NAME}, {"name": NAME}):
            with self.assertRaisesRegex(UserError, "erased"):
                visitor.write(vals)

    def test_the_last_backup_is_asked_for(self):
        self.env["ir.config_parameter"].set_param("crm_customer_sheet.backup_days", False)
        erasure = self.start().with_user(self.officer)
        with self.assertRaisesRegex(UserError, "backup"):
            erasure.action_erase()
        erasure.backups_until = "2030-01-01"
        erasure.action_erase()
        self.assertEqual(erasure.state, "running")

    def test_a_request_leads_to_its_erasure(self):
        requests = self.env["customer.sheet.request"].with_user(self.officer)
        request = requests.create({"kind": "erasure", "partner_id": self.anna.id})
        with self.assertRaises(UserError):
            request.action_prepare_erasure()
        request.action_start()
        erasure = self.env["customer.sheet.erasure"].browse(
            request.action_prepare_erasure()["res_id"]
        )
        self.assertEqual(request.action_prepare_erasure()["res_id"], erasure.id)
        self.erase(erasure)
        self.assertEqual(erasure.state, "done")
        self.assertEqual(request.person_name, NAME)  # proof of what was asked
        self.assertIn("customer.sheet.request", {k["model"] for k in erasure.found["kept"]})

    def test_what_is_kept_may_be_corrected_and_the_rest_stays_empty(self):
        """P12: of who is kept in part, whoever sees them writes nothing else again."""
        self.anna.write({"street": "1 rue Zyx", "comment": "likes tea"})
        invoices = Held("an.invoice", [1], "duty", date(2099, 12, 31), "The law")
        people = type(self.env["customer.sheet.person"])
        with patch.object(people, "_held", lambda *_args: [invoices]):
            told = self.env["customer.sheet.erasure"]._erase_term(self.anna)
        anna = self.anna
        self.assertEqual(told[anna][0], "restricted")
        self.assertEqual((anna.name, anna.street, anna.email), (NAME, "1 rue Zyx", False))
        self.assertFalse(anna.sheet_erased_on)
        anna.write({"name": "Anne", "street": "2 rue Zyx", "color": 3, "comment": False})
        anna.signup_prepare()  # Odoo, when it mails a document
        for vals in ({"email": EMAIL}, {"comment": "x"}, {"barcode": "x"}):
            [label] = (anna._fields[name]._description_string(self.env) for name in vals)
            with self.assertRaisesRegex(UserError, f"there again: {label}"):
                anna.with_user(self.officer).sudo().write({**vals, "street": "3 rue Zyx"})
        with acting("import"), self.assertRaisesRegex(UserError, "erased"):
            anna.write({"phone": PHONE})
        loaded = self.env["res.partner"].load([".id", "email"], [[str(anna.id), EMAIL]])
        self.assertIn("erased", loaded["messages"][0]["message"])
        with self.assertRaisesRegex(UserError, "not used"):
            self.env["customer.sheet.merge"]._merge(anna, self.other)
        self.assertIn("stays empty", anna.sheet_restriction)

        other = self.other  # closed off, and all of it is there
        other._sheet_restrict("claims", "2098-12-31")
        other.email = "bo@example.com"
        self.assertNotIn("stays empty", other.sheet_restriction)

    def test_an_approval_is_of_what_was_shown(self):
        """What a request keeps is decided before somebody approves, not afterwards."""
        requests = self.env["customer.sheet.request"].with_user(self.officer)
        request = requests.create({"kind": "erasure", "partner_id": self.anna.id})
        request.action_start()
        erasure = self.env["customer.sheet.erasure"].browse(
            request.action_prepare_erasure()["res_id"]
        )
        decision = request.decision_ids.filtered(lambda d: d.category == "location")
        decision.write({"answer": "keep", "ground": "claims"})
        with self.assertRaisesRegex(UserError, "Look again"):
            erasure.action_ask()
        erasure.action_look_again()
        self.decide(erasure.sudo())
        erasure.action_ask()
        with self.assertRaisesRegex(UserError, "Back to"):
            decision.write({"answer": "erase", "ground": False})
        erasure.action_back()
        decision.write({"answer": "erase", "ground": False})
        self.assertTrue(erasure.is_changed)

    def test_a_request_that_is_about_somebody_else_erases_them(self):
        requests = self.env["customer.sheet.request"].with_user(self.officer)
        request = requests.create({"kind": "erasure", "partner_id": self.anna.id})
        request.action_start()
        former = request.action_prepare_erasure()["res_id"]
        step = {"request_id": request.id, "step": "corrected", "words": "Wrong contact"}
        step = self.env["customer.sheet.request.step"].with_user(self.officer).create(step)
        step.write({"partner_id": self.other.id})
        step.action_apply()
        erasure = self.env["customer.sheet.erasure"].browse(
            request.action_prepare_erasure()["res_id"]
        )
        self.assertNotEqual(erasure.id, former)
        self.assertEqual(erasure.partner_id, self.other)
