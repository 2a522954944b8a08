"""One definition of "answered": Python and SQL agree on any catalogue and any record."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import SQL

from ...models.sheet.catalogue.plan_question import sql_filler, sql_not_blank
from ...tools.text import filler
from .common import SheetCase

#: Text as people and machines type it; NUL cannot be stored by PostgreSQL.
words = st.sampled_from(
    ["N/A", "xxx", "0000", "azerty", "à définir", "test@test.fr", "Lyon", "Ada", "", " ", "…", "-"]
)
free = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12)
repeated = st.builds(lambda sign, n: sign * n, st.sampled_from("aZé0-ab"), st.integers(1, 8))
texts = st.one_of(words, free, repeated, st.from_regex(r"[+0-9 ().]{0,16}", fullmatch=True))
html = st.builds("<p>{}</p>".format, texts.map(lambda t: t.replace("<", "").replace("&", "")))

#: Holders of every type that can hold an answer, by host.
LEAD_FIELDS = {
    "city": texts,
    "referred": texts,
    "description": st.one_of(html, st.just("<p><br></p>"), st.just('<img src="/x.png">')),
    "expected_revenue": st.sampled_from([0.0, 0.004, 12.5]),
    "date_deadline": st.sampled_from([False, "2026-12-31"]),
    "tag_ids": st.booleans(),
    "campaign_id": st.booleans(),
    "sheet_sector": st.sampled_from([False, "industry", "saas"]),
}
SETTINGS = settings(
    max_examples=150,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@st.composite
def snapshot(draw):
    """Return a random catalogue, as publishing would freeze it."""
    # most questions apply and count, or their answers would hardly ever be compared
    often_any = st.just("any")
    return [
        {
            "code": f"q{index}",
            "section": "need",
            "partner_fields": draw(some_of(["city", "function", "comment"])),
            "lead_fields": draw(some_of(sorted(LEAD_FIELDS))),
            "provider": False,
            "status_field": False,
            "typology": draw(st.one_of(often_any, st.sampled_from(["b2c", "b2b"]))),
            "level": draw(st.one_of(often_any, st.sampled_from(["company", "person"]))),
            "sectors": draw(st.sampled_from([[], [], [], ["industry"], ["saas"]])),
            "company": draw(st.sampled_from([False, False, False, 1])),
            "lead_required": draw(st.sampled_from(["creation", "creation", "stage", "never"])),
            "stage": draw(st.sampled_from([False, 0, 1, 2])),
            "contact_required": draw(
                st.sampled_from(["creation", "creation", "customer", "never"])
            ),
            "weight": draw(st.integers(1, 5)),
        }
        for index in range(draw(st.integers(1, 8)))
    ]


def some_of(names):
    """Return one or two of the names, as the fields of a question."""
    return st.lists(st.sampled_from(names), min_size=1, max_size=2, unique=True)


@tagged("post_install", "-at_install")
class TestPlanProperty(SheetCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tag = cls.env["crm.tag"].create({"name": "Tag"})
        cls.campaign = cls.env["utm.campaign"].create({"name": "Spring"})
        cls.stages = cls.env["crm.stage"].search([], order="sequence, id")
        cls.a_lead = cls.env["crm.lead"].create({"name": "Request"})
        cls.a_partner, cls.a_colleague = cls.env["res.partner"].create(
            [{"name": "Ada"}, {"name": "Bob"}]
        )
        cls.a_partner.sheet_main_contact_id = cls.a_colleague

    def assertAgree(self, record, entries):
        for entry in entries:
            rank = entry["stage"]
            entry["stage"] = self.stages[rank].id if rank is not False else False
        in_force = self.versions._compile(record._name, entries)
        clean = record.with_context(active_test=False, lang=None)
        by_python = in_force.score(in_force.states(clean)[record.id])
        self.env.flush_all()
        query = in_force.sql_scores(
            record, SQL("%s.id = %s", SQL.identifier(record._table), record.id)
        )
        [(_id, score, missing)] = self.env.execute_query(query)
        self.assertEqual(by_python, (score, missing or []))

    @SETTINGS
    @given(snapshot(), st.fixed_dictionaries(LEAD_FIELDS), st.booleans(), st.integers(0, 2))
    def test_leads(self, entries, values, is_b2b, stage):
        values["tag_ids"] = [Command.set(self.tag.ids if values["tag_ids"] else [])]
        values["campaign_id"] = self.campaign.id if values["campaign_id"] else False
        self.a_lead.write(
            {
                **values,
                "sheet_typology": "b2b" if is_b2b else "b2c",
                "stage_id": self.stages[stage].id,
            }
        )
        self.assertAgree(self.a_lead, entries)

    @SETTINGS
    @given(
        snapshot(),
        st.fixed_dictionaries({"city": texts, "function": texts, "comment": html}),
        st.booleans(),
        st.sampled_from([False, "prospect", "loyal"]),
        st.sampled_from(["contact", "delivery"]),
        st.fixed_dictionaries({"function": texts}),
    )
    def test_contacts(self, entries, values, is_company, maturity, kind, colleague):
        self.a_colleague.write(colleague)
        self.a_partner.write(
            {**values, "is_company": is_company, "sheet_maturity": maturity, "type": kind}
        )
        if kind == "contact":
            self.assertAgree(self.a_partner, entries)

    @SETTINGS
    @given(st.lists(texts, min_size=1, max_size=40))
    def test_filler(self, values):
        column = SQL("t.value")
        rows = self.env.execute_query(
            SQL(
                "SELECT t.value, %s, %s FROM unnest(%s) AS t(value)",
                sql_not_blank(column),
                sql_filler(column),
                values,
            )
        )
        for value, not_blank, is_filler in rows:
            self.assertEqual(not_blank, not filler.is_blank(value), repr(value))
            self.assertEqual(is_filler, filler.is_filler(value), repr(value))

    def test_a_confirmed_value_counts_in_python_and_in_sql(self):
        entry = dict(self.entry_of("city"), code="city")
        self.a_lead.city = "AAA"
        self.assertEqual(self.score_of(entry), 0)
        self.a_lead.sheet_confirm_value("city")
        self.assertEqual(self.score_of(entry), 100)
        self.assertAgree(self.a_lead, [entry])

    def score_of(self, entry):
        in_force = self.versions._compile("crm.lead", [entry])
        return in_force.score(in_force.states(self.a_lead)[self.a_lead.id])[0]

    def test_a_translated_field_is_read_in_its_source_language(self):
        # No stock field of the hosts is translated; a question may be held by a custom one.
        self.env["ir.model.fields"].create(
            {
                "name": "x_translated",
                "field_description": "Translated",
                "model_id": self.env["ir.model"]._get_id("crm.lead"),
                "ttype": "char",
                "translate": "standard",
            }
        )
        for text in ("N/A", "Lyon", False):
            self.a_lead.x_translated = text
            self.a_lead.with_context(lang="fr_FR").x_translated = text and "Ville"
            self.assertAgree(self.a_lead, [self.entry_of("x_translated")])

    def entry_of(self, field):
        return {
            "code": "q",
            "section": "need",
            "partner_fields": [],
            "lead_fields": [field],
            "provider": False,
            "status_field": False,
            "typology": "any",
            "level": "any",
            "sectors": [],
            "company": False,
            "lead_required": "creation",
            "stage": False,
            "contact_required": "never",
            "weight": 1,
        }
