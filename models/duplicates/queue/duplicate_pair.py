from odoo import api, models
from odoo.exceptions import UserError

from ...sheet import takes
from ...sheet.called import called
from ...sheet.fields import HOSTS, check_sheet_user


class CustomerSheetDuplicate(models.Model):
    """Pairs by the records themselves: what the banner and a merge decide."""

    _inherit = "customer.sheet.duplicate"

    @api.model
    @called(records=takes.references, reason=takes.text)
    def mark_not_duplicate(self, records, reason=False):
        """Remember that two records are different customers, with who said so and why.

        :param records: two ``{"model", "id"}``; the user must be able to read both
        """
        check_sheet_user(self.env)
        first, second = self._two(records)
        for record in (first, second):
            record.check_access("read")
        self.sudo()._pair(first, second)._decide("not_duplicate", reason)

    @api.model
    def _two(self, records):
        named = [(each.get("model"), each.get("id")) for each in records]
        if len(set(named)) != 2 or any(
            model not in HOSTS or not isinstance(key, int) for model, key in named
        ):
            raise UserError(self.env._("Choose two different contacts or leads."))
        return [self.env[model].browse(key) for model, key in named]

    @api.model
    def _node(self, record):
        return -record.id if record._name == "crm.lead" else record.id

    @api.model
    def _pair(self, first, second):
        """Return the pair of two records, made if the job has not found it."""
        first, second = sorted((first, second), key=self._node)
        nodes = {"node1": self._node(first), "node2": self._node(second)}
        pair = self.search([(name, "=", node) for name, node in nodes.items()])
        if pair:
            return pair
        sides = {
            f"{'lead' if each._name == 'crm.lead' else 'partner'}{number}_id": each.id
            for number, each in ((1, first), (2, second))
        }
        companies = first.sudo().company_id | second.sudo().company_id
        return self.create(
            {**nodes, **sides, "band": "not", "score": 0, "company_id": companies[:1].id}
        )
