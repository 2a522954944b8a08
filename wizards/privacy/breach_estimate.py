from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ...models.privacy.breaches.estimate import filled, people, rows
from ...models.sheet.called import called
from ...models.sheet.fields import HOSTS


class CustomerSheetBreachEstimate(models.TransientModel):
    """Counts the people and records of the tables that a breach has touched."""

    _name = "customer.sheet.breach.estimate"
    _inherit = ["customer.sheet.dialog.mixin"]
    _description = "Estimate of a Breach"

    breach_id = fields.Many2one(
        "customer.sheet.breach",
        required=True,
        ondelete="cascade",
        default=lambda self: self.env.context.get("active_id"),
    )
    since = fields.Datetime(
        "Noted or changed since", help="Leave empty for everything that was there at the end."
    )
    until = fields.Datetime(required=True, default=fields.Datetime.now)
    line_ids = fields.One2many(
        "customer.sheet.breach.estimate.line",
        "estimate_id",
        "What was touched",
        default=lambda self: self._default_lines(),
    )
    people_count = fields.Integer("People", readonly=True)
    record_count = fields.Integer("Records", readonly=True)
    is_counted = fields.Boolean(readonly=True, export_string_translation=False)

    @api.model
    def _default_lines(self):
        names = filled(self.env)
        return [
            Command.create({"model": name, "is_touched": name in HOSTS and len(names) < 3})
            for name in names
        ]

    @api.constrains("since", "until")
    def _check_since(self):
        for estimate in self:
            if estimate.since and not (estimate.until and estimate.since <= estimate.until):
                raise UserError(self.env._("“Until” comes after “Noted or changed since”."))

    @called(one=True)
    def action_count(self):
        """Count the ticked tables, and show the dialog again."""
        self._count()
        action = self.env["ir.actions.actions"]._for_xml_id(
            "crm_customer_sheet.customer_sheet_breach_estimate_action"
        )
        return {**action, "res_id": self.id}

    def _count(self):
        self.breach_id.check_access("read")
        touched = self.line_ids.filtered("is_touched")
        if not touched:
            raise UserError(self.env._("Tick the tables that were touched."))
        names = touched.mapped("model")
        known = filled(self.env)
        span = (self.since, self.until, self.breach_id.company_id)
        for line in touched:
            line.record_count = rows(self.env, line.model, *span) if line.model in known else 0
        (self.line_ids - touched).record_count = 0
        self.record_count = sum(touched.mapped("record_count"))
        self.people_count = people(self.env, [n for n in names if n in known], *span)
        self.is_counted = True

    @called(one=True)
    def action_take(self):
        """Write the figures, and the kinds of data, into the breach."""
        self._count()
        breach = self.breach_id
        breach.check_access("write")
        kinds = ", ".join(self.line_ids.filtered("is_touched").mapped("name"))
        breach.write(
            {
                "people_count": self.people_count,
                "record_count": self.record_count,
                "data_kinds": breach.data_kinds or kinds,
            }
        )
        return {"type": "ir.actions.act_window_close"}


class CustomerSheetBreachEstimateLine(models.TransientModel):
    _name = "customer.sheet.breach.estimate.line"
    _inherit = ["customer.sheet.dialog.mixin"]
    _description = "Table Touched by a Breach"
    _order = "id"

    estimate_id = fields.Many2one(
        "customer.sheet.breach.estimate", required=True, ondelete="cascade", index=True
    )
    model = fields.Char(required=True, readonly=True)
    name = fields.Char("What", compute="_compute_name", store=True, compute_sudo=False)
    is_touched = fields.Boolean("Touched")
    record_count = fields.Integer("Records", readonly=True, aggregator=None)

    @api.depends("model")
    def _compute_name(self):
        names = self.env["ir.model"].sudo()
        for line in self:
            line.name = names._get(line.model or "").name or line.model
