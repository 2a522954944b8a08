import json

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.tests import tagged

from ....models.collection.columns import split
from .columns_common import ColumnsCase

#: Cells as files have them: nothing of it may stop a file.
CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**20), 10**20),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=60),
    st.sampled_from(["n/a", "12/13/2025", "1.2.3", "a@b", "a@b.fr; c@d.fr", "=1+1", "SARL, SA"]),
    st.from_regex(r"[\d .,/€kM-]{1,20}", fullmatch=True),
)
QUICK = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@tagged("post_install", "-at_install")
class TestReadingProperties(ColumnsCase):
    """Whatever stands in a cell, its row can be read."""

    def test_every_cell_is_read_by_every_kind(self):
        desk = self.imported(["x"])
        targets = desk._target_map()
        by_kind = {(of.kind, of.field and of.field.type): of for of in targets.values()}
        desk.sudo().column_ids.unlink()
        desk.sudo().column_ids = [
            (0, 0, {"position": place, "header": of.code, "target": of.code})
            for place, of in enumerate(by_kind.values())
        ]
        reader = desk._row_reader()
        count = len(by_kind)

        @QUICK
        @given(CELLS)
        def check(cell):
            [(values, problems)] = reader.all([[cell] * count])
            self.assertTrue(json.dumps([values, problems]))
            self.assertLessEqual(values.keys(), targets.keys())
            for problem in problems:
                self.assertIn("“", problem["words"])
            self.assertEqual(reader.all([[cell] * count]), [(values, problems)])

        check()

    @QUICK
    @given(st.text(max_size=120))
    def test_splits_lose_no_word(self, text):
        split.money(text)
        split.headcount(text)
        revenue, staff = split.size(text)
        self.assertIn(revenue, text)
        self.assertIn(staff, text)
        name, email = split.name_email(text)
        self.assertIn(email, text)
        found = split.address(text)
        self.assertTrue(all(found.values()))
