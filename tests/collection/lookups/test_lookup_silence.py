"""Typing, saving and importing ask nobody (bar 10)."""

import socket
from unittest.mock import patch

from odoo.tests import Form, tagged

from .lookup_common import SIREN, LookupCase


def _refuse(*args, **kwargs):
    raise AssertionError(f"a connection is opened to {args[1:]}")


@tagged("post_install", "-at_install")
class TestLookupSilence(LookupCase):
    """All registers are on, and every socket is guarded."""

    def setUp(self):
        super().setUp()
        for name in ("connect", "connect_ex"):
            guard = patch.object(socket.socket, name, _refuse)
            guard.start()
            self.addCleanup(guard.stop)
        guard = patch.object(socket, "getaddrinfo", _refuse)
        guard.start()
        self.addCleanup(guard.stop)

    def test_the_guard_guards(self):
        with self.assertRaises(AssertionError):
            socket.create_connection(("127.0.0.1", 9))

    def test_typing(self):
        leads = self.env["crm.lead"].with_user(self.rep)
        with Form(leads.with_context(sheet_page_view_ref="whole")) as form:
            form.name = "Typed"
            form.partner_name = "Ateliers du Verdon"
            form.country_id = self.fr
            form.sheet_company_registry = SIREN
            form.sheet_vat = "FR44732829320"
        leads.sheet_check_typed("sheet_vat", "FR44732829320", self.fr.id)
        leads.sheet_glance({"name": "Typed", "partner_name": "Ateliers du Verdon"})
        form.record.sheet_glance()

    def test_saving(self):
        self.firm.write({"company_registry": SIREN, "vat": "FR44732829320"})
        self.env["res.partner"].create({"name": "New", "is_company": True, "vat": "BE0999999922"})
        self.env.flush_all()
        self.firm.with_user(self.keeper).copy()

    def test_importing(self):
        columns = ["name", "partner_name", "sheet_company_registry", "sheet_vat"]
        rows = [[f"Lead {n}", "Ateliers du Verdon", SIREN, "FR44732829320"] for n in range(30)]
        result = self.env["crm.lead"].with_context(import_file=True).load(columns, rows)
        self.assertFalse(result["messages"])
        self.env.flush_all()

    def test_the_checks_of_everything(self):
        self.env["res.partner"]._sheet_check(self.firm.ids)
