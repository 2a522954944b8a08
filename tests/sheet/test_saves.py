"""A save is one write, and asks no more than what has changed needs."""

from contextlib import contextmanager

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.fields import Command
from odoo.tests import tagged, warmup
from odoo.tools import SQL

from ...models.qualification.gate.exceptions import GateRefused
from .common import SheetCase

FORM = dict.fromkeys(("name", "phone", "sheet_completeness", "sheet_missing"), {})
SETTINGS = settings(
    max_examples=60,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


class SaveCase(SheetCase):
    def saved(self, record, user=None, **values):
        """Save values as the web client does, from empty caches, and do what a commit does."""
        self.env.flush_all()
        self.env.cr.precommit.run()
        self.env.invalidate_all()
        record.with_user(user or self.rep).web_save(values, FORM)
        self.env.flush_all()
        self.env.cr.precommit.run()

    def statements(self, record, **values):
        """Return the statements of a save with warm caches of the server."""
        self.saved(record, **{name: False for name in values})
        seen = []
        with contextmanager(self._patchExecute)(seen):
            self.saved(record, **values)
        return seen


@tagged("post_install", "-at_install")
class TestOneWrite(SaveCase):
    """What a change means is written with it."""

    def setUp(self):
        super().setUp()
        self.contact = self.env["res.partner"].create(
            {"name": "Ada", "email": "ada@nestor.fr", "phone": "+33 1 42 68 53 00"}
        )

    def test_one_update_stores_the_change_and_what_it_means(self):
        self.contact.action_sheet_verify()
        with self.subTest("what it costs"):
            seen = self.statements(self.contact, phone="+33 1 42 68 53 01")
            updates = [text for text in seen if text.strip().startswith('UPDATE "res_partner"')]
            self.assertEqual(len(updates), 1, updates)
        self.assertFalse(self.contact.sheet_verified_on)
        self.assertTrue(self.contact.sheet_answer_dates)

    def test_whoever_is_no_sheet_user_takes_a_verification_back_too(self):
        self.contact.action_sheet_verify()
        self.outsider.group_ids += self.env.ref("base.group_partner_manager")
        self.contact.with_user(self.outsider).phone = "+33 1 42 68 53 01"
        self.assertFalse(self.contact.sheet_verified_on)

    def test_each_of_several_records_keeps_its_own_memory(self):
        verified, other = self.contact, self.contact.copy({"phone": "+33 1 42 68 53 02"})
        same = self.contact.copy({"phone": "+33 1 42 68 53 09"})
        (verified | same).action_sheet_verify()
        (verified | other | same).with_user(self.rep).write({"phone": "+33 1 42 68 53 09"})
        self.assertEqual(
            [bool(each.sheet_verified_on) for each in (verified, other, same)],
            [False, False, True],
        )
        phone = self.env.ref("crm_customer_sheet.question_phone").code
        self.assertIn(phone, other.sheet_answer_dates)
        self.assertNotIn(phone, same.sheet_answer_dates or {})

    def test_what_nobody_types_is_left_out_beside_what_the_change_means(self):
        forged = {"sheet_answer_dates": {"forged": "2020-01-01"}, "sheet_verified_how": "phone"}
        self.contact.with_user(self.rep).write({"phone": "+33 1 42 68 53 01", **forged})
        self.assertNotIn("forged", self.contact.sheet_answer_dates)
        self.assertFalse(self.contact.sheet_verified_how)

    def test_a_refused_gate_leaves_nothing_half_written(self):
        gate = self.env.ref("crm_customer_sheet.gate_qualified")
        page = self.question("page", lead=["sheet_facebook"])
        self.only(page, self.env.ref("crm_customer_sheet.question_phone"))
        gate.criterion_ids.unlink()
        gate.criterion_ids = [Command.create({"question_ids": [Command.set(page.ids)]})]
        gate.mode = "enforce"
        lead = self.lead(type="opportunity", phone="+33 1 42 68 53 00")
        self.env.flush_all()
        before = lead.sudo().read(["phone", "stage_id", "sheet_answer_dates", "sheet_missing"])
        with self.assertRaises(GateRefused):
            lead.write({"phone": "+33 1 42 68 53 01", "stage_id": self.qualified.id})
        names = ["phone", "stage_id", "sheet_answer_dates", "sheet_missing"]
        self.assertEqual(lead.sudo().read(names), before)


@tagged("post_install", "-at_install")
class TestMainContact(SaveCase):
    """A company is scored again when what answers for it changes, and not searched else."""

    def setUp(self):
        super().setUp()
        phone = self.env.ref("crm_customer_sheet.question_phone")
        self.only(phone)
        phone.contact_required = "creation"
        self.versions._publish()
        self.company = self.env["res.partner"].create({"name": "Atlas", "is_company": True})
        self.person = self.env["res.partner"].create(
            {"name": "Salma", "parent_id": self.company.id, "phone": "0612345678"}
        )

    def assertReached(self, reached):
        self.assertEqual(self.company.sheet_completeness, 100 if reached else 0)

    def test_a_country_that_makes_the_number_invalid_counts(self):
        self.person.type = "contact"
        self.person.country_id = self.env.ref("base.fr")
        self.assertReached(True)
        self.person.phone = "061234"
        self.assertReached(False)
        self.person.phone = "+33612345678"
        self.assertReached(True)

    def test_a_main_contact_of_elsewhere_that_is_deleted_answers_no_more(self):
        other = self.env["res.partner"].create({"name": "Ada", "phone": "+33612345678"})
        self.person.phone = False
        self.company.sheet_main_contact_id = other
        self.assertReached(True)
        other.unlink()
        self.assertReached(False)

    def test_a_new_name_searches_no_company(self):
        seen = self.statements(self.person, function="Buyer")
        self.assertTrue(any("main_contact_id" in text and "WHERE" in text for text in seen))
        seen = self.statements(self.person, comment="<p>Away in August</p>")
        searches = [t for t in seen if "sheet_main_contact_id" in t.partition("WHERE")[2]]
        self.assertFalse([text for text in searches if text.strip().startswith("SELECT")])


@tagged("post_install", "-at_install")
class TestCompanyCountry(SaveCase):
    """The country of a company comes from Odoo's cache, and follows its card."""

    def test_numbers_are_read_with_the_new_country_of_the_company(self):
        company = self.env.company
        company.country_id = self.env.ref("base.fr")
        contact = self.env["res.partner"].create({"name": "Ada", "phone": "0612345678"})
        self.assertEqual(contact.sheet_phone_status, "valid")
        company.partner_id.country_id = self.env.ref("base.be")
        contact.phone = "0612345679"
        self.assertNotEqual(contact.sheet_phone_status, "valid")
        company.country_id = self.env.ref("base.fr")
        contact.phone = "0612345678"
        self.assertEqual(contact.sheet_phone_status, "valid")


@tagged("post_install", "-at_install")
class TestPartialFetch(SaveCase):
    """A save loads only what the record's own questions read, and scores as if it had all."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.a_lead = cls.env["crm.lead"].create({"name": "Request", "user_id": cls.rep.id})
        cls.a_partner = cls.env["res.partner"].create({"name": "Ada"})

    @SETTINGS
    @given(
        st.fixed_dictionaries(
            {},
            optional={
                "phone": st.sampled_from([False, "+33612345678", "xxx"]),
                "email_from": st.sampled_from([False, "ada@nestor.fr", "test@test.fr"]),
                "sheet_sector": st.sampled_from(["industry", "saas", "retail", False]),
                "sheet_typology": st.sampled_from(["b2b", "b2c"]),
                "sheet_need": st.sampled_from([False, "A machine", "xxx"]),
                "sheet_budget_max": st.sampled_from([0, 500]),
                "sheet_decision_maker": st.sampled_from([False, "Ada"]),
                "stage_id": st.integers(0, 2),
            },
        )
    )
    def test_leads_score_as_if_all_had_been_loaded(self, values):
        if "stage_id" in values:
            values["stage_id"] = (self.new, self.qualified, self.proposition)[values["stage_id"]].id
        self.assertScoredAsASet(self.a_lead, values)

    @SETTINGS
    @given(
        st.fixed_dictionaries(
            {},
            optional={
                "phone": st.sampled_from([False, "+33612345678", "xxx"]),
                "email": st.sampled_from([False, "ada@nestor.fr", "test@test.fr"]),
                "is_company": st.booleans(),
                "sheet_sector": st.sampled_from(["industry", "saas", False]),
                "sheet_maturity": st.sampled_from(["prospect", "new", "loyal"]),
                "street": st.sampled_from([False, "12 rue de la Paix"]),
                "function": st.sampled_from([False, "Buyer"]),
            },
        )
    )
    def test_contacts_score_as_if_all_had_been_loaded(self, values):
        self.assertScoredAsASet(self.a_partner, values)

    def assertScoredAsASet(self, record, values):
        self.env.flush_all()
        self.env.invalidate_all()
        record.write(values)
        self.env.flush_all()
        table = SQL.identifier(record._table)
        scores = record._sheet_plan().sql_scores(record, SQL("%s.id = %s", table, record.id))
        [(_id, *expected)] = self.env.execute_query(scores)
        found = SQL(
            "SELECT sheet_completeness, sheet_missing FROM %s WHERE id = %s", table, record.id
        )
        self.assertEqual(list(self.env.execute_query(found)[0]), expected)


@tagged("post_install", "-at_install")
class TestSaveQueries(SaveCase):
    """What a save costs beside stock's statements, named one by one."""

    def assertSaves(self, record, most, **values):
        """Check the statements of a save of other values, with warm caches of the server.

        :param most: ``{name of a field: statements}``
        """
        for name, (first, second) in values.items():
            self.saved(record, **{name: first})
            with self.subTest(name), self.assertQueryCount(most[name]):
                self.saved(record, **{name: second})

    @warmup
    def test_a_contact(self):
        contact = self.env["res.partner"].create({"name": "Ada", "email": "ada@nestor.fr"})
        self.assertSaves(
            contact,
            {"phone": 20, "email": 21, "name": 25},
            phone=("+33 1 42 68 53 00", "+33 1 42 68 53 01"),
            email=("ada@nestor.fr", "ada@atlas.fr"),
            name=("Ada Byron", "Ada Lovelace"),
        )

    @warmup
    def test_a_lead(self):
        lead = self.lead(type="opportunity", email_from="ada@nestor.fr", sheet_need="A machine")
        self.assertSaves(
            lead,
            {"phone": 20, "email_from": 19, "stage_id": 29, "sheet_need": 15},
            phone=("+33 1 42 68 53 00", "+33 1 42 68 53 01"),
            email_from=("ada@nestor.fr", "ada@atlas.fr"),
            stage_id=(self.new.id, self.qualified.id),
            sheet_need=("A machine", "Two machines"),
        )
