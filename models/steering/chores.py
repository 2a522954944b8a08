from odoo import api, models

from ..sheet.upkeep import WEEKLY, Chore


class CustomerSheetChore(models.Model):
    _inherit = "customer.sheet.chore"

    @api.model
    def _chores(self):
        return [
            *super()._chores(),
            Chore(
                "figures",
                self.env._("Freeze the figures of the day"),
                "customer.sheet.kpi",
                "_cron_snapshot",
            ),
            Chore(
                "review",
                self.env._("Open the reviews of a month or quarter, and remind of them"),
                "customer.sheet.review",
                "_cron_review",
            ),
            Chore(
                "segments",
                self.env._("Count who is in the followed segments"),
                "customer.sheet.segment.count",
                "_cron_count",
            ),
            Chore(
                "worth",
                self.env._("Once a week: what each question is worth"),
                "customer.sheet.question.figure",
                "_cron_figure",
                hours=WEEKLY,
            ),
        ]
