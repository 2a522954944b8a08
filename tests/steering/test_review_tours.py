from odoo.tests import tagged

from ..people import people
from ..tours import TourCase
from .review_common import MONTH


@tagged("post_install", "-at_install")
class TestReviewTours(TourCase):
    def test_a_month_is_played_through_to_its_signature(self):
        self.rep, self.steward = people(self.env, "rep", "steward")
        self.env["crm.lead"].search([]).active = False
        contacts = self.env["res.partner"]
        contacts.search(contacts._sheet_domain()).active = False
        leads = self.env["crm.lead"]
        leads.create({"name": "Kitchen", "type": "opportunity", "user_id": self.rep.id})
        nobodys = leads.create({"name": "Roof", "type": "opportunity", "user_id": False})
        self.env.flush_all()
        review = self.env["customer.sheet.review"]._open_period("month", MONTH)
        review.line_ids.filtered(
            lambda line: line.worklist not in ("unowned", "incomplete") or not line.owner_id
        ).filtered(lambda line: line.worklist != "unowned").because = "Not here"
        nobodys.user_id = self.rep
        path = f"/odoo/action-crm_customer_sheet.customer_sheet_review_action/{review.id}"
        self.tour("review_month", path, self.steward)
        self.env.invalidate_all()
        self.assertEqual((review.state, review.done_by_id), ("done", self.steward))
        self.assertTrue(review.is_intact)
        self.assertEqual(review.frozen["conclusion"], "The shop asks for the e-mail")
