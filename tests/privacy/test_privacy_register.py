"""The register of processing: filled from the database, compared, frozen."""

import io
import json
from datetime import timedelta
from unittest.mock import patch

import openpyxl
from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import Form, HttpCase, TransactionCase, new_test_user, tagged

from ...models.privacy.register.headings import differences
from ...models.privacy.register.version import _sha256
from ...models.privacy.register.workbook import workbook

OFFICER = "crm_customer_sheet.group_sheet_privacy"


class Register:
    """Somebody who keeps the register."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.officer = new_test_user(cls.env, "register_officer", groups=OFFICER)
        cls.rep = new_test_user(cls.env, "register_rep", groups="sales_team.group_sale_salesman")
        cls.env.company.country_id = cls.env.ref("base.fr")
        cls.activities = cls.env["customer.sheet.processing"].with_user(cls.officer)
        cls.prospecting = cls.shipped("prospecting")
        cls.today = fields.Date.today()

    @classmethod
    def shipped(cls, name):
        activity = cls.env.ref(f"crm_customer_sheet.processing_{name}")
        return activity.with_user(cls.officer)

    def publish(self, **values):
        dialogs = self.env["customer.sheet.processing.publish"].with_user(self.officer)
        action = dialogs.create(values).action_publish()
        return self.env[action["res_model"]].with_user(self.officer).browse(action["res_id"])

    def lines(self, activity):
        [entry] = activity._content()["activities"]
        return entry["lines"]

    def processor(self, **values):
        processors = self.env["customer.sheet.processor"].with_user(self.officer)
        return processors.create({"name": "Host", "service": "Hosting", **values})


@tagged("post_install", "-at_install")
class TestPrivacyRegister(Register, TransactionCase):
    def test_the_database_fills_it(self):
        lines = self.lines(self.prospecting)
        self.assertTrue(any("36 months" in line for line in lines["retention"]))
        self.assertTrue(any("Legitimate interest" in line for line in lines["basis"]))
        self.assertTrue(any(line.startswith("Identity and contact") for line in lines["data"]))
        self.assertIn("Lead", lines["stored"][0])
        self.assertIn("CRM", lines["software"][0])
        before = self.prospecting.people
        self.env["crm.lead"].create({"name": "New", "contact_name": "Ada"})
        self.prospecting.invalidate_recordset(["people"])
        self.assertEqual(self.prospecting.people, before + 1)

    def test_what_people_write_comes_first(self):
        self.prospecting.outside_words = "The carrier\n\nThe bank"
        self.assertEqual(self.lines(self.prospecting)["outside"], ["The carrier", "The bank"])

    def test_only_controls_that_are_right_are_measures(self):
        controls = self.env["customer.sheet.control"].sudo()
        outsiders = controls.search([("code", "=", "outsiders")])
        self.assertEqual(outsiders.state, "right")
        self.assertIn(outsiders.name, str(self.lines(self.prospecting)["security"]))
        finding = type(outsiders._finding())(False)
        with patch.object(type(controls), "_check_outsiders", lambda _self: finding):
            controls.invalidate_model()
            self.assertNotIn(outsiders.name, str(self.lines(self.prospecting)["security"]))

    def test_an_activity_of_an_absent_app_is_not_in_it(self):
        website = self.shipped("website")
        self.assertEqual(website.is_used, "website.visitor" in self.env)
        names = {each["id"] for each in self.activities._now()["activities"]}
        self.assertEqual(website.id in names, website.is_used)

    def test_a_new_activity_has_a_number(self):
        activity = self.activities.create({"name": "Telephone hotline", "reference": "X"})
        self.assertRegex(activity.reference, r"^T\d{3}$")

    def test_publishing_freezes_it(self):
        version = self.publish(note="First")
        self.assertEqual(
            version.activity_count, self.activities.search_count([("is_used", "=", True)])
        )
        self.assertEqual(version.sha256, _sha256(version.content))
        self.assertEqual(self.prospecting.news, "same")
        self.assertTrue(version.pdf)
        self.assertIn("Prospecting", version.shown)
        version.invalidate_recordset()
        self.assertEqual(version.content["headings"], self.activities._now()["headings"])
        self.prospecting.name = "Finding customers"
        version.invalidate_recordset()
        self.assertNotIn("Finding customers", json.dumps(version.content))
        for records in (version, version.sudo()):
            with self.assertRaises(UserError):
                records.unlink()
        with self.assertRaises(AccessError):
            version.content = {}
        with self.assertRaises(AccessError):
            version.create({"published_on": "2026-01-01", "lang": "en_US", "sha256": "0"})

    def test_it_says_what_has_changed(self):
        self.publish()
        self.prospecting.write({"outside_words": "A call centre", "name": "Finding customers"})
        self.env["crm.lead"].create({"name": "Counts do not matter"})
        new = self.activities.create({"name": "Hotline"})
        self.activities.invalidate_model()
        self.assertEqual(self.prospecting.news, "changed")
        self.assertEqual(new.news, "new")
        self.assertEqual(self.shipped("customers").news, "same")
        self.assertIn("A call centre", self.prospecting.changes)
        with Form(self.env["customer.sheet.processing.publish"].with_user(self.officer)) as form:
            for words in ("A call centre", "Finding customers", "Hotline"):
                self.assertIn(words, form.changes)
            self.assertNotIn("How many", form.changes)
        self.prospecting.active = False
        _last, published = self.activities._published()
        gone = [c for c in differences(published, self.activities._now()) if c[3] == []]
        self.assertEqual(
            [name for name, *_rest in gone], [f"{self.prospecting.reference} Prospecting"]
        )

    def test_another_language_is_no_change(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.publish(lang="fr_FR")
        self.assertEqual(self.prospecting.with_context(lang="en_US").news, "same")
        dialog = self.env["customer.sheet.processing.publish"].with_user(self.officer).new({})
        self.assertEqual(dialog.lang, "fr_FR")

    def test_others_neither_see_nor_publish_it(self):
        with self.assertRaises(AccessError):
            self.prospecting.with_user(self.rep).read(["name"])
        with self.assertRaises(AccessError):
            self.env["customer.sheet.processing.publish"].with_user(self.rep).create({})

    # -- processors ----------------------------------------------------------------

    def test_the_state_of_a_contract(self):
        for days, state in ((None, "in_force"), (-1, "ended"), (30, "soon"), (100, "in_force")):
            ends = days and self.today + timedelta(days)
            processor = self.processor(signed_on="2020-01-01", ends_on=ends)
            with self.subTest(days=days):
                self.assertEqual(processor.state, state)
                found = processor.search([("state", "=", state), ("id", "=", processor.id)])
                self.assertEqual(found, processor)
                self.assertFalse(
                    processor.search([("state", "!=", state), ("id", "=", processor.id)])
                )
        self.assertEqual(self.processor().state, "missing")
        with self.assertRaises(ValidationError):
            self.processor(ends_on="2020-01-01")

    def test_a_transfer_is_what_leaves_the_area(self):
        for country, is_abroad in (("fr", False), ("de", False), ("no", False), ("us", True)):
            processor = self.processor(country_id=self.env.ref(f"base.{country}").id)
            with self.subTest(country=country):
                self.assertEqual(processor.is_abroad, is_abroad)
        self.prospecting.processor_ids = processor
        lines = self.lines(self.prospecting)
        self.assertIn("no safeguard is noted", lines["transfers"][0])
        processor.safeguard = "clauses"
        self.assertIn("Standard contractual", self.lines(self.prospecting)["transfers"][0])
        for here, there, is_abroad in (
            ("ma", "fr", True),
            ("ma", "ma", False),
            ("us", "fr", False),
        ):
            self.env.company.country_id = self.env.ref(f"base.{here}")
            processor.country_id = self.env.ref(f"base.{there}")
            processor.invalidate_recordset()
            with self.subTest(here=here, there=there):
                self.assertEqual(processor.is_abroad, is_abroad)

    def test_a_processor_without_its_contact_stays(self):
        contact = self.env["res.partner"].create({"name": "Cloud Ltd", "is_company": True})
        processors = self.env["customer.sheet.processor"].with_user(self.officer)
        processor = processors.create({"partner_id": contact.id, "service": "Hosting"})
        self.assertEqual(processor.name, "Cloud Ltd")
        contact.unlink()
        self.assertEqual(processor.exists().name, "Cloud Ltd")

    # -- formalities -----------------------------------------------------------------

    def test_a_receipt_goes_to_the_notices_by_itself(self):
        notice = self.env.ref("crm_customer_sheet.consent_notice_prospecting_ma")
        notice.declaration_number = False
        values = {
            "processing_id": self.prospecting.id,
            "regime_id": self.env.ref("crm_customer_sheet.regime_ma").id,
        }
        formalities = self.env["customer.sheet.formality"].with_user(self.officer)
        formality = formalities.create({**values, "form": "F211"})
        with self.assertRaises(ValidationError):
            formality.state = "granted"
        formality.write({"state": "granted", "number": "D-GC-7/2026"})
        self.assertEqual(notice.declaration_number, "D-GC-7/2026")
        self.assertFalse(notice.variant_of_id.declaration_number)
        formalities.create({**values, "kind": "transfer", "state": "granted", "number": "T-1"})
        self.assertEqual(notice.declaration_number, "D-GC-7/2026")
        self.assertIn("D-GC-7/2026", self.lines(self.prospecting)["formalities"][0])

    # -- what is due ------------------------------------------------------------------

    def due(self):
        return {
            line.code: line
            for line in self.env["customer.sheet.desk"].with_user(self.officer)._due()
        }

    def finding(self, code):
        control = self.env["customer.sheet.control"].search([("code", "=", code)])
        control.invalidate_recordset()
        return control.state

    def test_a_register_is_published_every_year(self):
        self.env["customer.sheet.processing.version"].search([]).sudo().published_on = "2020-01-01"
        self.assertIn("register", self.due())
        self.assertEqual(self.finding("register"), "wrong")
        self.publish()
        self.assertNotIn("register", self.due())
        self.assertEqual(self.finding("register"), "right")
        with freeze_time(self.today + timedelta(days=330)):
            self.assertEqual(self.due()["register"].day, self.today + timedelta(days=365))
            self.assertEqual(self.finding("register"), "right")
        with freeze_time(self.today + timedelta(days=366)):
            self.assertEqual(self.finding("register"), "wrong")

    def test_contracts_and_formalities_that_end(self):
        self.env["customer.sheet.processor"].search([]).active = False
        self.assertEqual(self.finding("processors"), "unknown")
        processor = self.processor(signed_on="2020-01-01", ends_on=self.today - timedelta(1))
        self.assertEqual(self.finding("processors"), "wrong")
        self.assertEqual(self.due()["processors"].action[1]["res_id"], processor.id)
        processor.ends_on = False
        self.assertEqual(self.finding("processors"), "right")
        self.assertNotIn("processors", self.due())
        self.env["customer.sheet.formality"].with_user(self.officer).create(
            {
                "processing_id": self.prospecting.id,
                "regime_id": self.env.ref("crm_customer_sheet.regime_ma").id,
            }
        )
        self.assertEqual(self.due()["formalities"].words, "Prospecting")

    # -- the workbook -----------------------------------------------------------------

    def test_the_workbook_says_the_same(self):
        self.prospecting.outside_words = "=1+1"
        register = self.activities._now()
        book = openpyxl.load_workbook(io.BytesIO(workbook(register, "Activities")))
        self.assertEqual(len(book.sheetnames), len(register["activities"]) + 1)
        sheet = book[f"{self.prospecting.reference} Prospecting"]
        cells = {row[0].value: row[1] for row in sheet.iter_rows(min_row=3)}
        self.assertEqual(list(cells), [label for _code, label in register["headings"]])
        self.assertEqual(cells["Who else receives them"].value, "=1+1")
        self.assertEqual(cells["Who else receives them"].data_type, "s")

    def test_names_of_sheets_are_told_apart(self):
        for _number in range(2):
            self.activities.create({"name": "The same [name]: so long that nobody reads it"})
        content = workbook(self.activities._now(), "T/1")
        self.assertEqual(len(set(openpyxl.load_workbook(io.BytesIO(content)).sheetnames)), 9)


@tagged("post_install", "-at_install")
class TestPrivacyRegisterPage(Register, HttpCase):
    def test_the_workbook_is_for_officers(self):
        version = self.publish()
        for login, status in (("register_rep", 403), ("register_officer", 200)):
            self.authenticate(login, login)
            for number in (0, version.id):
                with self.subTest(login=login, number=number):
                    answer = self.url_open(f"/customer_sheet/processing/{number}.xlsx")
                    self.assertEqual(answer.status_code, status)
        self.assertIn("spreadsheet", answer.headers["Content-Type"])
        self.assertEqual(self.url_open("/customer_sheet/processing/99999.xlsx").status_code, 404)
