import json

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import tagged

from ....models.collection.intake.exceptions import PlainError
from ....models.sheet.takes import is_storable
from ..forms.form_common import FormCase

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=2),
    max_leaves=4,
)
NEAR = st.one_of(
    st.from_regex(r"[ -~]{0,6}@[ -~]{0,12}"),
    st.from_regex(r"[0-9 .,'kK€-]{1,12}"),
    st.from_regex(r"[0-9]{1,4}[-/][0-9]{1,2}[-/][0-9]{1,4}"),
    st.sampled_from(["10_19", "MA", "Maroc", "atex", "email", "fr_FR"]),
)


@tagged("post_install", "-at_install")
class TestPlainReadProperty(FormCase):
    """Whatever comes in: a value or a sentence, and reading what was read changes nothing."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        questions = cls.env["customer.sheet.question"].search([])
        cls.plain = questions.filtered(lambda question: question._plain_shape())

    @given(data=st.data(), raw=ANYTHING | NEAR)
    @settings(max_examples=400, deadline=None)
    def test_reading(self, data, raw):
        question = data.draw(st.sampled_from(list(self.plain)))
        try:
            value = question._plain_read(raw)
        except PlainError as error:
            self.assertIn(f"“{question.name}”", error.sentence)
            return
        self.assertTrue(is_storable(value))
        self.assertEqual(json.loads(json.dumps(value)), value)
        if value is not None:
            self.assertEqual(question._plain_read(value), value)
            self.assertTrue(question._plain_text(value))
            self.assertTrue(
                question._plain_write({question.code: value}, question._plain_field()[0])
            )

    def test_what_is_written_is_what_stands(self):
        lead = self.env["crm.lead"].create({"name": "Lead"})
        values = {
            "name": "Ada",
            "email": "ada@x-y.fr",
            "budget": 15000.0,
            "deadline": "2099-03-04",
            "headcount": "10_19",
            "country": "MA",
            "language": "fr_FR",
            "preferred_channel": "phone",
        }
        questions = self.env["customer.sheet.question"]
        lead.write(questions._plain_write(values, "crm.lead"))
        for code, value in values.items():
            self.assertEqual(self.question(code)._plain_value(lead), value, code)
