from pathlib import Path

from odoo.modules.migration import load_script
from odoo.tests import tagged

from .form_common import FormCase

SCRIPTS = Path(__file__).parents[3] / "migrations" / "19.0.1.9.0"
ASKED = ("segment", "decision_maker")


@tagged("post_install", "-at_install")
class TestFormUpdate(FormCase):
    """A database of before the forms gets them published, and keeps what was decided."""

    def setUp(self):
        super().setUp()
        self.versions = self.env["customer.sheet.catalogue.version"]
        self.shipped = self.env.ref("crm_customer_sheet.form_qualification")
        self.cr.execute("DELETE FROM customer_sheet_form_version")
        for code in ASKED:
            self.question(code).is_public = False
        self.versions._publish()
        self.env.invalidate_all()

    def update(self):
        self.env.flush_all()
        for name in ("pre-forms", "post-forms"):
            load_script(str(SCRIPTS / f"{name}.py"), f"migration_{name}").migrate(
                self.cr, "19.0.1.8.0"
            )
            self.env.invalidate_all()

    def asked(self):
        entries = {entry["code"]: entry for entry in self.versions._current().snapshot}
        return [entries[code]["is_public"] for code in ASKED]

    def test_the_shipped_forms_are_published(self):
        self.assertEqual(self.asked(), [False, False])
        self.update()
        self.assertEqual(self.asked(), [True, True])
        self.assertFalse(self.versions._is_being_edited())
        self.assertIn("decision_maker", sum(self.codes(self.shipped.version_id), []))

    def test_what_somebody_edits_stays_a_draft(self):
        self.question("need").weight = 50
        self.update()
        [need] = [e for e in self.versions._current().snapshot if e["code"] == "need"]
        self.assertNotEqual(need["weight"], 50)
        self.assertTrue(self.versions._is_being_edited())

    def test_a_question_that_somebody_archived_stays_so(self):
        self.question("segment").active = False
        self.versions._publish()
        self.update()
        self.assertFalse(self.question("segment").is_public)
        self.assertFalse(self.shipped.version_id)
        self.assertIn("“Segment” is archived in the catalogue.", self.shipped._problems())
        self.assertTrue(self.env.ref("crm_customer_sheet.form_first_contact").version_id)
