from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.fields import Command
from odoo.tests import tagged
from odoo.tools import SQL

from .common import QualificationCase

SETTINGS = settings(
    max_examples=120,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)

answers = st.fixed_dictionaries(
    {
        "sheet_need": st.sampled_from([False, "xxx", "Audit of the HVAC line"]),
        "sheet_deadline": st.sampled_from([False, "2030-01-01"]),
        "sheet_budget_max": st.sampled_from([0, 5000]),
        "sheet_decision_maker": st.sampled_from([False, "N/A", "Ada"]),
        "sheet_sector": st.sampled_from([False, "saas", "real_estate"]),
        "email_from": st.sampled_from([False, "ada@atlas", "ada@yopmail.com"]),
    }
)
criteria = st.lists(
    st.tuples(
        st.sets(st.sampled_from(["budget", "authority", "need", "timing", "metrics"]), max_size=2),
        st.sets(st.sampled_from(["email", "need", "deadline", "phone"]), max_size=2),
        st.integers(1, 3),
        st.booleans(),
    ),
    min_size=1,
    max_size=4,
)


@tagged("post_install", "-at_install")
class TestGateProperty(QualificationCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.a_lead = cls.env["crm.lead"].create({"name": "Request"})

    @SETTINGS
    @given(criteria, st.integers(0, 3), answers, st.booleans())
    def test_python_and_sql_agree(self, wanted, minimum, values, is_confirmed):
        options = self.env["customer.sheet.option"].search([("kind", "=", "pillar")])
        questions = self.env["customer.sheet.question"]
        self.gate.write(
            {
                "minimum": minimum,
                "criterion_ids": [
                    Command.clear(),
                    *(
                        Command.create(
                            {
                                "pillar_ids": options.filtered(
                                    lambda o, p=pillars: o.code in p
                                ).ids,
                                "question_ids": questions.search([("code", "in", list(codes))]).ids,
                                "minimum": needed,
                                "is_confirmed": confirmed,
                            }
                        )
                        for pillars, codes, needed, confirmed in wanted
                    ),
                ],
            }
        )
        self.a_lead.write(values)
        if is_confirmed and values["sheet_need"] == "Audit of the HVAC line":
            self.a_lead.sheet_confirm_pillar("need", "Mail")
        plan = self.gate._compile()
        lead = self.a_lead.sudo()
        [result] = lead._sheet_gate_results({lead: [plan]})[lead.id]
        self.env.flush_all()
        [(by_sql,)] = self.env.execute_query(
            SQL("SELECT %s FROM crm_lead WHERE id = %s", plan.sql_passes(lead, "crm_lead"), lead.id)
        )
        self.assertEqual(result.passed, by_sql)
