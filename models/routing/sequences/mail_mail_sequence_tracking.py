import re

from odoo import models
from odoo.tools.mail import append_content_to_html

from .mail import LEAVING

TRACES = "mailing.trace"

#: Addresses that nobody is followed to: those where people decide.
NOT_FOLLOWED = ["/customer_sheet/", "/unsubscribe"]


class MailMail(models.Model):
    """Openings and clicks, with what the optional mailing app has for them.

    A mailing of that app would bring unsubscribe links of its own, so that there is none.
    """

    _inherit = "mail.mail"

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
