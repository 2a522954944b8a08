from odoo import fields, models
from odoo.exceptions import UserError

from ...sheet.called import called
from ...sheet.fields import HOSTS, STEWARD
from ...sheet.toast import toast
from ..pair import pair
from .words import ADDRESS, told


class CustomerSheetRequest(models.Model):
    """Rectification: what somebody corrects on the sheet, the letter says by itself."""

    _inherit = "customer.sheet.request"

    @called(one=True)
    def action_correct(self):
        """Open the sheet of the person, to correct it, the list where they have several; or ask a
        colleague who may."""
        self._check_open()
        people = self._person()._sheet_past_people() if self._person() else {}
        for host in HOSTS:
            sheets = self.env[host].browse(people.get(host, ()))
            if sheets := sheets._filtered_access("write"):
                return self._action_correct(sheets)
        if not self._person():
            raise UserError(
                self.env._("Say first whose contact or lead it is, in “Correct” of this request.")
            )
        colleague = self._ask_to_correct(self._person())
        return toast(
            self.env._(
                "You may not change their sheet: %(name)s is asked to, and told what is wrong.",
                name=colleague.name,
            ),
            kind="info",
        )

    def _action_correct(self, sheets):
        """Return what opens these sheets: the form of one, the list of several."""
        action = {
            "type": "ir.actions.act_window",
            "name": self.env._("Correct their data"),
            "res_model": sheets._name,
        }
        if len(sheets) == 1:
            return {**action, "res_id": sheets.id, "views": [(False, "form")]}
        return {
            **action,
            "domain": [("id", "in", sheets.ids)],
            "context": {"active_test": False},
            "views": [(False, "list"), (False, "form")],
        }

    def _ask_to_correct(self, sheet):
        """Ask whoever looks after a sheet, or else a steward, to correct it; return who that is."""
        stewards = (
            self.env.ref(STEWARD)
            .sudo()
            .all_user_ids.filtered_domain(
                [("company_ids", "in", self.company_id.ids), ("share", "=", False)]
            )
        )
        colleague = sheet.user_id.filtered("active") or stewards.sorted("id")[:1]
        if not colleague:
            raise UserError(
                self.env._("You may not change their sheet. Ask an administrator to correct it.")
            )
        spoken = self.with_context(lang=colleague.lang or self.env.lang).env
        summary = spoken._("Correct their data (%(number)s)", number=self.name)
        planned = sheet.activity_ids.filtered(lambda each: each.summary == summary)
        if not planned:
            sheet.activity_schedule(
                "mail.mail_activity_data_todo",
                self.due_on or self._today(),
                summary=summary,
                note=self.words or "",
                user_id=colleague.id,
            )
        return colleague

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
