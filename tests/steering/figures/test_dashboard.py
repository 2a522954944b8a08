from freezegun import freeze_time

from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tests import tagged

from ....models.steering.figures.declared import Kpi
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

    def test_neither_all_nor_none_is_said_of_what_is_not(self):
        for part, whole, shown in (
            (9997, 10000, ">99.9%"),
            (9960, 10000, "99.6%"),
            (3, 10000, "<0.1%"),
            (995, 1000, "99.5%"),
            (96, 100, "96%"),
            (12, 1000, "1.2%"),
            (1, 3, "33%"),
            (0, 10000, "0%"),
            (10000, 10000, "100%"),
        ):
            self.values.search([("kpi_id", "=", self.conversion.id)]).unlink()
            self.frozen(self.conversion, "2026-08-01", part, whole)
            self.assertEqual(self.tile(self.conversion).shown, shown)
            self.conversion.invalidate_recordset()

    def test_what_is_too_little_to_be_shown_is_no_change(self):
        self.values.search([("kpi_id", "=", self.conversion.id)]).unlink()
        self.frozen(self.conversion, "2026-07-31", 5000, 10000)
        self.frozen(self.conversion, "2026-08-01", 5003, 10000)
        tile = self.tile(self.conversion)
        self.assertEqual((tile.change, tile.change_state), ("±0.0 points", "same"))

    def test_a_target_is_a_number_that_can_be_reached(self):
        boss = self.conversion.with_user(self.manager)
        for target in (float("nan"), float("inf"), float("-inf"), -5, 101, 1e308):
            with self.subTest(target=target), self.assertRaises(ValidationError):
                boss.target = target
        for target in (0, 0.5, 100):
            boss.target = target

    def test_nothing_at_all_may_be_a_target(self):
        boss = self.duplicates.with_user(self.manager)
        self.assertFalse(self.tile(self.duplicates).target_shown)
        boss.has_target = True
        tile = self.tile(self.duplicates)
        self.assertEqual((tile.target_shown, tile.target_state), ("0%", "missed"))
        self.values.search([("kpi_id", "=", self.duplicates.id)]).unlink()
        self.frozen(self.duplicates, "2026-08-01", 0)
        self.duplicates.invalidate_recordset()
        self.assertEqual(self.tile(self.duplicates).target_state, "reached")
        boss.has_target = False
        self.assertFalse(self.tile(self.duplicates).target_shown)

    def test_nothing_is_told_of_another_companys_teams_and_segments(self):
        segment = self.env["customer.sheet.segment"].create(
            {"name": "Theirs", "model": "res.partner", "company_id": self.there.id}
        )
        team = self.env["crm.team"].create({"name": "Theirs", "company_id": self.there.id})
        cells = [
            self.frozen(
                self.duplicates, "2026-08-01", 9, dimension=dimension, key="1", **{name: of}
            )
            for dimension, name, of in (
                ("live_segment", "live_segment_id", segment.id),
                ("team", "team_id", team.id),
            )
        ]
        for companies, seen in ((self.here, 0), (self.here + self.there, 1), (self.there, 1)):
            values = self.values.with_user(self.clerk).with_context(
                allowed_company_ids=companies.ids
            )
            for cell in cells:
                self.assertEqual(values.search_count([("id", "=", cell.id)]), seen)

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

    def test_a_figure_that_is_old_says_so(self):
        for day, is_old in (("2026-08-01", False), ("2026-07-30", False), ("2026-07-28", True)):
            self.values.search([("kpi_id", "=", self.conversion.id)]).unlink()
            self.frozen(self.conversion, day, 50)
            self.conversion.invalidate_recordset()
            self.assertEqual(bool(self.tile(self.conversion).outdated), is_old, day)
        self.assertIn("not since", self.tile(self.conversion).outdated)
        self.assertFalse(self.tile(self.conversion, self.rep).outdated)

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

    def test_own_amounts_of_other_currencies_are_converted(self):
        dirham = self.env.ref("base.MAD")
        dirham.active = True
        self.there.currency_id = dirham
        self.env["res.currency.rate"].create(
            {"currency_id": dirham.id, "company_id": self.here.id, "name": "2026-01-01", "rate": 10}
        )
        buyers = self.env["res.partner"].create(
            [{"name": name, "user_id": self.rep.id} for name in ("Ada", "Bob")]
        )
        self.env["customer.sheet.purchase"].create(
            [
                {"partner_id": buyer.id, "company_id": company.id, "orders": 1, "value": value}
                for buyer, company, value in zip(
                    buyers, (self.here, self.there), (100, 500), strict=True
                )
            ]
        )
        kpi = Kpi(
            "own_value",
            "Value",
            "",
            "customer.sheet.purchase",
            whole=Domain("orders", ">", 0),
            sums=("value",),
            money=("part",),
            unit="amount",
        )
        kpis = self.kpis.with_user(self.rep).with_context(
            allowed_company_ids=(self.here + self.there).ids
        )
        pair = kpis._pairs([kpi], kpis._own_domain)["own_value"]
        self.assertEqual((pair["part"], pair["whole"]), (150, 2))

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
