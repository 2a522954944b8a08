from odoo import fields
from odoo.tests import tagged

from ...axe import AxeCase, needs_axe
from ...tours import TourCase
from .figures_common import FiguresCase

PATH = "/odoo/action-crm_customer_sheet.customer_sheet_kpi_action"


class Dashboard(FiguresCase):
    """A figure of two months, and contacts behind it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["res.partner"].create([{"name": f"Figured {n}"} for n in range(3)])
        cls.kpis._cron_snapshot()
        for value in cls.values.search([("dimension", "=", "all")]):
            value.copy({"day": fields.Date.subtract(value.day, months=1)})


@tagged("post_install", "-at_install")
class TestDashboardTours(TourCase, Dashboard):
    def test_from_a_figure_to_its_records(self):
        self.tour("dashboard", PATH, self.clerk)


@needs_axe
@tagged("post_install", "-at_install")
class TestDashboardAxe(AxeCase, Dashboard):
    def test_everybody_can_read_it(self):
        self.check_page(PATH, shown=".o_sheet_curve", login=self.clerk.login)

    def test_on_a_phone_too(self):
        self.on_phone()
        self.check_page(PATH, shown=".o_sheet_curve", login=self.clerk.login)
