from collections import defaultdict
from statistics import median_low

from freezegun import freeze_time
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.tests import tagged

from ....models.steering.dashboard.pair import Pair
from .figures_common import FiguresCase

#: By figure, an independent recount: table, whole, part, not judged yet.
SHEET = "t.type = 'contact' AND t.partner_share"
MERGED = "t.sheet_merged_into_id IS NOT NULL"
NEW = "t.create_date >= '2026-07-01' AND t.create_date < '2026-08-01'"
OPEN = "t.active AND t.won_status = 'pending'"
CHECKED = "t.active AND {sheet} AND t.{value} IS NOT NULL AND t.sheet_{kind}_status IN {states}"
JUDGED = "('valid', 'doubtful', 'invalid')"
RECOUNT = {
    "complete_contacts": (
        "res_partner",
        f"t.active AND {SHEET} AND t.sheet_completeness IS NOT NULL",
        "t.sheet_missing IS NULL",
    ),
    "complete_leads": (
        "crm_lead",
        f"{OPEN} AND t.sheet_completeness IS NOT NULL",
        "t.sheet_missing IS NULL",
    ),
    "duplicates_contacts": ("res_partner", f"{SHEET} AND (t.active OR {MERGED})", MERGED),
    "duplicates_leads": (
        "crm_lead",
        f"t.partner_id IS NULL AND (t.active OR {MERGED})",
        MERGED,
    ),
    "new_duplicates_leads": (
        "crm_lead",
        f"{NEW} AND t.partner_id IS NULL AND (t.active OR {MERGED})",
        MERGED,
    ),
    "email_contacts": (
        "res_partner",
        CHECKED.format(sheet=SHEET, value="email", kind="email", states=JUDGED),
        "t.sheet_email_status = 'valid'",
        CHECKED.format(sheet=SHEET, value="email", kind="email", states="('unchecked')"),
    ),
    "phone_leads": (
        "crm_lead",
        CHECKED.format(sheet=OPEN, value="phone", kind="phone", states=JUDGED),
        "t.sheet_phone_status = 'valid'",
        CHECKED.format(sheet=OPEN, value="phone", kind="phone", states="('unchecked')"),
    ),
    "opt_in_prospecting": (
        "res_partner",
        f"t.active AND {SHEET} AND t.sheet_typology = 'b2c'",
        "FALSE",
    ),
    "qualification_time": (
        "crm_lead",
        f"t.sheet_qualified_at >= '2026-07-02' AND t.sheet_qualified_at < '2026-08-01'"
        f" AND NOT {MERGED}",
        None,
        f"t.create_date >= '2026-07-02' AND t.create_date < '2026-08-01' AND {OPEN}"
        " AND t.sheet_qualified_at IS NULL",
    ),
    "promising_qualified": (
        "crm_lead",
        f"t.sheet_mql_at >= '2026-04-03' AND t.sheet_mql_at < '2026-05-03' AND NOT {MERGED}",
        "t.sheet_qualified_at < t.sheet_mql_at + interval '90 days'",
        f"t.sheet_mql_at >= '2026-05-03' AND t.sheet_mql_at < '2026-08-01' AND NOT {MERGED}",
    ),
    "conversion": (
        "crm_lead",
        "t.date_closed >= '2026-07-02' AND t.date_closed < '2026-08-01'"
        f" AND t.won_status IN ('won', 'lost') AND NOT {MERGED}",
        "t.won_status = 'won'",
    ),
    "owner_leads": ("crm_lead", OPEN, "t.user_id IS NOT NULL"),
}


