from odoo.tests import Form, tagged

from .common import QualityCase

#: V1-V3: what is typed, the country, the field of a contact and of a lead, the value kept,
#: and the status.  Each way in gives the same.
WRITTEN = (
    ("1561191000066.0", "base.ma", "registry", "1561191000066", "valid", False),
    ("001561191000066,00", "base.ma", "registry", "001561191000066", "valid", False),
    ("732829320.0", "base.fr", "registry", "732829320", "valid", False),
    ("732 829 320,0", "base.fr", "registry", "732829320", "valid", False),
    ("73282932000074.00", "base.fr", "registry", "73282932000074", "valid", False),
    ("428759497.0", "base.be", "registry", "428759497", "valid", False),
    ('="732829320"', "base.fr", "registry", "732829320", "valid", False),
    ("'732829320", "base.fr", "registry", "732829320", "valid", False),
    ("7.3282932000074E+13", "base.fr", "registry", "73282932000074", "valid", False),
    ("3.56E+13", "base.fr", "registry", "3.56E+13", "invalid", "digits_cut"),
    ("3,56112E+13", "base.fr", "registry", "3,56112E+13", "invalid", "digits_cut"),
    ("W732829320", "base.fr", "registry", "W732829320", "valid", False),
    ("D-U-N-S 732829320", "base.fr", "registry", "D-U-N-S 732829320", "invalid", "other_register"),
    ("FINESS 732829320", "base.fr", "registry", "FINESS 732829320", "invalid", "other_register"),
    ("FR44732829320.0", "base.fr", "vat", "FR44732829320", "valid", False),
    ("612345678.0", "base.fr", "phone2", "612345678", "valid", False),
    ("612345678.0", "base.fr", "phone", "612345678", "valid", False),
    ("3.36E+10", "base.fr", "phone2", "3.36E+10", "invalid", "digits_cut"),
    ("+33692112233", "base.fr", "phone2", "+33692112233", "valid", False),
    ("01234567", "base.fr", "phone2", "01234567", "invalid", "too_short"),
)
FIELDS = {
    "res.partner": {"registry": "company_registry", "vat": "vat"},
    "crm.lead": {"registry": "sheet_company_registry", "vat": "sheet_vat"},
}


