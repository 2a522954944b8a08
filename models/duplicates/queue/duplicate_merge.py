from odoo import models
from odoo.exceptions import UserError

from ...sheet.called import called
from .cluster import stars


class CustomerSheetDuplicate(models.Model):
    """From pairs to a merge: side by side, or many at once."""

    _inherit = "customer.sheet.duplicate"

    @called()
    def action_merge(self):
        """Show the records of these pairs side by side, to be merged.

        :raise UserError: all of them have been merged
        """
        self.check_access("read")
        pairs = self.filtered(lambda pair: pair.state != "merged")
        if not pairs:
            raise UserError(self.env._("They have been merged. Choose pairs that have not."))
        contacts = pairs.partner1_id | pairs.partner2_id
        leads = pairs.lead1_id | pairs.lead2_id
        host = "res.partner" if contacts else "crm.lead"
        return {
            "type": "ir.actions.client",
            "tag": "customer_sheet_merge",
            "name": self.env._("Merge"),
            "params": {
                "host": host,
                "record_ids": (contacts or leads).ids,
                "lead_ids": leads.ids if contacts else [],
            },
        }

    @called()
    def action_mass_merge(self):
        """Plan a merge of all these pairs of contacts: a dry run that one can look at first.

        Pairs that hang together are one group only where each of them has been chosen.
        """
        self.check_access("write")
        pairs = self.filtered(
            lambda pair: (
                pair.partner1_id
                and pair.partner2_id
                and pair.kind == "duplicate"
                and pair.state in ("new", "review")
            )
        )
        if not pairs:
            raise UserError(self.env._("Choose pairs of contacts that are new or to review."))
        run = self.env["customer.sheet.merge.run"]._dry_run("res.partner", pairs._as_groups())
        return run._get_records_action(name=self.env._("Mass merge"))

    def _as_groups(self):
        """Return ``[(survivor, tails)]`` of these pairs, of which any two match each other."""
        edges = [(pair.partner1_id.id, pair.partner2_id.id) for pair in self.sudo()]
        merges = self.env["customer.sheet.merge"].sudo()
        contacts = self.env["res.partner"]
        groups = []
        for centre, leaves in stars(edges, {frozenset(edge) for edge in edges}):
            best = merges._best("res.partner", [centre, *leaves])
            tails = [each for each in (centre, *leaves) if each != best]
            groups.append((contacts.browse(best), contacts.browse(tails)))
        return groups
