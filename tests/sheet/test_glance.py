from odoo.tests import tagged, warmup

from .glance_common import GlanceCase


@tagged("post_install", "-at_install")
class TestGlance(GlanceCase):
    """What a form asks after its paint is four queries at most."""

    def glance(self, record, values=None):
        self.cold()
        return self.mine(record).sheet_glance(values)

    @warmup
    def test_of_a_filled_lead(self):
        self.glance(self.prospect)
        self.cold()
        with self.assertQueryCount(4):
            self.mine(self.prospect).sheet_glance()

    @warmup
    def test_of_a_filled_contact(self):
        self.glance(self.customer)
        self.cold()
        with self.assertQueryCount(4):
            self.mine(self.customer).sheet_glance()
