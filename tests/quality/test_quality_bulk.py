from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.tests import HttpCase, new_test_user, tagged

from ...models.quality.checks.hosts import RESULTS
from ..people import person
from ..upkeep import finish_many
from .common import QualityCase

typed = st.one_of(
    st.sampled_from(
        [
            False,
            "ada@atlas",
            "ada@gmial.com",
            "contact@yopmail.com",
            "0612",
            "01 42 68 53 00",
            "+212 661-234567",
            "732 829 320 00074",
            "FR40303265045",
            "JEAN DUPONT",
            "garage moulin sarl",
            "F-75001",
            "PARIS CEDEX 08",
        ]
    ),
    st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=30),
)
SETTINGS = settings(
    max_examples=120,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)


@tagged("post_install", "-at_install")
class TestQualityBulk(QualityCase):
    """Checks of thousands of records give what a save gives, and can be stopped and resumed."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.a_contact = cls.env["res.partner"].create({"name": "Ada"})
        cls.a_lead = cls.env["crm.lead"].create({"name": "Request"})

    def results(self, record):
        record.invalidate_recordset()
        return {name: record[name] or False for name in RESULTS}

    def assertSameInBulk(self, record):
        """Saving has computed the results; the bulk check finds the same from nothing."""
        self.env.flush_all()
        saved = self.results(record)
        blank = ", ".join(f"{name} = NULL" for name in RESULTS)
        self.env.cr.execute(f"UPDATE {record._table} SET {blank} WHERE id = %s", [record.id])
        record.invalidate_recordset()
        record._sheet_check(record.ids)
        self.assertEqual(self.results(record), saved)

    @SETTINGS
    @given(
        st.fixed_dictionaries(
            {
                "name": typed.map(lambda text: text or "Ada"),
                "email": typed,
                "phone": typed,
                "sheet_phone2": typed,
                "company_registry": typed,
                "vat": typed,
                "zip": typed,
                "city": typed,
            }
        ),
        st.sampled_from(["fr", "be", "ma", None]),
        st.booleans(),
    )
    def test_any_contact_saves_and_is_judged_the_same_in_bulk(self, values, country, is_company):
        country_id = country and self.env.ref(f"base.{country}").id
        self.a_contact.write({**values, "country_id": country_id, "is_company": is_company})
        self.assertSameInBulk(self.a_contact)

    @SETTINGS
    @given(
        st.fixed_dictionaries(
            {
                "partner_name": typed,
                "contact_name": typed,
                "email_from": typed,
                "phone": typed,
                "sheet_company_registry": typed,
                "sheet_vat": typed,
                "city": typed,
            }
        )
    )
    def test_any_lead_saves_and_is_judged_the_same_in_bulk(self, values):
        self.a_lead.write(values)
        self.assertSameInBulk(self.a_lead)

    def test_people_of_a_company_are_judged_the_same_in_bulk(self):
        company = self.contact(is_company=True, company_registry="732829321")
        self.assertSameInBulk(self.contact(parent_id=company.id, email="ada@atlas"))

    def test_the_bulk_check_leaves_write_dates_alone_and_scores_again(self):
        contact = self.contact(email="ada@atlas-meca.ma", phone="01 42 68 53 00")
        self.env.flush_all()
        before = contact.write_date
        self.assertNotIn("email", contact.sheet_missing or ())
        self.env.cr.execute(
            "UPDATE res_partner SET email = 'ada@atlas' WHERE id = %s", [contact.id]
        )
        contact.invalidate_recordset()
        contact._sheet_check(contact.ids)
        self.assertEqual(contact.write_date, before)
        self.assertIn("email", contact.sheet_missing)

    def test_queries_do_not_grow_with_the_batch(self):
        counts = {}
        for size in (5, 100):
            contacts = self.env["res.partner"].create(
                [{"name": "Ada", "email": f"a{n}@atlas{n}.ma"} for n in range(size)]
            )
            finish_many(self)
            before = self.env.cr.sql_log_count
            contacts._sheet_check(contacts.ids)
            counts[size] = self.env.cr.sql_log_count - before
        self.assertEqual(counts[5], counts[100])

    # -- runs ------------------------------------------------------------------

    def test_check_my_data_shows_what_it_found(self):
        bad = self.contact(email="ada@atlas") | self.contact(email="bob@atlas")
        good = self.contact(phone="01 42 68 53 00")
        action = (bad | good).action_sheet_check()
        run = self.runs.with_user(self.rep).browse(action["res_id"])
        self.assertEqual((run.state, run.done, run.progress), ("done", 3, 100))
        figures = {(f.kind, f.status, f.reason): f for f in run.figure_ids}
        figure = figures["email", "invalid", "no_dot"]
        self.assertEqual((figure.count, figure.share), (2, 1.0))
        self.assertEqual(figures["phone", "valid", False].count, 1)
        opened = figure.action_open()
        self.assertEqual(self.env["res.partner"].search(opened["domain"]), bad)

    def test_the_nightly_check_takes_what_changed(self):
        contact = self.contact(email="ada@atlas-meca.ma")
        self.env.flush_all()
        self.env.cr.execute(
            "UPDATE res_partner SET email = 'ada@atlas', write_date = now() + '1 hour'"
            " WHERE id = %s",
            [contact.id],
        )
        contact.invalidate_recordset()
        self.runs._cron_nightly()
        self.run_to_end()
        self.assertStatus(contact, "email", "invalid", "no_dot")
        self.assertFalse(self.runs.search([("state", "=", "running")]))

    def test_a_check_goes_on_where_it_was_stopped(self):
        contacts = self.env["res.partner"].create([{"name": f"A{n}"} for n in range(2050)])
        run = self.runs._start("res.partner", "selection", contacts.ids)
        self.assertEqual((run.state, run.done, run.progress), ("running", 0, 0))
        run._advance()
        self.assertEqual((run.done, run.progress), (2000, 97))
        self.run_to_end()
        self.assertEqual((run.state, run.done, run.progress), ("done", 2050, 100))

    def test_a_steward_can_stop_a_check(self):
        run = self.runs._start("res.partner", "all")
        run.with_user(self.steward).action_stop()
        self.run_to_end()
        self.assertEqual((run.state, run.done), ("stopped", 0))

    def test_old_runs_are_forgotten(self):
        run = self.runs._start("res.partner", "selection", self.a_contact.ids)
        run.ended_on = "2020-01-01"
        self.runs._cron_nightly()
        self.assertFalse(run.exists())


@tagged("post_install", "-at_install")
class TestQualityExport(HttpCase):
    """The values to correct are downloaded by those who may see the records."""

    def setUp(self):
        super().setUp()
        groups = "crm_customer_sheet.group_sheet_steward,base.group_user"
        self.steward = new_test_user(
            self.env, "csv_steward", password="csv_steward1", groups=groups
        )
        self.rep = person(self.env, "rep", "csv_rep", password="csv_rep_pw1")
        contacts = self.env["res.partner"].create(
            [{"name": "=1+1", "email": "ada@atlas"}, {"name": "Bob", "phone": "+33 0612"}]
        )
        self.run_ = self.env["customer.sheet.quality.run"]._start(
            "res.partner", "selection", contacts.ids
        )
        self.url = f"/customer_sheet/quality/{self.run_.id}.csv"

    def test_a_steward_downloads_what_is_to_correct(self):
        self.authenticate("csv_steward", "csv_steward1")
        response = self.url_open(self.url)
        self.assertEqual(response.status_code, 200)
        text = response.content.decode("utf-8-sig")
        self.assertIn("'=1+1,Email,ada@atlas,Invalid,The part after the “@” has no dot", text)
        self.assertIn("'+33 0612", text)

    def test_others_download_nothing(self):
        self.authenticate("csv_rep", "csv_rep_pw1")
        self.assertNotIn("ada@atlas", self.url_open(self.url).text)
        self.authenticate(None, None)
        self.assertNotIn("ada@atlas", self.url_open(self.url).text)
