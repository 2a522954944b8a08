"""Registers that answer on a local port."""

from unittest.mock import patch

from odoo.tests import TransactionCase, tagged

from ...people import person
from . import samples, stand_in
from .stand_in import StandIn

KEY = "0b5f6c1e"


def switch_on(test, code, answer):
    """Return a stand-in that answers in the place of a register, which is switched on.

    How often it is asked is not counted: that would outlive the test.

    :param test: a test case or, for all its tests, its class
    """
    clean = test.addClassCleanup if isinstance(test, type) else test.addCleanup
    server = StandIn(answer)
    clean(server.stop)
    patcher = patch.object(test.registry["customer.sheet.register.pace"], "_run", _uncounted)
    patcher.start()
    clean(patcher.stop)
    register = test.env["customer.sheet.register"].search([("code", "=", code)])
    register.sudo().write({"state": "on", "base_url": server.url, "key": KEY})
    return register, server


def _uncounted(self, statement):
    return (0.0, True)


@tagged("post_install", "-at_install")
class RegisterCase(TransactionCase):
    """A French register that knows one company, and a user who asks it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.companies = [samples.company()]
        french, cls.server = switch_on(cls, "france", stand_in.france(cls.companies))
        cls.french = french.with_user(person(cls.env, "rep"))

    def setUp(self):
        super().setUp()
        self.addCleanup(self.server.well)
        self.addCleanup(self.companies.__setitem__, slice(None), [samples.company()])
        self.server.requests.clear()
