"""What is handed over to whoever asks: all that was found, or why it is not in it."""

import base64
import csv
import io
import json
import re
import zipfile
from datetime import timedelta

from freezegun import freeze_time

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, TransactionCase, tagged

from ...models.consent.proof.pack import zipped
from ...models.privacy.scan import search
from ..people import people
from ..upkeep import do_chore
from .planted import say

try:
    import jsonschema
except ImportError:
    jsonschema = None

NAME, EMAIL = "Anna Zyxquill", "anna@zyxmail.example"


@tagged("post_install", "-at_install")
class TestPrivacyAnswers(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # the database of all tests is larger than what is searched while somebody waits
        cls.classPatch(search, "AT_ONCE", 1 << 40)
        cls.officer, cls.rep = people(cls.env, "officer", "rep")
        cls.anna = cls.env["res.partner"].create(
            {"name": NAME, "email": EMAIL, "phone": "+33612345678", "city": "=Lyon"}
        )
        cls.anna.barcode = "ZYX-42"
        pricelist = cls.env["product.pricelist"].create({"name": "Friends"})
        cls.anna.specific_property_product_pricelist = pricelist
        cls.other = cls.env["res.partner"].create(
            {"name": "Bo Bystander", "comment": f"Is ill. Knows {NAME} from school."}
        )
        cls.lead = cls.env["crm.lead"].create(
            {"name": "A roof", "partner_id": cls.anna.id, "description": "Wants it in red"}
        )
        cls.note = say(cls.lead, f"{NAME} called", message_type="comment")
        cls.elsewhere = say(cls.other, f"Ask {NAME} about Bo's debts")
        cls.scan = cls.env["ir.attachment"].create(
            {
                "name": "scan.txt",
                "raw": b"signed by Anna",
                "res_model": "res.partner",
                "res_id": cls.anna.id,
            }
        )
        cls.namesake = cls.env["res.partner"].create({"name": NAME, "city": "Zyxburg"})
        cls.anna._sheet_consent_record(
            [{"purpose": "newsletter", "channel": "email", "state": "given"}],
            method="phone",
            label="Yes",
        )
        cls.request = cls.ask("access")
        cls.request.action_search()

    @classmethod
    def ask(cls, kind):
        requests = cls.env["customer.sheet.request"].with_user(cls.officer)
        request = requests.create({"kind": kind, "partner_id": cls.anna.id})
        request.action_start()
        return request

    def files(self, request=None):
        with zipfile.ZipFile(io.BytesIO((request or self.request)._package())) as archive:
            return {name: archive.read(name) for name in archive.namelist()}

    def data(self, request=None):
        return json.loads(self.files(request)["data.json"])

    def passage(self, record, kind):
        found = self.request.passage_ids.filtered(
            lambda p: (p.table, p.row, p.kind) == (record._name, record.id, kind)
        )
        self.assertEqual(len(found), 1)
        return found

    def test_what_is_theirs_is_given_in_three_ways(self):
        files = self.files()
        data = json.loads(files["data.json"])
        told = {(row["table"], row["number"]) for row in data["records"]}
        for record in (self.anna, self.lead, self.note):
            self.assertIn((record._name, record.id), told)
        self.assertNotIn(("res.partner", self.other.id), told)
        self.assertNotIn(("res.partner", self.namesake.id), told)
        [entry] = [each for each in data["files"] if each["number"] == self.anna.id]
        self.assertEqual(files[entry["path"]], b"signed by Anna")
        rows = list(csv.reader(io.StringIO(files["tables/identity.csv"].decode("utf-8-sig"))))
        self.assertIn(EMAIL, {row[4] for row in rows})
        self.assertIn("ZYX-42", files["data.json"].decode())
        self.assertIn("'=Lyon", files["tables/location.csv"].decode())
        self.assertTrue(any(name.startswith("consents/") for name in files))
        self.assertIn("Your rights", files["README.txt"].decode())
        if jsonschema:
            schema = json.loads(files["schema.json"])
            jsonschema.Draft202012Validator.check_schema(schema)
            jsonschema.validate(data, schema)

    def test_tables_are_as_the_spreadsheet_of_the_person_reads_them(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.anna.partner_latitude = 45.75
        self.anna.flush_recordset()
        form = self.env["customer.sheet.form"].create({"name": "Contact us"})
        box = {"purpose": "newsletter", "channel": "email", "given": False, "words": "Write to me"}
        self.env["customer.sheet.submission"].create(
            {
                "form_id": form.id,
                "uuid": "answers",
                "partner_id": self.anna.id,
                "values": {"email": EMAIL},
                "consents": [box],
            }
        )
        self.request.sudo().lang = "fr_FR"
        files = self.files()
        text = "".join(c.decode("utf-8-sig") for n, c in files.items() if n.startswith("tables/"))
        self.assertRegex(text, r"(?m)^[^;\n]+;\d+;\d\d/\d\d/\d{4};[^;\n]+;45,75\r?$")
        self.assertIn("Write to me\u00a0: non", text)
        self.assertIn(f": {EMAIL}", text)
        self.assertNotIn("{", text)
        self.assertNotIn("<p>", text)

    def test_nothing_in_the_file_does_harm(self):
        """Names of files lead nowhere, cells compute nothing, and every program reads the JSON."""
        self.scan.name = "../../..\\x/=1+1.csv"
        self.anna.write({"city": "\n=1+1", "street": "＝1+1", "street2": " @SUM(1)"})
        self.anna.flush_recordset()
        self.env.cr.execute(
            "UPDATE res_partner SET partner_latitude = 'NaN' WHERE id = %s", [self.anna.id]
        )
        files = self.files()
        for name in files:
            self.assertNotRegex(name, r"\\|^/|(^|/)\.\.?(/|$)")
        json.loads(files["data.json"], parse_constant=self.fail)
        for name, content in files.items():
            if name.endswith(".csv") and name.startswith("tables/"):
                for row in csv.reader(io.StringIO(content.decode("utf-8-sig"))):
                    self.assertFalse([cell for cell in row if cell.strip()[:1] in ("=", "＝", "@")])

    def test_who_is_called_like_a_word_of_the_application_gets_a_file(self):
        constraint = self.env["ir.model.constraint"].search([], limit=1)
        self.env.cr.execute(
            "UPDATE ir_model_constraint SET message = %s WHERE id = %s",
            [json.dumps({"en_US": f"Say {NAME}"}), constraint.id],
        )
        request = self.ask("access")
        request.action_search()
        withheld = {each["table"]: each["why"] for each in self.data(request)["withheld"]}
        self.assertEqual(withheld["ir.model.constraint"], "machinery")

    def test_everything_that_the_scan_finds_is_in_it_or_withheld_with_a_reason(self):
        data = self.data()
        told = {(row["table"], row["number"]) for row in data["records"]}
        told |= {("ir.attachment", self.scan.id)}
        withheld = {(each["table"], each["column"], each["number"]) for each in data["withheld"]}
        models = self.env["customer.sheet.search.hit"]._models()
        missing = []
        for hit in self.request.search_id.sudo().hit_ids:
            model = models.get(hit.table)
            name = model._name if model is not None else hit.table
            places = {(name, hit.column, n) for n in (hit.row, 0)} | {(name, "", hit.row)}
            in_pack = name.startswith("customer.sheet.consent.")
            if (name, hit.row) not in told and not places & withheld and not in_pack:
                if model is not None:  # a relation says nothing but who
                    missing.append((name, hit.column, hit.row, hit.kind))
        self.assertFalse(missing)
        self.assertTrue(all(each["words"] for each in data["withheld"]))

    def test_what_stands_with_somebody_else_waits_for_the_officer(self):
        comment = self.passage(self.other, "others")
        self.assertIn("Is ill", comment.extract)
        data = self.data()
        self.assertFalse(data["extracts"])
        self.assertNotIn("Is ill", json.dumps(data))
        self.assertNotIn("debts", json.dumps(data))
        self.passage(self.elsewhere, "others").give = True
        [extract] = self.data()["extracts"]
        self.assertIn("debts", extract["text"])

    def test_a_namesake_is_theirs_once_somebody_says_so(self):
        passage = self.passage(self.namesake, "unsure")
        self.assertNotIn("Zyxburg", json.dumps(self.data()))
        passage.give = True
        self.assertIn("Zyxburg", json.dumps(self.data()))

    def test_a_second_file_differs_in_its_date_only(self):
        first, second = self.data(), self.data()
        first.pop("made_on"), second.pop("made_on")
        self.assertEqual(first, second)

    def test_a_kind_of_data_is_withheld_with_a_reason(self):
        [free] = self.request.decision_ids.filtered(lambda d: d.category == "free")
        with self.assertRaises(UserError):
            free.answer = "withhold"
        free.write({"answer": "withhold", "ground": "secret", "words": "Our calculation"})
        files = self.files()
        self.assertNotIn("Wants it in red", files["data.json"].decode())
        self.assertFalse([name for name in files if name.startswith("files/")])
        withheld = json.loads(files["data.json"])["withheld"]
        self.assertIn("secret", {each["why"] for each in withheld})

    def test_portability_is_what_they_gave(self):
        request = self.ask("portability")
        request.sudo().search_id = self.request.search_id
        data = json.dumps(self.data(request)["records"])
        self.assertIn(EMAIL, data)
        self.assertNotIn("Wants it in red", data)
        self.assertNotIn("called", data)

    def test_an_erasure_proposes_what_documents_keep(self):
        request = self.ask("erasure")
        self.assertEqual(set(request.decision_ids.mapped("answer")), {"erase"})
        [free] = request.decision_ids.filtered(lambda d: d.category == "free")
        with self.assertRaises(UserError):
            free.answer = "give"

    def test_nobody_else_decides_and_nothing_is_decided_afterwards(self):
        decision = self.request.decision_ids[:1]
        with self.assertRaises(AccessError):
            decision.with_user(self.rep).read(["answer"])
        with self.assertRaises(AccessError):
            self.request.passage_ids[:1].with_user(self.rep).read(["where"])
        with self.assertRaises(AccessError):
            self.env["customer.sheet.request.decision"].with_user(self.officer).create(
                {"request_id": self.request.id, "category": "free", "answer": "give"}
            )
        with self.assertRaises(AccessError):
            decision.category = "other"
        self.request.sudo().state = "answered"
        with self.assertRaises(UserError):
            decision.words = "Late"

    def test_the_letter_says_what_was_decided_and_leads_to_the_file(self):
        [free] = self.request.decision_ids.filtered(lambda d: d.category == "free")
        free.write({"answer": "withhold", "ground": "secret", "words": "Our calculation"})
        dialog = self.env["customer.sheet.request.step"].with_user(self.officer)
        dialog = dialog.create({"request_id": self.request.id, "step": "answered"})
        self.assertTrue(dialog.with_link)
        self.assertIn("/customer_sheet/answer/", dialog.letter)
        dialog.action_apply()
        letter = str(self.request.letter)
        self.assertIn("Our calculation", letter)
        self.assertIn("Business secrets", letter)
        self.assertIn("in records of other people", letter)
        [token] = set(re.findall(r"/customer_sheet/answer/([^\"<\s]+)", letter))
        found = self.env["customer.sheet.request"]._of_package(token)
        self.assertEqual(found, self.request)
        self.assertTrue(zipfile.is_zipfile(io.BytesIO(found._fetched())))
        found._fetched()
        self.assertEqual(found.clock_ids.mapped("code").count("fetched"), 1)
        log = self.env["customer.sheet.export.log"].search([], limit=1)
        self.assertEqual((log.kind, log.res_ids), ("answer", self.anna.ids))

    def test_a_link_ends_and_its_file_with_it(self):
        self.request._publish_package()
        token = self.request._package_url().rpartition("/")[2]
        requests = self.env["customer.sheet.request"]
        self.assertFalse(requests._of_package(token[:-2] + "xx"))
        self.assertFalse(requests._of_package("x"))
        with freeze_time(fields.Datetime.now() + timedelta(days=31)):
            self.assertFalse(requests._of_package(token))
            do_chore(self, "answers")
        self.assertFalse(self.request.package)
        self.assertFalse(requests._of_package(token))

    def test_an_older_link_opens_no_newer_file(self):
        self.request._publish_package()
        token = self.request._package_url().rpartition("/")[2]
        with freeze_time(fields.Datetime.now() + timedelta(hours=1)):
            self.request._publish_package()
        self.assertFalse(self.request._of_package(token))

    def test_what_is_erased_and_kept_stands_in_the_letter(self):
        request = self.ask("erasure")
        [economic] = request.decision_ids.filtered(lambda d: d.category == "economic")
        economic.write({"answer": "keep", "ground": "duty", "until": "2036-12-31"})
        letter = str(request._letter("answered", "", "en_US"))
        self.assertIn("We erase", letter)
        self.assertIn("31 December 2036", letter)
        self.assertNotIn("We give", letter)


@tagged("post_install", "-at_install")
class TestPrivacyAnswerPage(HttpCase):
    """The page on which a person finds their file: no login, and only a click hands it out."""

    def test_the_page_hands_out_on_a_click_only(self):
        officer, _rep = people(self.env, "officer", "rep")
        julie = self.env["res.partner"].create({"name": "Julie", "email": "julie@example.com"})
        request = self.env["customer.sheet.request"].with_user(officer)
        request = request.create({"kind": "access", "partner_id": julie.id})
        content = base64.b64encode(zipped({"README.txt": b"Julie"}))
        values = {"package": content, "package_on": fields.Datetime.now()}
        values["package_until"] = request._link_until()
        request.sudo().write(values)
        path = "".join(request._package_url().partition("/customer_sheet")[1:])
        for method in ("GET", "HEAD", "OPTIONS"):
            answer = self.opener.request(method, self.base_url() + path)
            self.assertNotIn("zip", answer.headers.get("Content-Type", ""))
        self.assertNotIn("fetched", request.clock_ids.mapped("code"))
        page = self.url_open(path)
        self.assertIn(request.name, page.text)
        self.assertEqual(page.headers["Cache-Control"], "no-store")
        answer = self.url_open(path, data={"lang": "en_US"})
        self.assertTrue(zipfile.is_zipfile(io.BytesIO(answer.content)))
        self.assertIn("fetched", request.clock_ids.mapped("code"))
        self.assertEqual(self.url_open(f"{path}x", data={"lang": "en_US"}).status_code, 404)
        self.env["res.lang"]._activate_lang("fr_FR")
        officer.sudo().lang = "fr_FR"
        self.authenticate("sheet_officer", "sheet_officer")
        past = self.url_open(f"/customer_sheet/past/res.partner/{julie.id}.csv").content
        self.assertEqual(len(past.decode("utf-8-sig").splitlines()[0].split(";")), 7)
        self.authenticate("sheet_rep", "sheet_rep")
        made = self.url_open(f"/customer_sheet/request/{request.id}/answer.zip")
        self.assertNotIn("zip", made.headers.get("Content-Type", ""))
        past = self.url_open(f"/customer_sheet/past/res.partner/{julie.id}.csv")
        self.assertNotIn("csv", past.headers.get("Content-Type", ""))