@tagged("post_install", "-at_install")
@freeze_time("2026-08-01 03:00:00")
class TestFigures(FiguresCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.make_some()
        cls.kpis._cron_snapshot()

    def recount(self, code, companies, user=None):
        """Return whole, part and not judged yet of plain SQL."""
        table, whole, part, missing = (*RECOUNT[code], "FALSE")[:4]
        part = part or "FALSE"
        own = "TRUE" if user is None else "t.user_id = %(user)s"
        self.env.cr.execute(
            f"SELECT count(*) FILTER (WHERE {whole}), count(*) FILTER (WHERE {whole} AND {part}),"
            f" count(*) FILTER (WHERE {missing}) FROM {table} t"
            f" WHERE (t.company_id IS NULL OR t.company_id IN %(companies)s) AND {own}",
            {"companies": companies._ids, "user": user and user.id},
        )
        return self.env.cr.fetchone()

    def listed(self, kpi, action):
        """Return how many records the list of an action shows to the user."""
        action = getattr(kpi, action)()
        model = kpi.env[action["res_model"]].with_context(**action["context"])
        return model.search_count(action["domain"])

    def test_each_is_what_is_counted_by_hand_and_what_its_list_shows(self):
        """For each role and each choice of companies."""
        for user in (self.clerk, self.steward, self.officer, self.manager):
            for companies in (self.here, self.there, self.here + self.there):
                for code in RECOUNT:
                    self.check(code, user, companies, None)

    def test_salespeople_see_their_own_counted_now(self):
        for companies in (self.here, self.here + self.there):
            for code in RECOUNT.keys() - {"owner_leads"}:
                self.check(code, self.rep, companies, self.rep)

    def check(self, code, user, companies, own):
        kpi = self.figure(code, user, companies)
        if not kpi.search_count([("id", "=", kpi.id)]):
            self.assertEqual((user, kpi.host), (self.officer, "crm.lead"))
            return
        with self.subTest(code=code, user=user.login, companies=companies.mapped("name")):
            whole, part, missing = self.recount(code, companies, own)
            self.assertEqual(kpi.is_own, bool(own))
            self.assertEqual(self.listed(kpi, "action_open"), whole)
            self.assertEqual(self.listed(kpi, "action_open_missing"), missing)
            pair = self.pair_of(kpi, own)
            self.assertEqual((pair.whole, pair.missing), (whole, missing))
            if RECOUNT[code][2]:
                self.assertEqual(pair.part, part)
                todo = part if kpi.better == "less" else whole - part
                self.assertEqual(self.listed(kpi, "action_open_todo"), todo)

    def pair_of(self, kpi, own):
        if own:
            return Pair.of(kpi._own_pairs([kpi._by_code()[kpi.code]]).values())
        return kpi._histories()[kpi.id][-1].pair if kpi._histories() else Pair(0, 0, 0, {})

    def test_what_reviews_count_now(self):
        for company in (self.here, self.there, None):
            now = self.kpis.with_user(self.rep)._now(company)
            for code in RECOUNT:
                whole, part, _missing = self.recount(code, company or self.all_companies())
                self.assertEqual(now[code][1], whole, code)
                if RECOUNT[code][2]:
                    self.assertEqual(now[code][0], part, code)

    def all_companies(self):
        return self.env["res.company"].search([])

    def test_cells_of_a_dimension_that_are_too_small_are_not_kept(self):
        table, whole, part = RECOUNT["complete_contacts"]
        self.env.cr.execute(
            f"SELECT company_id, COALESCE(sheet_sector, ''), count(*),"
            f" count(*) FILTER (WHERE {part}) FROM {table} t WHERE {whole} GROUP BY 1, 2"
        )
        expected = {row[:2]: row[2:] for row in self.env.cr.fetchall() if row[2] >= 5}
        cells = self.cells("complete_contacts", "sector")
        found = {(c.company_id.id or None, c.key): (c.whole, c.part) for c in cells}
        self.assertEqual(found, expected)
        self.assertEqual({c.sector or "" for c in cells}, {c.key for c in cells})

    def test_a_rate_is_right_on_any_grouping(self):
        """Part by whole, never an average of rates."""
        values = self.values.with_user(self.clerk).with_context(
            allowed_company_ids=(self.here + self.there).ids
        )
        for groupby in (["dimension"], ["sector"], ["kpi_id"], ["company_id", "dimension"], []):
            expected = defaultdict(lambda: [0, 0])
            for cell in values.search([]):
                sums = expected[tuple(cell[name] for name in groupby)]
                sums[0] += cell.part
                sums[1] += cell.whole
            for *group, rate in values._read_group([], groupby, ["rate:avg"]):
                part, whole = expected[tuple(group)]
                if whole:
                    self.assertAlmostEqual(rate, part / whole)
                else:
                    self.assertIsNone(rate)

    def test_days_until_qualified_have_a_middle(self):
        leads = self.env["crm.lead"].with_context(active_test=False)
        domain = self.kpis._by_code()["qualification_time"].whole
        days = [max(lead.sheet_days_to_qualify, 0) for lead in leads.search(domain)]
        pair = self.pair_of(self.figure("qualification_time", companies=self.all_companies()), None)
        everywhere = Pair.of([cell.read()[0] for cell in self.cells("qualification_time")])
        self.assertEqual(everywhere.quantile(0.5), median_low(days))
        self.assertEqual(everywhere.part, sum(days))
        self.assertLessEqual(pair.quantile(0.5), pair.quantile(0.8))

    def test_answers_given_of_those_asked_for(self):
        """Over all sheets together: a sheet with many questions weighs more."""
        cells = self.cells("answers_contacts")
        self.assertEqual(
            sum(cells.mapped("count")), self.recount("complete_contacts", self.all_companies())[0]
        )
        sheets = self.env["res.partner"].search(self.kpis._by_code()["answers_contacts"].whole)
        asked = sum(
            sum(
                question.counts(sheet._sheet_audience())
                for question in sheet._sheet_plan().counting
            )
            for sheet in sheets
        )
        self.assertEqual(sum(cells.mapped("whole")), asked)
        missing = sum(len(sheet.sheet_missing or ()) for sheet in sheets)
        self.assertEqual(sum(cells.mapped("part")), asked - missing)


class TestPair(FiguresCase):
    @settings(deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(st.lists(st.lists(st.integers(0, 400), max_size=20), max_size=4))
    def test_the_middle_of_several_cells_is_that_of_all_records(self, cells):
        rows = [
            {
                "part": sum(days),
                "whole": len(days),
                "missing": 0,
                "spread": {str(day): days.count(day) for day in days} or False,
            }
            for days in cells
        ]
        every = [day for days in cells for day in days]
        pair = Pair.of(rows)
        self.assertEqual(pair.quantile(0.5), median_low(every) if every else 0)
        self.assertEqual(pair.rate, sum(every) / len(every) if every else 0)
