from odoo.exceptions import ValidationError
from odoo.tests import TransactionCase, tagged

from ...models.sheet.settings import SETTINGS, rows

#: What makes no value of any number, date, choice or record.
SPOILT = ("", " ", "soon", "1e", "--3", "12 days", "None", "[]", "٣²", "0x10", "nan", "9" * 40)


@tagged("post_install", "-at_install")
class TestSettings(TransactionCase):
    """Each setting has limits, and nothing that is written into a parameter breaks anything."""

    def setUp(self):
        super().setUp()
        self.parameters = self.env["ir.config_parameter"].sudo()
        for setting in SETTINGS.values():
            self.parameters.set_param(setting.key, False)

    def form(self, **values):
        return self.env["res.config.settings"].create(values)

    def test_a_number_outside_the_limits_is_refused_by_its_label(self):
        for row in rows(self.env):
            if row["kind"] not in ("integer", "float"):
                continue
            for value in (row["low"] - 1, row["high"] + 1):
                with self.subTest(setting=row["field"], value=value):
                    with self.assertRaises(ValidationError) as refused:
                        self.form(**{row["field"]: value})
                    self.assertIn(row["label"].partition(" (")[0], str(refused.exception))

    def test_every_number_has_limits(self):
        for name, setting in SETTINGS.items():
            if setting.kind in ("integer", "float"):
                with self.subTest(setting=name):
                    self.assertLess(setting.low, setting.high)
                    self.assertTrue(setting.low <= setting.default <= setting.high)

    def test_a_spoilt_parameter_counts_as_nothing(self):
        settings = {
            name: setting
            for name, setting in SETTINGS.items()
            if setting.kind != "char" or name == "sheet_name_servers"  # else any text will do
        }
        defaults = {name: setting.value(self.env) for name, setting in settings.items()}
        for text in SPOILT:
            for setting in settings.values():
                self.parameters.set_param(setting.key, text)
            form = self.form()
            for name, setting in settings.items():
                with self.subTest(setting=name, text=text):
                    self.assertEqual(setting.value(self.env), defaults[name])
                    self.assertEqual(form[name] or False, defaults[name] or False)

    def test_a_parameter_outside_the_limits_counts_as_nothing(self):
        for name, setting in SETTINGS.items():
            if setting.kind in ("integer", "float"):
                for value in (setting.low - 1, setting.high + 1, float("inf"), float("nan")):
                    with self.subTest(setting=name, value=value):
                        self.parameters.set_param(setting.key, str(value))
                        self.assertEqual(setting.value(self.env), setting.default)
        self.parameters.set_param("crm_customer_sheet.consent_keep_ip", "everything")
        self.assertEqual(self.form().sheet_consent_keep_ip, "truncated")

    def test_a_spoilt_filter_counts_as_nothing(self):
        default = list(self.env["res.partner"]._sheet_domain())
        for text in ("soon", "[(", "None", "42", "{}", "[('name',)]", "[('no_such', '=', 1)]"):
            with self.subTest(text=text):
                self.parameters.set_param("crm_customer_sheet.sheet_domain", text)
                self.assertEqual(list(self.env["res.partner"]._sheet_domain()), default)

    def test_nothing_breaks_where_all_are_spoilt(self):
        for text in ("soon", "-5", "nan", "[('no_such_field', '=', 1)]"):
            for setting in SETTINGS.values():
                self.parameters.set_param(setting.key, text)
            self.env.registry.clear_cache()
            with self.subTest(text=text):
                contact = self.env["res.partner"].create({"name": "Ada", "email": "a@b.example"})
                lead = self.env["crm.lead"].create({"name": "Vans", "partner_id": contact.id})
                self.env.flush_all()
                self.assertTrue(contact.sheet_reference)
                self.assertIsInstance(lead.sheet_score, int)
                self.assertTrue(self.env["customer.sheet.email.domain"]._resolver())
                self.assertTrue(self.env["customer.sheet.match.rule"]._plan().thresholds)
                self.assertTrue(self.env["customer.sheet.review"]._reviewer(self.env.company))

    def test_each_value_is_kept(self):
        """Off and zero too, where another value is the default."""
        user = self.env.ref("base.user_admin")
        values = {
            "sheet_mail_lookup": False,
            "sheet_hot_activity": False,
            "sheet_forgotten_digest": False,
            "sheet_call_enabled": True,
            "sheet_call_days": 0,
            "sheet_forgotten_days": 0,
            "sheet_match_certain": 20.5,
            "sheet_name_servers": "192.0.2.1 192.0.2.2#5353",
            "sheet_consent_keep_ip": "none",
            "sheet_consent_dpo_email": "dpo@example.com",
            "sheet_reviewer_id": user.id,
        }
        self.form(**values).execute()
        again = self.form()
        kept = {name: again[name] for name in values}
        self.assertEqual(kept, {**values, "sheet_reviewer_id": user})
        self.form(sheet_consent_dpo_email=False, sheet_reviewer_id=False).execute()
        again = self.form()
        self.assertFalse(again.sheet_consent_dpo_email or again.sheet_reviewer_id)
        self.assertFalse(again.sheet_mail_lookup)

    def test_only_what_changes_is_written(self):
        self.form(sheet_call_days=3).execute()
        ours = [setting.key for setting in SETTINGS.values()]
        written = self.parameters.search([("key", "in", ours)])
        self.assertEqual(written.mapped("key"), ["crm_customer_sheet.call_days"])

    def test_a_reviewer_who_is_gone_is_none(self):
        self.parameters.set_param("crm_customer_sheet.reviewer_id", "999999")
        self.assertFalse(self.form().sheet_reviewer_id)

    def test_the_rows_for_the_docs(self):
        table = rows(self.env)
        self.assertEqual([row["field"] for row in table], list(SETTINGS))
        self.assertTrue(all(row["label"] and row["key"] for row in table))
        fields = self.env["res.config.settings"]._fields
        ours = [name for name in fields if name.startswith("sheet_")]
        apart = {"sheet_sector_ids", "sheet_failing_chores"}
        apart |= {"sheet_registers_on", "sheet_stock_enrichment"}  # told, not set
        mailbox = "sheet_privacy_alias"  # a mailbox of Odoo is a record, no setting
        apart |= {"sheet_privacy_url", *(f"{mailbox}_{n}" for n in ("id", "name", "domain"))}
        self.assertEqual(sorted(set(ours) - apart), sorted(SETTINGS))
