from datetime import date

from odoo.tests import TransactionCase

from ..people import people

#: A month in which nothing else happened.
MONTH = date(2031, 1, 1)


class ReviewCase(TransactionCase):
    """A base with one lead that lacks much, and one without a salesperson; others are put away."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rep, cls.steward, cls.officer, cls.manager = people(
            cls.env, "rep", "steward", "officer", "manager"
        )
        cls.reviews = cls.env["customer.sheet.review"]
        cls.env["crm.lead"].search([]).active = False
        cls.env["res.partner"].search(cls.env["res.partner"]._sheet_domain()).active = False
        for key in ("reviewer_id",):
            parameters = cls.env["ir.config_parameter"].sudo()
            parameters.set_param(f"crm_customer_sheet.{key}", cls.steward.id)
        create = cls.env["crm.lead"].create
        cls.ours = create({"name": "Kitchen", "type": "opportunity", "user_id": cls.rep.id})
        cls.nobodys = create({"name": "Roof", "type": "opportunity", "user_id": False})

    def open(self, kind="month"):
        """Return a review that has just been opened, as the steward sees it."""
        self.env.flush_all()
        return self.reviews._open_period(kind, MONTH).with_user(self.steward)

    def line(self, review, worklist, owner=None):
        """Return the one line of a worklist and an owner."""
        lines = review.line_ids.filtered(lambda line: line.worklist == worklist)
        if owner is not None:
            lines = lines.filtered(lambda line: line.owner_id == owner)
        self.assertEqual(len(lines), 1)
        return lines

    def accept_all(self, review, because="Nobody can mend it"):
        """Say of all that is open why it stays, and find the sample right."""
        still = review.line_ids.filtered(lambda line: line.state == "open")
        still.filtered(lambda line: line.worklist == "sample").verdict = "right"
        still.filtered(lambda line: line.worklist != "sample").because = because
