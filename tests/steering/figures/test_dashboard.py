from freezegun import freeze_time

from odoo.tests import tagged

from .figures_common import FiguresCase

NAMES = "name words shown counts missing todo target_shown target_state change change_state"
SPECIFICATION = {name: {} for name in f"{NAMES} change_year points is_own has_history".split()}


@tagged("post_install", "-at_install")
@freeze_time("2026-08-01 08:00:00")
class TestDashboard(FiguresCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.conversion = cls.kpis.search([("code", "=", "conversion")])
        cls.duplicates = cls.kpis.search([("code", "=", "duplicates_contacts")])
        for kpi in cls.conversion + cls.duplicates:
            for day, part in (("2025-08-31", 20), ("2026-07-31", 40), ("2026-08-01", 50)):
                cls.frozen(kpi, day, part)

    @classmethod
    def frozen(cls, kpi, day, part, whole=100, **values):
        return cls.values.create(
            {
                "kpi_id": kpi.id,
                "day": day,
                "version": kpi.version,
                "dimension": "all",
                "key": "",
                "part": part,
                "whole": whole,
                "count": whole,
                **values,
            }
        )

    def tile(self, kpi, user=None, companies=None):
        return self.figure(kpi.code, user, companies)

    def test_a_tile_says_how_much_of_how_many_and_since_when(self):
        tile = self.tile(self.conversion)
        self.assertEqual(tile.shown, "50%")
        self.assertEqual(tile.counts, "50 of 100")
        self.assertEqual(tile.todo, "50 to look at")
        self.assertEqual((tile.change, tile.change_state), ("+10.0 points", "better"))
        self.assertEqual(tile.change_year, "+30.0 points")
        self.assertEqual([point["shown"] for point in tile.points], ["20%", "40%", "50%"])

    def test_less_is_better_for_some(self):
        tile = self.tile(self.duplicates)
        self.assertEqual((tile.change, tile.change_state), ("+10.0 points", "worse"))
        self.duplicates.target = 60
        self.conversion.target = 60
        self.assertEqual(self.tile(self.duplicates).target_state, "reached")
        self.assertEqual(self.tile(self.conversion).target_state, "missed")
        self.assertEqual(self.tile(self.conversion).target_shown, "60%")

    def test_companies_are_added_up_as_one_chooses_them(self):
        self.frozen(self.conversion, "2026-08-01", 0, 100, company_id=self.there.id)
        self.assertEqual(self.tile(self.conversion, companies=self.here).shown, "50%")
        self.assertEqual(self.tile(self.conversion).shown, "25%")

    def test_branches_see_contacts_of_their_mother_as_odoo_shows_them(self):
        branch = self.env["res.company"].create({"name": "Branch", "parent_id": self.here.id})
        self.clerk.company_ids += branch
        for kpi in self.conversion + self.duplicates:
            self.frozen(kpi, "2026-08-01", 0, 100, company_id=self.here.id)
        self.assertEqual(self.tile(self.conversion, companies=branch).counts, "50 of 100")
        self.assertEqual(self.tile(self.duplicates, companies=branch).counts, "50 of 200")

    def test_nothing_counted_is_said_and_not_zero(self):
        kpi = self.kpis.search([("code", "=", "promising_qualified")])
        kpi.sudo().counted_on = False
        self.assertIn("every night", self.tile(kpi).counts)
        kpi.sudo().counted_on = "2026-08-01"
        tile = self.tile(kpi)
        self.assertEqual((tile.shown, tile.counts), ("–", "Nothing to count"))
        self.assertFalse(tile.todo or tile.change or tile.points)

    def test_amounts_of_other_currencies_are_converted(self):
        dirham = self.env.ref("base.MAD")
        dirham.active = True
        self.there.currency_id = dirham
        rates = self.env["res.currency.rate"]
        rates.create({"currency_id": dirham.id, "rate": 10, "name": "2026-01-01"})
        declared = self.kpis._by_code()["conversion"]
        money = declared._replace(code="money", unit="amount", money=("part",), sums=("id",))
        kpis = type(self.kpis)._kpis
        self.patch(type(self.kpis), "_kpis", lambda s, day: [*kpis(s, day), money])
        self.kpis._declare()
        kpi = self.kpis.search([("code", "=", "money")])
        self.frozen(kpi, "2026-08-01", 1000, 1, company_id=self.here.id)
        self.frozen(kpi, "2026-08-01", 2000, 1, company_id=self.there.id)
        self.assertIn("600", self.tile(kpi).shown)
        self.assertEqual(self.tile(kpi).counts, "average of 2")

    def test_who_sees_which(self):
        seen = {
            user: set(self.kpis.with_user(user).search([("is_declared", "=", True)]).mapped("code"))
            for user in (self.rep, self.clerk, self.officer)
        }
        self.assertNotIn("conversion", seen[self.officer])
        self.assertIn("duplicates_contacts", seen[self.officer])
        self.assertEqual(seen[self.clerk] - seen[self.rep], {"owner_leads"})

    def test_eight_queries_at_most(self):
        for user in (self.clerk, self.rep):
            kpis = self.kpis.with_user(user).with_context(allowed_company_ids=self.here.ids)
            domain = [("is_declared", "=", True)]
            kpis.web_search_read(domain, SPECIFICATION)
            self.env.invalidate_all()
            with self.assertQueryCount(8):
                kpis.web_search_read(domain, SPECIFICATION)

    def test_they_are_found_by_their_names(self):
        found = self.kpis.with_user(self.clerk).search([("name", "ilike", "conversion")])
        self.assertEqual(found, self.conversion)

    def test_history_opens_the_figure_in_percent(self):
        action = self.tile(self.conversion).action_history()
        self.assertEqual(action["domain"], [("kpi_id", "=", self.conversion.id)])
        values = self.values.with_user(self.clerk).search(action["domain"])
        self.assertEqual(len(values), 3)
