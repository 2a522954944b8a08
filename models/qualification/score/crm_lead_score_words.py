from odoo import api, fields, models
from odoo.tools import format_amount

from ...sheet.fields import SHEET_USER
from . import lead_score


class CrmLead(models.Model):
    """The score explained, line by line, in words."""

    _inherit = "crm.lead"

    sheet_score_lines = fields.Json(
        "Score explained",
        compute="_compute_sheet_score_lines",
        groups=SHEET_USER,
        exportable=False,
    )

    @api.depends("sheet_score", "won_status")
    @api.depends_context("lang")
    def _compute_sheet_score_lines(self):
        rules = self.env["customer.sheet.score.factor"]._rules()
        facts = self._sheet_score_facts()
        for lead in self:
            total, lines = lead_score.score(facts[lead.id], rules)
            lead.sheet_score_lines = {
                "total": total,
                "hot": lead.won_status == "pending" and total >= lead._sheet_threshold("hot"),
                "lines": [lead._sheet_score_line(line) for line in lines],
            }

    def _sheet_score_line(self, line):
        """Return one line of a score; its factor names the method that words it."""
        factors = self.env["customer.sheet.score.factor"]._fields["factor"]
        return {
            "factor": line.factor,
            "label": dict(factors._description_selection(self.env))[line.factor],
            "points": line.points,
            "maximum": line.maximum,
            "text": getattr(self, f"_sheet_say_{line.factor}")(line.reason, line.values),
        }

    # -- one sentence for each factor ------------------------------------------

    def _sheet_say_completeness(self, reason, values):
        return self.env._("The sheet is %(percent)s %% complete.", **values)

    def _sheet_say_pillars(self, reason, values):
        return self.env._(
            "Of %(total)s pillars, %(confirmed)s are confirmed and %(stated)s stated.", **values
        )

    def _sheet_say_source(self, reason, values):
        if reason == "unknown":
            return self.env._("The source of the contact is not known.")
        name = self.sudo().sheet_source_id.with_env(self.env).sudo().name
        if reason == "good":
            return self.env._("“%(name)s” is a good source.", name=name)
        return self.env._("“%(name)s” is not among the good sources.", name=name)

    def _sheet_say_sector(self, reason, values):
        if reason == "unknown":
            return self.env._("The sector is not known.")
        sectors = self._fields["sheet_sector"]._description_selection(self.env)
        name = dict(sectors)[values["value"]]
        if reason == "good":
            return self.env._("“%(name)s” is a sector we serve.", name=name)
        return self.env._("“%(name)s” is not among the good sectors.", name=name)

    def _sheet_say_urgency(self, reason, values):
        if reason == "none":
            return self.env._("No deadline is known.")
        if reason == "passed":
            return self.env._("The deadline passed %(days)s days ago.", **values)
        if reason == "near":
            return self.env._("The deadline is in %(days)s days.", **values)
        return self.env._(
            "The deadline is in %(days)s days; all points from %(limit)s days on.", **values
        )

    def _sheet_say_budget(self, reason, values):
        if reason == "none":
            return self.env._("No budget is known.")
        amount, limit = (
            format_amount(self.env, values[name], self.sudo().sheet_currency_id)
            for name in ("amount", "limit")
        )
        if reason == "enough":
            return self.env._("The budget is %(amount)s.", amount=amount)
        return self.env._(
            "The budget is %(amount)s; all points from %(limit)s on.", amount=amount, limit=limit
        )

    def _sheet_say_engagement(self, reason, values):
        if reason == "none":
            return self.env._("No sign of the customer in the last %(days)s days.", **values)
        return self.env._(
            "Messages, meetings and answers in the last %(days)s days: %(count)s.", **values
        )
