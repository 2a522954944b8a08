from odoo import models


class CustomerSheetMerge(models.Model):
    """Consents: of people who turn out to be one, the stricter decision stands.

    The ledger only grows: an undo parts them again, and both events stay written.
    """

    _inherit = "customer.sheet.merge"

    def _join_consents(self):
        """Join the people of each merge while every record still has its own."""
        for host, merges in self.grouped("host").items():
            members = {m: [m.survivor_id, *(m.tail_ids or ())] for m in merges}
            records = self.env[host].browse(each for ids in members.values() for each in ids)
            people = self.env["customer.sheet.consent.subject"]._of_sheets(records)
            for merge, ids in members.items():
                found = people[ids[0]].union(*(people[each] for each in ids[1:]))
                if len(found) > 1:
                    joined = found[0]._join(found[1:])
                    merge.joined = {"root": found[0].id, "joined": joined.ids}
        self.env.flush_all()

    def _split_consents(self):
        """Part the people whom these merges have joined."""
        subjects = self.env["customer.sheet.consent.subject"].sudo()
        for merge in self.filtered("joined"):
            root = subjects.browse(merge.joined["root"])
            joined = subjects.browse(merge.joined["joined"])
            root._split(joined.filtered(lambda each, root=root: each.joined_into_id == root))
