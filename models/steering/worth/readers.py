from collections import defaultdict

from odoo import api, models
from odoo.fields import Domain

from ...qualification.pillars.hosts import BANT
from ...sheet.fields import HOSTS
from ..figures.declared import DIMENSIONS

#: The fields that a factor of the score reads, beside the pillars.
SCORED = {
    "source": {"sheet_source_id"},
    "sector": {"sheet_sector"},
    "urgency": {"sheet_deadline"},
    "budget": {"sheet_budget_min", "sheet_budget_max"},
}
#: Of these the name is put together, which is compared.
NAME_PARTS = {"sheet_first_name", "sheet_last_name"}
#: By these the figures are broken down.
BROKEN_DOWN = {name for _column, name in DIMENSIONS.values()}


class CustomerSheetQuestion(models.Model):
    """Who reads the answers to a question: what would miss it if it were no longer asked."""

    _inherit = "customer.sheet.question"

    @api.model
    def _readers(self):
        """Return ``{question: who reads it, in words}`` of the whole catalogue; extend it."""
        readers = defaultdict(list)
        factors = self.env["customer.sheet.score.factor"].sudo().search([("weight", ">", 0)])
        compared = NAME_PARTS.union(*(self.env[host]._sheet_match_fields() for host in HOSTS))
        for question in self.sudo().search(Domain.TRUE):
            readers[question].extend(question._own_readers(set(factors.mapped("factor"))))
            if question._names() & compared:
                readers[question].append(self.env._("the search for duplicates"))
            if question._names() & BROKEN_DOWN:
                readers[question].append(self.env._("the figures"))
        self._add_listing_readers(readers)
        self._add_condition_readers(readers)
        return readers

    def _own_readers(self, factors):
        names = self._names()
        if self.lead_required != "never":
            yield self.env._("the completeness of leads")
        if self.contact_required != "never":
            yield self.env._("the completeness of contacts")
        scored = set().union(*(SCORED.get(factor, set()) for factor in factors))
        if names & scored or ("pillars" in factors and self.pillar in BANT):
            yield self.env._("the score")
        if self.provider or any(not name.startswith("sheet_") for name in names):
            yield self.env._("Odoo itself")

    def _names(self):
        return set((self.lead_field_ids | self.partner_field_ids).mapped("name"))

    @api.model
    def _add_listing_readers(self, readers):
        """Add what names questions one by one: gates, playbooks, forms."""
        asked = self.env["customer.sheet.gate.criterion"].sudo()
        for criterion in asked.search([("gate_id.mode", "!=", "off")]):
            pillars = set(criterion.pillar_ids.mapped("code"))
            for question in readers:
                if question in criterion.question_ids or question.pillar in pillars:
                    name = criterion.gate_id.name
                    readers[question].append(self.env._("the gate “%(name)s”", name=name))
        for line in self.env["customer.sheet.playbook.line"].sudo().search(Domain.TRUE):
            words = self.env._("the playbook “%(name)s”", name=line.playbook_id.name)
            readers[line.question_id].append(words)
        for line in self.env["customer.sheet.form.line"].sudo().search(Domain.TRUE):
            words = self.env._("the form “%(name)s”", name=line.form_id.name)
            readers[line.question_id].append(words)

    @api.model
    def _add_condition_readers(self, readers):
        """Add what has a condition on fields: routing rules and segments."""
        rules = self.env["customer.sheet.routing.rule"].sudo()
        named = [
            (self.env._("the routing rule “%(name)s”", name=rules.browse(rule.id).name), names)
            for rule in rules._active()
            if (names := set(rule.field_names))
        ]
        for segment in self.env["customer.sheet.segment"].sudo().search(Domain.TRUE):
            words = self.env._("the segment “%(name)s”", name=segment.name)
            named.append((words, set(segment._field_names())))
        for question in readers:
            own = question._names()
            readers[question].extend(words for words, names in named if own & names)
