import re

from markupsafe import Markup

from odoo import models
from odoo.exceptions import MissingError
from odoo.tools import html2plaintext
from odoo.tools.mail import append_content_to_html, email_normalize

from odoo.addons.base.models.ir_mail_server import RFC5322_IDENTIFICATION_HEADERS

from ...sheet.fields import HOSTS
from .mail import SENDING

# Like a Message-Id: a long address that is folded becomes an encoded word, which RFC 2047 (5)
# forbids there and mail programs do not read.
RFC5322_IDENTIFICATION_HEADERS.add("list-unsubscribe")

#: A link of this kind in a body is a way out: ours, or that of the mailing app.
WAY_OUT = re.compile(r'href="[^"]*(unsubscribe|/customer_sheet/preferences/)')


class MailMail(models.Model):
    """Whoever gets a message of a marketing purpose can stop them in one click (RFC 8058)."""

    _inherit = "mail.mail"

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
