from datetime import datetime, time

import pytz

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...sheet.clock import zone_of

#: When a step is due on its day, by the clock of the company.
MORNING = time(8, 0)


class CustomerSheetSequenceStep(models.Model):
    """One message or task of a sequence."""

    _name = "customer.sheet.sequence.step"
    _description = "Sequence Step"
    _order = "sequence, id"

    sequence_id = fields.Many2one(
        "customer.sheet.sequence", required=True, ondelete="cascade", index=True
    )
    name = fields.Char("Step", required=True, translate=True)
    active = fields.Boolean(default=True)
    sequence = fields.Integer("Position", default=10)
    delay = fields.Integer(
        "After (working days)", help="Working days since the step before; 0 = on the same day."
    )
    kind = fields.Selection(
        [("mail", "Message"), ("activity", "Task or call")], required=True, default="mail"
    )
    mail_template_id = fields.Many2one(
        "mail.template",
        "E-mail template",
        domain=[("model", "=", "crm.lead")],
        ondelete="restrict",
        index="btree_not_null",
        help="Written in the language of the person, as far as the template is translated.",
    )
    activity_type_id = fields.Many2one(
        "mail.activity.type",
        domain=[("res_model", "in", ("crm.lead", False))],
        ondelete="restrict",
        index="btree_not_null",
        help="A call is planned only if the person may be called.",
    )
    summary = fields.Char(translate=True, help="What the task is about.")
    user_id = fields.Many2one(
        "res.users",
        "For",
        domain=[("share", "=", False)],
        help="Who gets the task. Leave empty for the salesperson of the lead.",
    )

    @api.constrains("kind", "mail_template_id", "activity_type_id", "delay")
    def _check_complete(self):
        for step in self:
            needed = "mail_template_id" if step.kind == "mail" else "activity_type_id"
            if not step[needed]:
                raise ValidationError(
                    self.env._(
                        "“%(field)s” is empty in the step “%(step)s”. Choose one.",
                        field=self._fields[needed]._description_string(self.env),
                        step=step.name,
                    )
                )
            if step.kind == "mail" and step.mail_template_id.model != "crm.lead":
                raise ValidationError(
                    self.env._(
                        "The template “%(template)s” is not about leads. Choose one that is.",
                        template=step.mail_template_id.name,
                    )
                )
            if not 0 <= step.delay <= 365:
                raise ValidationError(
                    self.env._("“After (working days)” goes from 0, the same day, to 365.")
                )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_used(self):
        used = self.env["customer.sheet.sequence.execution"].sudo()
        running = self.env["customer.sheet.sequence.enrolment"].sudo()
        for model in (used, running):
            found = model.search([("step_id", "in", self.ids)], limit=1).step_id
            if found:
                raise UserError(
                    self.env._(
                        "Leads are at the step “%(step)s” or have been. Archive it instead: it"
                        " is left out from then on, and its figures stay.",
                        step=found.name,
                    )
                )

    # -- order and time --------------------------------------------------------

    def _next(self):
        """Return the step that follows, or an empty recordset."""
        steps = self.sequence_id.with_context(active_test=False).step_ids
        behind = steps[steps.ids.index(self.id) + 1 :]
        return behind.filtered("active")[:1]

    def _due_dates(self, leads):
        """Return ``{lead: when this step is due}``, counted from now, in UTC."""
        companies = {lead: lead._sheet_call_company() or self.env.company for lead in leads}
        due = {company: self._due_at(company) for company in set(companies.values())}
        return {lead: due[company] for lead, company in companies.items()}

    def _due_at(self, company):
        """Return the morning of the working day on which this step is due, in UTC."""
        day = self.env["crm.lead"]._sheet_working_day(company, self.delay)
        zone = zone_of(company)
        morning = zone.localize(datetime.combine(day, MORNING)).astimezone(pytz.utc)
        return morning.replace(tzinfo=None)
