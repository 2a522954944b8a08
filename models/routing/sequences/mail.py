import re
from contextvars import ContextVar
from types import MappingProxyType

from odoo import fields, models
from odoo.tools import SQL
from odoo.tools.mail import append_content_to_html

#: The steps whose messages are leaving, by mail, while stock commits after each.
LEAVING = ContextVar("crm_customer_sheet_leaving", default=MappingProxyType({}))

TRACES = "mailing.trace"


#: Addresses that nobody is followed to: those where people decide.
NOT_FOLLOWED = ["/customer_sheet/", "/unsubscribe"]


class MailMail(models.Model):
    """A message of a sequence leaves once, whatever happens to the server meanwhile.

    Before it talks to the mail server stock writes that the mail has failed, and afterwards that
    it was sent.  For our messages the former is committed: after a crash between the two they are
    not in the queue any more.  Whether they arrived nobody knows; a person decides.
    """

    _inherit = "mail.mail"

    def _send(self, *args, **kwargs):
        executions = self.env["customer.sheet.sequence.execution"].sudo()._of_mails(self.sudo())
        if not executions:
            return super()._send(*args, **kwargs)
        self.browse(executions)._sheet_cancel_stopped(executions)
        auto_commit = args[0] if args else kwargs.get("auto_commit", False)
        token = LEAVING.set(
            {id_: (execution, auto_commit) for id_, execution in executions.items()}
        )
        try:
            return super()._send(*args, **kwargs)
        finally:
            LEAVING.reset(token)

    def _sheet_cancel_stopped(self, executions):
        """Cancel the messages of sequences that ended, or should have, since they were queued."""
        enrolments = self.env["customer.sheet.sequence.enrolment"].sudo()
        enrolments = enrolments.union(*(each.enrolment_id for each in executions.values()))
        reasons = enrolments._stop_reasons(SQL("e.id = ANY(%s)", enrolments.ids))
        names = dict(enrolments._fields["stop_reason"]._description_selection(self.env))
        for mail_id, execution in executions.items():
            enrolment = execution.enrolment_id
            reason = reasons.get(enrolment.id) or enrolment.stop_reason
            if reason:
                words = self.env._("The sequence has ended: %(reason)s", reason=names[reason])
                self.browse(mail_id).write({"state": "cancel", "failure_reason": words})
                execution.write({"state": "refused", "reason": words})
                enrolment._stop(reason)

    def _prepare_outgoing_list(self, mail_server=False, doc_to_followers=None):
        emails = super()._prepare_outgoing_list(mail_server, doc_to_followers)
        execution, auto_commit = LEAVING.get().get(self.id, (None, False))
        if execution:
            execution.write({"state": "unclear", "done_at": fields.Datetime.now()})
            if auto_commit:
                self.env["ir.cron"]._commit_progress()
        return emails

    def _postprocess_sent_message(
        self, success_pids, success_emails, failure_reason=False, failure_type=None
    ):
        for mail in self:
            execution, _auto_commit = LEAVING.get().get(mail.id, (None, False))
            if execution:
                failed = mail.state != "sent"
                reason = failed and (failure_reason or mail.failure_reason)
                execution.write({"state": "failed" if failed else "sent", "reason": reason})
                mail._sheet_tracked(failure_type)
        return super()._postprocess_sent_message(
            success_pids, success_emails, failure_reason=failure_reason, failure_type=failure_type
        )

    # -- openings and clicks, with what the optional mailing app has for them --
    #
    # A mailing of that app would bring unsubscribe links of its own, so that there is none.

    def _sheet_track(self):
        """Follow what becomes of these mails, where the mailing app is installed."""
        if TRACES in self.env:
            self.env[TRACES].sudo().create(
                [
                    {
                        "model": mail.model,
                        "res_id": mail.res_id,
                        "mail_mail_id": mail.id,
                        "message_id": mail.message_id,
                    }
                    for mail in self
                ]
            )

    def _sheet_trace(self):
        """Return the trace of a mail of a sequence that is followed, or nothing."""
        if TRACES not in self.env or self.id not in LEAVING.get():
            return None
        return self.sudo().mailing_trace_ids[:1]

    def _sheet_tracked(self, failure_type):
        trace = self._sheet_trace()
        if trace and failure_type:
            trace.set_failed(failure_type=failure_type)
        elif trace:
            trace.set_sent()

    def _prepare_outgoing_body(self):
        body = super()._prepare_outgoing_body()
        trace = self._sheet_trace()
        if not trace or not body:
            return body
        renderer = self.env["mail.render.mixin"].sudo()
        body = renderer._shorten_links(body, {}, blacklist=NOT_FOLLOWED)
        short = re.compile(r'(href="[^"]*/r/[^"/]+)"')
        body = body.__class__(short.sub(rf'\1/m/{trace.id}"', str(body)))
        image = f'<img src="{self._get_tracking_url()}" alt=""/>'
        return append_content_to_html(body, image, plaintext=False)
