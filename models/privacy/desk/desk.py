from datetime import date, timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

from ...sheet import takes
from ...sheet.called import called
from .due import Due

#: Days before the end from which on a line stands out.
NEAR = 7
#: How long before an attestation ends it is to be renewed.
MONTH = timedelta(days=30)


class CustomerSheetDesk(models.TransientModel):
    """The page *What is Due*: what is to do, in words, with the next step as a button.

    **How to use.**  A sub-room adds its lines to :meth:`_due` in its ``due.py``; one record of
    ours is opened by what :meth:`_opens` returns.  They are looked at whenever the page is, with
    the rights of whoever looks: there is nothing to tick.
    """

    _name = "customer.sheet.desk"
    _inherit = ["customer.sheet.dialog.mixin"]
    _description = "Privacy"

    due = fields.Json("What is due", compute="_compute_due")

    @api.depends_context("lang")
    def _compute_display_name(self):
        self.display_name = self.env._("What is due")

    @api.depends_context("lang", "uid")
    def _compute_due(self):
        lines = [line._asdict() for line in self._ordered()]
        for line in lines:
            line.update(self._said(line["day"]), button=line["button"] or self.env._("Look"))
            del line["action"]
        self.due = lines

    @api.model
    def _said(self, day):
        """Return the day of a line in words, and whether it is over or near."""
        if not day:
            return {"day": "", "is_late": False, "is_near": False}
        today = fields.Date.context_today(self)
        days = (day - today).days
        return {
            "day": format_date(self.env, day, date_format="EEE d MMM yyyy"),
            "is_late": days < 0,
            "is_near": 0 <= days <= NEAR,
        }

    @api.model
    def _ordered(self):
        return sorted(self._due(), key=lambda line: line.day or date.max)

    @api.model
    @called()
    def action_open_page(self):
        """Open the page."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("What is due"),
            "res_model": self._name,
            "res_id": self.create({}).id,
            "view_mode": "form",
        }

    @api.model
    @called(code=takes.text)
    def action_open(self, code):
        """Open what a line is about.

        :param code: of the line
        :raise UserError: it is done meanwhile
        """
        self.check_access("read")
        line = next((line for line in self._due() if line.code == code), None)
        if not line:
            raise UserError(self.env._("This is done meanwhile. Reload the page."))
        name, values = (line.action, {}) if isinstance(line.action, str) else line.action
        return self._action(name, **values)

    @called(one=True)
    def action_new_request(self):
        """Open a new request."""
        return self._new("customer_sheet_request_action")

    @called(one=True)
    def action_new_breach(self):
        """Open a new breach."""
        return self._new("customer_sheet_breach_action")

    @api.model
    def _new(self, name):
        return self._action(name, view_mode="form", views=[(False, "form")])

    @api.model
    def _action(self, name, **values):
        full_name = name if "." in name else f"crm_customer_sheet.{name}"
        return {**self.env["ir.actions.actions"]._for_xml_id(full_name), **values}

    @api.model
    def _due(self):
        """Return what is due, a list of :class:`~.due.Due` in any order."""
        return self._attestations()

    @api.model
    def _attestations(self):
        """Return one line for what somebody has to attest, from a month before the first ends."""
        controls = self.env["customer.sheet.control"]
        attested = controls._attested_controls()
        rows = controls.search([("code", "in", [each.code for each in attested])])
        results = self.env["customer.sheet.control.result"]
        ends = dict(results._read_group([("until", "!=", False)], ["control_id"], ["until:max"]))
        soon = fields.Date.context_today(self) + MONTH
        ending = rows.filtered(lambda row: ends.get(row, date.min) <= soon)
        if not ending:
            return []
        titles = {each.code: each.title for each in attested}
        return [
            Due(
                "attestations",
                min((ends[row] for row in ending if row in ends), default=None),
                self.env._("Ask a manager to attest what the software cannot see"),
                " · ".join(titles[row.code] for row in ending),
                count=len(ending),
                action="customer_sheet_setup_action",
            )
        ]

    @api.model
    def _opens(self, name, records):
        """Return what a line opens: one record, or the list of several.

        :param name: of an action of the module
        """
        if len(records) == 1:
            return name, {"res_id": records.id, "view_mode": "form", "views": [(False, "form")]}
        return name, {"domain": [("id", "in", records.ids)]}
