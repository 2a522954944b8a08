from odoo.tests import tagged

from .form_common import FormCase


@tagged("post_install", "-at_install")
class TestFormShipped(FormCase):
    """The two forms that come with the module (F1, F2)."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.first = cls.env.ref("crm_customer_sheet.form_first_contact").with_user(cls.boss)
        cls.second = cls.env.ref("crm_customer_sheet.form_qualification").with_user(cls.boss)

    def lines(self, form):
        return {
            line["code"]: line
            for step in form.version_id._said("en_US")["steps"]
            for line in step["lines"]
        }

    def test_both_are_in_force_from_the_start(self):
        for form, slug in ((self.first, "first-contact"), (self.second, "qualification")):
            self.assertEqual(form.slug, slug)
            self.assertTrue(form.version_id)
            self.assertFalse(form.problems)

    def test_a_first_contact_is_asked_little(self):
        lines = self.lines(self.first)
        self.assertLessEqual({"name", "company", "email", "phone", "need"}, lines.keys())
        self.assertLessEqual(len(lines), 6)
        needed = [code for code, line in lines.items() if line["required"]]
        self.assertEqual(needed, ["name", "email"])
        content = self.first.version_id.content
        self.assertTrue(content["message"])
        self.assertTrue(content["source_id"])
        [box] = content["consents"]
        self.assertEqual((box["purpose"], box["channel"]), ("prospecting", "email"))

    def test_a_qualification_asks_what_a_quotation_needs(self):
        asked = {"segment", "headcount", "region", "decision_maker", "deadline", "budget"}
        lines = self.lines(self.second)
        self.assertLessEqual(asked | {"constraints", "integrations"}, lines.keys())
        self.assertEqual({line["asked"] for line in lines.values()}, {"if_unknown"})
        titles = [step["title"] for step in self.second.version_id._said("en_US")["steps"]]
        self.assertEqual(len(titles), 3)
        self.assertTrue(all(titles))

    def test_publishing_what_is_shipped_again_changes_nothing(self):
        versions = self.env["customer.sheet.form.version"]
        before = versions.search_count([])
        self.env["customer.sheet.form"]._publish_shipped()
        self.assertEqual(versions.search_count([]), before)
