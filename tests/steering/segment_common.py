from odoo.tests import TransactionCase

from ..people import people

FIELD = "sheet_segment_ids"


class SegmentCase(TransactionCase):
    """Six leads of a rep and a rival, and what makes segments of them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(context={**cls.env.context, "tracking_disable": True})
        cls.env["customer.sheet.routing.rule"].search([("is_on", "=", True)]).is_on = False
        cls.segments = cls.env["customer.sheet.segment"]
        cls.segments.search([]).active = False
        cls.rep, cls.rival, cls.steward, cls.boss = people(
            cls.env, "rep", "rival", "steward", "manager"
        )
        cls.leads = cls.env["crm.lead"].create(
            [
                {"name": f"Segmented {sector} {user.login}", "user_id": user.id}
                | {"sheet_sector": sector, "type": "opportunity"}
                for user in (cls.rep, cls.rival)
                for sector in ("industry", "industry", "retail")
            ]
        )

    @classmethod
    def segment(cls, name="Industry", domain="[('sheet_sector', '=', 'industry')]", **values):
        return cls.segments.create({"name": name, "domain": domain, **values})

    def found(self, domain, user=None):
        """Return who of our leads is found."""
        leads = self.env["crm.lead"].with_user(user or self.env.user)
        return leads.search([("id", "in", self.leads.ids), *domain])
