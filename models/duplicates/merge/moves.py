from odoo import api, models
from odoo.tools import SQL

from ...sheet.references import points_at


class CustomerSheetMerge(models.Model):
    """What moves with a merge, counted and in words."""

    _inherit = "customer.sheet.merge"

    @api.model
    def _count_moves(self, host, tail_ids):
        """Return ``([{"label", "count"}], total)`` of what hangs on the tails."""
        pointers = self._pointers(host)
        counts = self.env.execute_query(
            SQL(" UNION ALL ").join(
                SQL(
                    "SELECT %s, count(*) FROM %s t WHERE %s",
                    number,
                    SQL.identifier(pointer.table),
                    points_at(pointer, host, tail_ids),
                )
                for number, pointer in enumerate(pointers)
            )
        )
        total, by_label = 0, {}
        own = {self.env[host]._table: {"commercial_partner_id", "sheet_merged_into_id"}}
        for number, count in counts:
            pointer = pointers[number]
            if count and pointer.column not in own.get(pointer.table, ()):
                total += count
                label = self._moved_label(pointer)
                by_label[label] = max(by_label.get(label, 0), count)
        moves = [{"label": label, "count": count} for label, count in by_label.items()]
        return sorted(moves, key=lambda move: -move["count"]), total

    @api.model
    def _moved_label(self, pointer):
        """Return what rows of a table are called, in the plural."""
        words = {
            "crm.lead": self.env._("Leads and opportunities"),
            "res.partner": self.env._("People and addresses"),
            "res.users": self.env._("Portal users"),
            "res.partner.bank": self.env._("Bank accounts"),
            "ir.model.data": self.env._("External identifiers"),
            "mail.message": self.env._("Messages"),
            "mail.activity": self.env._("Activities"),
            "mail.followers": self.env._("Followers"),
            "ir.attachment": self.env._("Documents"),
            "calendar.event": self.env._("Meetings"),
            "sale.order": self.env._("Quotations and orders"),
            "account.move": self.env._("Invoices and entries"),
            "account.payment": self.env._("Payments"),
            "project.task": self.env._("Tasks"),
            "project.project": self.env._("Projects"),
            "customer.sheet.answer": self.env._("Notes on answers"),
            "customer.sheet.stakeholder": self.env._("Stakeholders"),
        }
        return words.get(pointer.model) or self.env._("Other records")
