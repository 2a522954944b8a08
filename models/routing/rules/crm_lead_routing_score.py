from odoo import models

from ...qualification.score.hosts import NEW_FOR
from ...sheet.actor import in_bulk
from .routing import TRIGGERS_OF


class CrmLead(models.Model):
    """Scores that reach the threshold of a rule, by a save or by the hourly job."""

    _inherit = "crm.lead"

    def _compute_sheet_score(self):
        leads = self.filtered("id")
        if in_bulk() or not leads or not self._sheet_has_rules(TRIGGERS_OF["score"]):
            return super()._compute_sheet_score()
        before = leads._sheet_scores_before()
        result = super()._compute_sheet_score()
        leads._sheet_route_scores(before, {lead.id: lead.sheet_score for lead in leads})
        return result

    def _sheet_store_scores(self, totals, signals):
        has_rules = self._sheet_has_rules(TRIGGERS_OF["score"])
        before = self._sheet_scores_before() if has_rules else {}
        result = super()._sheet_store_scores(totals, signals)
        self._sheet_route_scores(before, totals)
        return result

    def _sheet_scores_before(self):
        """Return ``{lead id: score}``; leads that were never scored count if they are new."""
        now = self.env.cr.now()
        return {
            lead.id: -1 if lead.sheet_score is False else lead.sheet_score
            for lead in self
            if lead.sheet_score is not False or now - (lead.create_date or now) < NEW_FOR
        }

    def _sheet_route_scores(self, before, after):
        """Let the rules look when the transaction ends: a compute may not create records."""
        risen = {id_: score for id_, score in before.items() if (after[id_] or 0) > score}
        if risen:
            self.browse(risen)._sheet_route_at_end("score", None, risen)
