from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.tests import tagged

from .glance_common import GlanceCase

SETTINGS = settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)

addresses = st.sampled_from(
    ["", "ada@gmial.com", "ada@moulin-lumiere.fr", "no at", "x@yopmail.com"]
)
numbers = st.sampled_from(["", "06 12 34 56 78", "+33 4 72 00 00 01", "12"])
texts = st.sampled_from([False, "", "xxx", "Audit of the HVAC line"])
typed = {
    "sheet_typology": st.sampled_from(["b2c", "b2b"]),
    "sheet_sector": st.sampled_from([False, "industry", "finance", "saas"]),
    "sheet_source_id": st.just(False),
    "sheet_phone2": numbers,
    "phone": numbers,
    "city": st.sampled_from(["", "LYON"]),
}
of_lead = {
    "email_from": addresses,
    "sheet_need": texts,
    "sheet_decision_maker": texts,
    "sheet_budget_max": st.sampled_from([0, 100, 90_000]),
    "sheet_deadline": st.sampled_from([False, "2020-01-01", "2030-01-01"]),
    "sheet_stakeholder_ids": st.just([[0, 0, {"name": "Ada"}]]),
    "probability": st.sampled_from([10, 100]),
}
of_contact = {"email": addresses, "function": texts, "is_company": st.booleans()}


@tagged("post_install", "-at_install")
class TestGlanceEqual(GlanceCase):
    """What a glance reads in one statement is what each field finds out by itself."""

    PARTS = ("sheet_gaps", "sheet_checks", "sheet_pillars", "sheet_score_lines")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.bare = cls.env["crm.lead"].create({"name": "Bare", "user_id": cls.rep.id})
        cls.filler = cls.env["crm.lead"].create(
            {"name": "Filler", "user_id": cls.rep.id, "contact_name": "xxx", "sheet_need": "test"}
        )
        cls.filler._sheet_answer_set(
            cls.questions.search([("code", "=", "need")]), "confirmed", evidence="It is right"
        )
        cls.company = cls.env["res.partner"].create({"name": "Moulin", "is_company": True})
        cls.env["res.partner"].create(
            {"name": "Eve", "email": "eve@moulin.fr", "parent_id": cls.company.id}
        )

    def compare(self, record, values):
        record = self.mine(record)
        self.cold()
        shown = record.sheet_glance(values)
        self.cold()
        draft = record.new(values, origin=record) if values else record
        for name in self.PARTS:
            if name in draft._fields:
                self.assertEqual(shown[name], draft[name], name)
        if "sheet_next_action" in draft._fields:
            action = shown["sheet_next_action"]
            self.assertEqual(action and action["state"], draft.sheet_next_action)
        return shown

    @SETTINGS
    @given(
        st.sampled_from(["prospect", "bare", "filler"]),
        st.fixed_dictionaries({}, optional={**typed, **of_lead}),
    )
    def test_of_leads(self, name, values):
        self.compare(getattr(self, name), values)

    @SETTINGS
    @given(
        st.sampled_from(["customer", "company"]),
        st.fixed_dictionaries({}, optional={**typed, **of_contact}),
    )
    def test_of_contacts(self, name, values):
        self.compare(getattr(self, name), values)

    def test_as_they_are_saved(self):
        for name in ("prospect", "bare", "filler", "customer", "company"):
            record = self.mine(getattr(self, name))
            shown = self.compare(record, {})
            self.assertEqual(shown["sheet_consents"], record.sheet_consents, name)
            if record._name == "crm.lead":
                running = shown["sheet_sequences"]["running"]
                expected = record.sheet_enrolment_id.display_name or False
                self.assertEqual(running and running["name"], expected)
                self.assertEqual(shown["sheet_sequences"]["count"], record.sheet_enrolment_count)
