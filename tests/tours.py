"""What tours have in common."""

from odoo.tests import HttpCase


class TourCase(HttpCase):
    """A browser, at a desk unless said otherwise."""

    def on_phone(self):
        """Go on with the screen of a phone."""
        self.browser_size = "375x667"
        self.touch_enabled = True

    def tour(self, name, path="/odoo/crm", user=None):
        """Walk a tour of the module, as the rep of the test unless said otherwise."""
        self.start_tour(path, f"crm_customer_sheet_{name}", login=(user or self.rep).login)