@tagged("post_install", "-at_install")
class TestNumberWays(QualityCase):
    """V1-V3: typed, sent by a program, imported or checked in bulk: one definition."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env.company.country_id = cls.env.ref("base.us")  # nobody here is American

    def name_of(self, model, kind):
        return FIELDS[model].get(kind) or {"phone2": "sheet_phone2"}.get(kind, kind)

    def values(self, model, text, country, kind):
        values = {"name": "Atlas", "country_id": self.env.ref(country).id}
        values |= {"is_company": True} if model == "res.partner" else {"partner_name": "Atlas"}
        return {**values, self.name_of(model, kind): text}

    def assertKept(self, record, kind, kept, status, reason):
        name = self.name_of(record._name, kind)
        written = record.sudo()[name].replace(" ", "")
        if kind == "phone" and status == "valid":  # stock spaces what is typed in a form
            self.assertIn(written, (kept, "+33612345678"))
        else:
            self.assertEqual(record.sudo()[name], kept)
        self.assertStatus(record, kind, status, reason)

    def cases(self):
        for model in FIELDS:
            for case in WRITTEN:
                with self.subTest(model=model, text=case[0], kind=case[2]):
                    yield (model, *case)

    def test_sent_by_a_program(self):
        for model, text, country, kind, *expected in self.cases():
            values = self.values(model, text, country, kind)
            self.assertKept(self.env[model].with_user(self.rep).create(values), kind, *expected)
            blank = self.values(model, False, country, kind)
            record = self.env[model].with_user(self.rep).create(blank)
            record.write({self.name_of(model, kind): text})
            self.assertKept(record, kind, *expected)

    def test_typed_into_a_form(self):
        for model, text, country, kind, *expected in self.cases():
            record = (
                self.env[model].with_user(self.rep).create(self.values(model, False, country, kind))
            )
            name = self.name_of(model, kind)
            with Form(record) as form:
                if name not in form._view["fields"]:
                    continue
                form[name] = text
            self.assertKept(record, kind, *expected)

    def test_said_while_typing(self):
        for model, text, country, kind, _kept, status, _reason in self.cases():
            said = (
                self.env[model]
                .with_user(self.rep)
                .sheet_check_typed(self.name_of(model, kind), text, self.env.ref(country).id)
            )
            self.assertEqual(said["status"], status)

    def test_imported(self):
        for model, text, country, kind, *expected in self.cases():
            names = ["name", "country_id/id", self.name_of(model, kind)]
            load = self.env[model].with_user(self.steward).with_context(import_file=True).load
            result = load(names, [["Atlas", country, text]])
            self.assertFalse(result["messages"])
            self.assertKept(self.env[model].browse(result["ids"]), kind, *expected)

    def test_checked_in_bulk(self):
        for model, text, country, kind, _kept, status, reason in self.cases():
            record = self.env[model].create(self.values(model, False, country, kind))
            self.env.flush_all()
            self.env.cr.execute(  # as another program or an older version left it
                f"UPDATE {record._table} SET {self.name_of(model, kind)} = %s WHERE id = %s",
                [text, record.id],
            )
            record.invalidate_recordset()
            record._sheet_check(record.ids)
            self.assertStatus(record, kind, status, reason)

    def test_numbers_sent_as_numbers(self):
        for model in FIELDS:
            for number, kind, kept in (
                (732829320, "registry", "732829320"),
                (732829320.0, "registry", "732829320"),
                (73282932000074.0, "registry", "73282932000074"),
                (44732829320.0, "vat", "44732829320"),
                (612345678.0, "phone2", "612345678"),
                (612345678, "phone2", "612345678"),
                (75001.0, "zip", "75001"),
            ):
                values = self.values(model, number, "base.fr", kind)
                record = self.env[model].with_user(self.rep).create(values)
                self.assertIn(record.sudo()[self.name_of(model, kind)], (kept, f"FR{kept}"))

    def test_stock_dials_the_same_number(self):
        for text, country, value in (
            ("612345678.0", "base.fr", "+33612345678"),
            ("0612345678,00", "base.fr", "+33612345678"),
            ("612345678.0", "base.ma", "+212612345678"),
            ("+33692112233", "base.fr", "+262692112233"),
            ("0692 11 22 33", "base.fr", "+262692112233"),
            ("+262692112233", "base.us", "+262692112233"),
            ("00 33 (0)6 92 11 22 33", "base.us", "+262692112233"),
            ("+33 596 61 22 33", "base.fr", "+596596612233"),
            ("3.36E+10", "base.fr", False),
            ("6.12345E+08", "base.dk", False),
        ):
            contact = self.contact(phone=text, country_id=self.env.ref(country).id)
            self.assertEqual(contact.phone_sanitized, value, text)

    def test_a_refusal_holds_for_every_spelling_of_a_number(self):
        self.env["phone.blacklist"].create({"number": "+33692112233"})
        for text in ("0692112233", "+262 692 11 22 33", "692112233.0"):
            self.assertTrue(self.contact(phone=text).sudo().phone_blacklisted, text)

    def test_typing_in_a_form_never_makes_another_number(self):
        form = Form(self.env["res.partner"].with_user(self.rep))
        form.name = "Ada"
        form.country_id = self.france
        form.phone = "612345678.0"
        self.assertEqual(form.phone.replace(" ", ""), "+33612345678")

    def test_an_iban_is_read_the_same(self):
        contact = self.contact()
        accounts = self.env["res.partner.bank"]
        for text, status in (
            ("FR76 3000 6000 0112 3456 7890 189", "valid"),
            ("'FR7630006000011234567890189", "valid"),
            ("FR7630006000011234567890189.0", "valid"),
            ("FR7630006000011234567890188", "invalid"),
        ):
            account = accounts.new({"acc_number": text, "partner_id": contact.id})
            self.assertEqual(account.sheet_iban_status, status, text)
