import re
from contextvars import ContextVar

from markupsafe import Markup

from odoo import models
from odoo.exceptions import MissingError
from odoo.fields import Command
from odoo.tools import html2plaintext
from odoo.tools.mail import (
    append_content_to_html,
    email_normalize,
    email_normalize_all,
    email_split_and_format_normalize,
)

from odoo.addons.base.models.ir_mail_server import RFC5322_IDENTIFICATION_HEADERS

from ...sheet.fields import HOSTS
from .judge import Letter, LetterJudge, Recipient, mailing_options

#: The purposes of the mails that are being sent: stock empties the cache after each mail that
#: deletes itself, and asking again would cost every ordinary mail a query.
SENDING = ContextVar("crm_customer_sheet_sending", default=None)


# Like a Message-Id: a long address that is folded becomes an encoded word, which RFC 2047 (5)
# forbids there and mail programs do not read.
RFC5322_IDENTIFICATION_HEADERS.add("list-unsubscribe")


#: A link of this kind in a body is a way out: ours, or that of the mailing app.
WAY_OUT = re.compile(r'href="[^"]*(unsubscribe|/customer_sheet/preferences/)')


class MailMail(models.Model):
    """No mail of a marketing purpose leaves without being judged, whoever wrote it.

    Every mail passes :meth:`_send`, from the composer, a template, the queue or the mailing
    app.  What waited in the queue is judged by what holds when it leaves.
    """

    _inherit = "mail.mail"

    def _send(self, *args, **kwargs):
        token = SENDING.set(self.sudo()._sheet_letter_judge())
        try:
            return super()._send(*args, **kwargs)
        finally:
            SENDING.reset(token)

    def _sheet_letter_judge(self):
        """Cancel what may not be sent and stamp the rest with what allows it.

        :return: ``{mail id: purpose}`` of the mails that were judged
        """
        by_purpose = {}
        for mail in self:
            purpose = mail.mail_message_id.sheet_consent_purpose_id
            if purpose.is_marketing and mail.state == "outgoing":
                by_purpose.setdefault(purpose, self.browse())
                by_purpose[purpose] |= mail
        for purpose, mails in by_purpose.items():
            letters = {mail: mail._sheet_letter() for mail in mails}
            judge = LetterJudge(purpose, list(letters.values()))
            mails._sheet_apply({mail: judge.rulings(letter) for mail, letter in letters.items()})
        return {mail.id: purpose for purpose, mails in by_purpose.items() for mail in mails}

    def _sheet_letter(self):
        recipients = [
            Recipient(address, False)
            for text in (self.email_to, self.email_cc)
            for address in email_normalize_all(text) or ([""] if text else [])
        ]
        recipients += [
            Recipient(address, partner.id)
            for partner in self.recipient_ids
            for address in email_normalize_all(partner.email) or [""]
        ]
        mailing = self.mailing_id if "mailing_id" in self._fields else False
        options = mailing_options(self.model, mailing)
        return Letter(self.model, self.res_id, tuple(recipients), **options)

    # -- what follows from a ruling --------------------------------------------

    def _sheet_apply(self, rulings_by_mail):
        """Cancel, part and stamp these mails.

        :param rulings_by_mail: ``{mail: {recipient: ruling}}``
        """
        refused = {}
        for mail, rulings in rulings_by_mail.items():
            against = {who: ruling for who, ruling in rulings.items() if ruling.reasons}
            if against and len(against) == len(rulings):
                refused[mail] = next(iter(against.values()))
            elif against:
                refused[mail._sheet_part(against)] = next(iter(against.values()))
            if len(against) < len(rulings):
                mail._sheet_stamp(rulings.values())
        self.browse(mail.id for mail in refused)._sheet_cancel(refused)

    def _sheet_stamp(self, rulings):
        """Note what allows this mail, and keep the message as evidence if the mail goes."""
        if stamps := dict.fromkeys(ruling.stamp for ruling in rulings if ruling.stamp):
            self.mail_message_id.sheet_consent_event_hash = " ".join(stamps)
            if not self.is_notification:
                self.is_notification = True  # stock deletes the message with the mail otherwise

    def _sheet_part(self, against):
        """Move the refused recipients into a mail of their own, and return it."""
        addresses = {who.address for who in against if not who.partner_id}
        partners = self.recipient_ids.filtered(
            lambda partner: any(who.partner_id == partner.id for who in against)
        )
        kept, dropped = {}, {}
        for name in ("email_to", "email_cc"):
            texts = email_split_and_format_normalize(self[name])
            gone = [text for text in texts if email_normalize(text, strict=False) in addresses]
            kept[name] = ", ".join(text for text in texts if text not in gone) or False
            dropped[name] = ", ".join(gone) or False
        part = self.copy(
            {
                **dropped,
                "headers": self.headers,
                "mail_message_id": self.mail_message_id.id,
                "recipient_ids": [Command.set(partners.ids)],
            }
        )
        self._sheet_notifications().filtered(
            lambda notification: notification.res_partner_id in partners
        ).mail_mail_id = part
        self.write({**kept, "recipient_ids": [Command.unlink(id_) for id_ in partners.ids]})
        return part

    def _sheet_cancel(self, rulings):
        """Cancel these mails, with the reasons in words for whoever looks for them."""
        if not self:
            return
        notifications = self._sheet_notifications().grouped("mail_mail_id")
        for mail, ruling in rulings.items():
            why = {"failure_type": ruling.failure, "failure_reason": " ".join(ruling.reasons)}
            mail.write({"state": "cancel", **why})
            if own := notifications.get(mail):
                own.write({"notification_status": "canceled", **why})
            if "mailing_trace_ids" in mail._fields and mail.mailing_trace_ids:
                mail.mailing_trace_ids.write({"trace_status": "cancel", **why})
        messages = self.mail_message_id.filtered(lambda message: message._is_thread_message())
        if notifications:
            messages._notify_message_notification_update()

    def _sheet_notifications(self):
        return (
            self.env["mail.notification"]
            .sudo()
            .search([("notification_type", "=", "email"), ("mail_mail_id", "in", self.ids)])
        )

    # -- whoever gets a message of a marketing purpose can stop them in one click (RFC 8058) --

    def _prepare_outgoing_list(self, mail_server=False, doc_to_followers=None):
        emails = super()._prepare_outgoing_list(mail_server, doc_to_followers)
        judged = SENDING.get()
        if judged is None:
            purpose = self.sudo().mail_message_id.sheet_consent_purpose_id
        else:
            purpose = judged.get(self.id)
        if purpose and purpose.is_marketing:
            for email in emails:
                if sheet := self.sudo()._sheet_of_email(email):
                    self._sheet_add_way_out(email, sheet, purpose)
        return emails

    def _sheet_of_email(self, email):
        """Return the contact or lead who gets this e-mail, or None.

        Colleagues get no link: they could unsubscribe the customer by mistake.
        """
        partner = email["partner_id"] or self.env["res.partner"]
        if partner and not partner.partner_share:
            return None
        about, point = self._sheet_about()
        address = partner.email_normalized or email_normalize(
            ",".join(email["email_to"]), strict=False
        )
        if point and point == address:
            return about
        return partner.filtered_domain(partner._sheet_domain()) or about

    def _sheet_about(self):
        """Return ``(contact or lead, its address)`` of this mail, or nothing where it is gone."""
        if self.model not in HOSTS or not self.res_id:
            return None, False
        about = self.env[self.model].browse(self.res_id)
        try:
            return about, about._sheet_contact_point("email")
        except MissingError:
            return None, False

    def _sheet_add_way_out(self, email, sheet, purpose):
        """Add the headers, and a link at the foot where the text has none."""
        url = sheet._sheet_unsubscribe_url(purpose.code, "email")
        if not url:
            return
        email["headers"] = {
            "List-Unsubscribe": f"<{url}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            **email["headers"],  # the mailing app has links of its own
        }
        if not WAY_OUT.search(email["body"] or ""):
            foot = self._sheet_foot(url, sheet._sheet_consent_lang())
            email["body"] = append_content_to_html(email["body"] or "", foot, plaintext=False)
            email["body_alternative"] = html2plaintext(email["body"])

    def _sheet_foot(self, url, lang):
        """Return the sentence with the link, in the language of the recipient."""
        env = self.with_context(lang=lang).env
        link = Markup('<a href="%s">%s</a>') % (url, env._("Unsubscribe"))
        sentence = env._("You no longer want these messages? %(link)s", link=link)
        return Markup('<p style="font-size: 12px; color: #555555;">%s</p>') % sentence
