from odoo import fields, models
from odoo.exceptions import UserError

from ...sheet.called import called
from ...sheet.fields import HOSTS
from ..pair import pair
from .words import ADDRESS, told


class CustomerSheetRequest(models.Model):
    """Rectification: what somebody corrects on the sheet, the letter says by itself."""

    _inherit = "customer.sheet.request"

    @called(one=True)
    def action_correct(self):
        """Open the sheet of the person, to correct it; the list where they have several."""
        self._check_open()
        people = self._person()._sheet_past_people() if self._person() else {}
        for host in HOSTS:
            sheets = self.env[host].browse(people.get(host, ()))._filtered_access("read")
            if sheets:
                return {
                    "type": "ir.actions.act_window",
                    "name": self.env._("Correct their data"),
                    "res_model": host,
                    **(
                        {"res_id": sheets.id, "views": [(False, "form")]}
                        if len(sheets) == 1
                        else {
                            "domain": [("id", "in", sheets.ids)],
                            "context": {"active_test": False},
                            "views": [(False, "list"), (False, "form")],
                        }
                    ),
                }
        raise UserError(
            self.env._(
                "Say first whose contact or lead it is, in “Correct” of this request. Where you may"
                " not open it, ask a colleague to correct it: the letter says what was corrected."
            )
        )

    def _corrected(self):
        """Return what was corrected of their data since the request came, a line a field."""
        person = self._person()
        if self.kind != "rectification" or not person:
            return []
        since, personal = fields.Datetime.to_datetime(self.received_on), self._personal_ids()
        first = {}
        for row in person._sheet_past_rows(["changed"], since=since):  # the newest first
            if row["field_id"] in personal:
                key = row["host"], row["res_id"], row["field_id"]
                first.setdefault(key, row)["was"] = row["was"]
        rows = [row for row in first.values() if (row["was"] or "") != (row["became"] or "")]
        lines = (
            pair(self.env, line["what"], f"{line['was'] or '–'} → {line['became'] or '–'}")
            for line in told(self.env, rows)
        )
        return list(dict.fromkeys(lines))

    def _personal_ids(self):
        """Return the ids of fields of contacts and leads that hold personal data."""
        known, personal = self.env["ir.model.fields"], self.env["customer.sheet.place"]._personal()
        names = [name for name in personal if name[0] in HOSTS] + [("res.partner", ADDRESS)]
        return {known._get(*name).id for name in names}
