import logging
from contextvars import ContextVar

from markupsafe import Markup

from odoo import models
from odoo.tools import SQL, html2plaintext
from odoo.tools.mail import append_content_to_html

from ...sheet.fields import HOSTS
from ..room import PRIVACY

_logger = logging.getLogger(__name__)

#: What is known of the mails that are being sent, see :class:`Sending`.
SENDING = ContextVar("crm_customer_sheet_informing", default=None)


class Sending:
    """Mails that are being sent.

    :ivar uninformed: ``{(model, id)}`` of the sheets of people who know nothing yet
    :ivar told: ``{mail id: [(sheet, notice, partner, addresses)]}`` of whom a mail informs
    """

    def __init__(self, uninformed):
        self.uninformed = uninformed
        self.told = {}


class MailMail(models.Model):
    """The first message to somebody who did not give us their data says where we have them from."""

    _inherit = "mail.mail"

    def _send(self, *args, **kwargs):
        uninformed = self.sudo()._sheet_uninformed()
        token = SENDING.set(Sending(uninformed) if uninformed else None)
        try:
            return super()._send(*args, **kwargs)
        finally:
            SENDING.reset(token)

    def _sheet_uninformed(self):
        """Return whom of these mails nobody has informed yet, in one query."""
        if not PRIVACY.in_use(self.env):
            return frozenset()
        wanted = {host: set() for host in HOSTS}
        wanted["res.partner"].update(self.recipient_ids.ids)
        for mail in self:
            if mail.model in HOSTS and mail.res_id:
                wanted[mail.model].add(mail.res_id)
        if not any(wanted.values()) or not self.env["customer.sheet.option"]._indirect_ids():
            return frozenset()
        for host in HOSTS:
            self.env[host].flush_model(["sheet_source_id", "sheet_informed_on", "active"])
        selects = [
            SQL(
                "SELECT %s, h.id FROM %s h WHERE h.id = ANY(%s) AND %s",
                host,
                SQL.identifier(self.env[host]._table),
                list(ids),
                self.env[host]._sheet_uninformed_sql("h"),
            )
            for host, ids in wanted.items()
            if ids
        ]
        return frozenset(self.env.execute_query(SQL(" UNION ALL ").join(selects)))

    # -- the link --------------------------------------------------------------------------

    def _prepare_outgoing_list(self, mail_server=False, doc_to_followers=None):
        emails = super()._prepare_outgoing_list(mail_server, doc_to_followers)
        if sending := SENDING.get():
            for email in emails:
                sheet = self.sudo()._sheet_of_email(email)
                if sheet and (sheet._name, sheet.id) in sending.uninformed:
                    self._sheet_inform(email, sheet, sending)
        return emails

    def _sheet_inform(self, email, sheet, sending):
        """Have a message inform a person, where a notice is in force."""
        notice = sheet._sheet_inform_notice()
        if not notice:
            return
        if notice.url not in (email["body"] or ""):
            foot = self._sheet_inform_foot(sheet, notice)
            email["body"] = append_content_to_html(email["body"] or "", foot, plaintext=False)
            email["body_alternative"] = html2plaintext(email["body"])
        told = (sheet, notice, email["partner_id"], email["email_to"])
        sending.told.setdefault(self.id, []).append(told)

    def _sheet_inform_foot(self, sheet, notice):
        env = self.with_context(lang=sheet._sheet_consent_lang()).env
        link = Markup('<a href="%s">%s</a>') % (notice.url, env._("our notice"))
        sentence = env._(
            "We did not get your data from you (source: %(origin)s). What we do with them, and what"
            " you can ask for, is in %(link)s.",
            origin=sheet._sheet_inform_source(),
            link=link,
        )
        return Markup('<p style="font-size: 12px; color: #555555;">%s</p>') % sentence

    # -- once it is sent -----------------------------------------------------------------------

    def _postprocess_sent_message(
        self, success_pids, success_emails, failure_reason=False, failure_type=None
    ):
        if sending := SENDING.get():
            for mail in self:
                for sheet, notice, partner, addresses in sending.told.pop(mail.id, ()):
                    if partner in success_pids or set(addresses) & set(success_emails):
                        mail._sheet_note_informed(sheet, notice)
        return super()._postprocess_sent_message(
            success_pids, success_emails, failure_reason, failure_type
        )

    def _sheet_note_informed(self, sheet, notice):
        """Note that a sent message has informed a person; a mail that is out stays out."""
        words = self.env._("A message with a link to the notice.")
        try:
            with self.env.cr.savepoint():
                sheet.sudo()._sheet_informed(
                    "email", words, actor_kind="system", notice_version=notice
                )
        except Exception:
            # the next message to them informs them again
            _logger.exception("It could not be noted that %s was informed", sheet)
