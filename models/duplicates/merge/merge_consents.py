from odoo import models


class CustomerSheetMerge(models.Model):
    """Consents: of people who turn out to be one, the stricter decision stands.

    The ledger only grows: an undo parts them again, and both events stay written.
    """

    _inherit = "customer.sheet.merge"

    def _join_consents(self):
        """Join the people of each merge while every record still has its own."""
        subjects = self.env["customer.sheet.consent.subject"].sudo()
        for host, merges in self.grouped("host").items():
            members = {m: [m.survivor_id, *(m.tail_ids or ())] for m in merges}
            records = self.env[host].browse(each for ids in members.values() for each in ids)
            people = subjects._of_sheets(records)
            groups = {}
            for merge, ids in members.items():
                found = subjects.union(*(people[each] for each in ids))
                if len(found) > 1:
                    groups[merge] = (found[0], found[1:])
            subjects._note_moved(host, merges._consent_moves())
            done = subjects._join_groups(list(groups.values()))
            for merge, (root, joined) in zip(groups, done, strict=True):
                merge.joined = {"root": root.id, "joined": joined.ids}
        self.env.flush_all()

    def _split_consents(self):
        """Part the people whom these merges have joined."""
        subjects = self.env["customer.sheet.consent.subject"].sudo()
        for host, merges in self.grouped("host").items():
            back = {tail: (new, old) for tail, (old, new) in merges._consent_moves().items()}
            subjects._note_moved(host, back)
        for merge in self.filtered("joined"):
            root = subjects.browse(merge.joined["root"])
            joined = subjects.browse(merge.joined["joined"])
            root._split(joined.filtered(lambda each, root=root: each.joined_into_id == root))

    def _consent_moves(self):
        """Return ``{tail: (tail, survivor)}``: from where links move to where."""
        return {tail: (tail, merge.survivor_id) for merge in self for tail in merge.tail_ids or ()}
