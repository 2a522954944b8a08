from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...sheet.called import called


class CustomerSheetSequenceExecution(models.Model):
    """What one step did for one lead, once: the message that left, the task, the failure."""

    _name = "customer.sheet.sequence.execution"
    _inherit = ["customer.sheet.evidence.mixin"]
    _description = "Step of a Sequence, Done"
    _order = "id"
    _rec_name = "step_id"

    enrolment_id = fields.Many2one(
        "customer.sheet.sequence.enrolment",
        required=True,
        ondelete="cascade",
        index=True,
        readonly=True,
    )
    step_id = fields.Many2one(
        "customer.sheet.sequence.step",
        required=True,
        ondelete="cascade",
        index=True,
        readonly=True,
    )
    done_at = fields.Datetime("On", default=fields.Datetime.now, readonly=True)
    state = fields.Selection(
        [
            ("waiting", "Waiting to be sent"),
            ("unclear", "Perhaps sent"),
            ("sent", "Sent"),
            ("done", "Planned"),
            ("skipped", "Left out"),
            ("refused", "Not allowed"),
            ("failed", "Failed"),
        ],
        required=True,
        readonly=True,
    )
    reason = fields.Char("Details", readonly=True)
    mail_id = fields.Many2one(
        "mail.mail", readonly=True, ondelete="set null", index="btree_not_null"
    )
    mail_message_id = fields.Many2one(
        "mail.message", "Message", readonly=True, ondelete="set null", index="btree_not_null"
    )
    activity_id = fields.Many2one(
        "mail.activity", readonly=True, ondelete="set null", index="btree_not_null"
    )

    _once = models.Constraint(
        "UNIQUE (enrolment_id, step_id)", "This step has been done for this lead already."
    )

    @called()
    def action_retry(self):
        """Send a message again that failed or perhaps never left."""
        self.check_access("read")
        self.enrolment_id.lead_id.check_access("write")
        mails = self.sudo().mail_id.filtered(lambda mail: mail.state == "exception")
        if not mails:
            raise UserError(
                self.env._("There is no message left to send: correct the step and start anew.")
            )
        mails.mark_outgoing()
        self._change({"state": "waiting", "reason": False})
        self.env.ref("mail.ir_cron_mail_scheduler_action").sudo()._trigger()

    # -- what became of the messages ---------------------------------------------

    @api.model
    def _of_mails(self, mails):
        """Return ``{mail id: execution}`` of these mails, those of sequences."""
        ours = mails.filtered(lambda mail: mail.mail_message_id.sheet_consent_purpose_id)
        found = self.search([("mail_id", "in", ours.ids)]) if ours else self
        return {execution.mail_id.id: execution for execution in found}

    @api.model
    def _note_outcomes(self):
        """Note which messages were cancelled, and which a crash left in doubt."""
        cancelled = self.search([("state", "=", "waiting"), ("mail_id.state", "=", "cancel")])
        for execution in cancelled:
            reason = execution.mail_id.failure_reason
            execution.write({"state": "refused", "reason": reason})
            execution.enrolment_id._stop("refused", reason)
        words = self.env._(
            "The server stopped while this message was leaving. It may have arrived, so that it"
            " is not sent again unless somebody says so."
        )
        an_hour_ago = fields.Datetime.now() - timedelta(hours=1)
        doubtful = self.search(
            [("state", "=", "unclear"), ("done_at", "<", an_hour_ago), ("reason", "=", False)]
        )
        doubtful.reason = words
        doubtful.mail_id.failure_reason = words
