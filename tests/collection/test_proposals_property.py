from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.tests import tagged

from .proposals_common import ProposalCase

SETTINGS = settings(
    max_examples=150,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)

texts = st.text(st.characters(codec="utf-8", categories=["L", "N", "P"]), min_size=1, max_size=12)
OF_KIND = {
    "text": texts,
    "long_text": texts,
    "email": st.sampled_from(["a@moulin.fr", "b@moulin.fr"]),
    "phone": st.sampled_from(["+33 6 12 34 56 78", "+33 4 72 00 00 09", "0612"]),
    "url": st.sampled_from(["https://moulin.fr", "https://moulin.com"]),
    "integer": st.integers(1, 100),
    "amount": st.sampled_from([1, 99.5, 12_000]),
    "date": st.sampled_from(["2031-01-01", "2032-12-31"]),
}
#: Texts of which the field itself refuses most.
OF_CODE = {
    "nace_code": st.sampled_from(["25.62", "28.15"]),
    "birthdate": st.sampled_from(["1979-05-04", "1980-01-01"]),
}


@tagged("post_install", "-at_install")
class TestProposalsProperty(ProposalCase):
    """Accepting and undoing leaves every field of every type as it was."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        questions = cls.env["customer.sheet.question"]
        company = cls.env["res.partner"].create({"name": "Moulin", "is_company": True})
        cls.records = {"crm.lead": cls.lead, "res.partner": company}
        cls.shapes = {
            host: [
                shape
                for question in questions.search([])
                if (shape := question._plain_shape(host))
                and (shape["kind"] in OF_KIND or shape["options"])
            ]
            for host in cls.records
        }

    @classmethod
    def _values(cls, shape):
        codes = [option["value"] for option in shape["options"]][:6]
        if shape["kind"] in OF_KIND:
            return OF_CODE.get(shape["code"], OF_KIND[shape["kind"]])
        one = st.sampled_from(codes)
        if shape["kind"] == "choice":
            return one
        return st.lists(one, min_size=1, max_size=3, unique=True)

    def test_every_type_of_field_is_there(self):
        kinds = {shape["kind"] for shapes in self.shapes.values() for shape in shapes}
        self.assertGreaterEqual(kinds, {"choice", "choices", "date", "email", "phone", "text"})

    @SETTINGS
    @given(st.sampled_from(["crm.lead", "res.partner"]), st.data())
    def test_an_undo_leaves_nothing_behind(self, host, data):
        record = self.records[host].with_user(self.keeper if host == "res.partner" else self.rep)
        shape = data.draw(st.sampled_from(self.shapes[host]))
        former, value = data.draw(self._values(shape)), data.draw(self._values(shape))
        question = self.env["customer.sheet.question"].search([("code", "=", shape["code"])])
        with self.env.cr.savepoint() as savepoint:
            if data.draw(st.booleans()):
                record.write(question._plain_write({shape["code"]: former}, host))
            before = self.state(record)
            proposals = self.propose({shape["code"]: value}, record=record)
            if proposals:
                record.sheet_proposals_accept(proposals.ids)
                self.assertFalse(self.propose({shape["code"]: value}, "mail", record=record))
                record.sheet_proposals_undo(proposals.ids)
            self.assertEqual(self.state(record), before, shape["code"])
            savepoint.rollback()

    def state(self, record):
        """Return all stored values of a record but for those of its chatter."""
        record.env.flush_all()
        record.env.invalidate_all()
        names = [
            name
            for name, field in record._fields.items()
            if field.store
            and not name.startswith(("message_", "write_", "activity_", "date_last", "duration"))
            and name not in ("sheet_checked_on", "sheet_proposal_ids")
        ]
        return record.sudo().read(names, load=None)[0]
