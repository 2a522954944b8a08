from datetime import datetime, timedelta

from odoo import fields
from odoo.tools import SQL

from .common import QualificationCase

PARAMETER = "crm_customer_sheet.{}".format


class ScoreCase(QualificationCase):
    """The shipped factors, and leads that a near deadline makes hot."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.factors = cls.env["customer.sheet.score.factor"].search([])
        cls.parameters = cls.env["ir.config_parameter"]
        cls.soon = fields.Date.add(fields.Date.today(), days=10)
        cls.referral = cls.env.ref("crm_customer_sheet.option_source_referral")

    def factor(self, name):
        return self.factors.filtered(lambda factor: factor.factor == name)

    def only(self, **weights):
        """Let these factors count and no other."""
        for factor in self.factors:
            factor.weight = weights.get(factor.factor, 0)

    def saved(self):
        """Let a transaction end: scores are flushed, what follows from them is done."""
        self.env.flush_all()
        self.env.cr.precommit.run()
        self.env.flush_all()
        self.env.invalidate_all()

    def calls(self, lead):
        return lead.sudo().activity_ids.filtered(lambda a: a.summary == "Hot lead: call today")

    def hot(self, **values):
        """Return a lead that the deadline alone makes hot."""
        self.only(urgency=10)
        return self.lead(**{"sheet_deadline": self.soon, **values})

    def age(self, table, column, hours):
        """The clock of a transaction stands still: set a date by hand."""
        when = datetime.now() - timedelta(hours=hours)
        names = SQL.identifier(table), SQL.identifier(column)
        self.env.cr.execute(SQL("UPDATE %s SET %s = %s", *names, when))
        self.env.invalidate_all()
