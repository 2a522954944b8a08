from odoo import models
from odoo.tools import email_domain_extract, html2plaintext

from ....tools.pasted.read import read_signature
from ...sheet.actor import acting
from .settings import NOT_SIGNATURES, SIGNATURES


class MailThread(models.AbstractModel):
    """The signature of a contact's mail proposes what they wrote there, where a setting says so."""

    _inherit = "mail.thread"

    def _message_post_after_hook(self, message, msg_vals):
        result = super()._message_post_after_hook(message, msg_vals)
        if message.message_type == "email" and message.author_id and SIGNATURES.value(self.env):
            message.author_id.sudo()._sheet_read_signature(message.sudo())
        return result


class ResPartner(models.Model):
    """A contact who signs a mail."""

    _inherit = "res.partner"

    def _sheet_read_signature(self, message):
        """Propose the function and the phone that stand below a contact's own name in a mail.

        As superuser.  Nothing is proposed of colleagues, of mail of excluded domains, of somebody
        who signs with another name, or that the sheet says already.

        :return: the proposals
        """
        proposals = self.env["customer.sheet.proposal"]
        domain = email_domain_extract(message.email_from or "") or ""
        if not self._sheet_may_sign(domain) or not self.filtered_domain(self._sheet_domain()):
            return proposals
        country = self.country_id or self.env.company.country_id
        text = html2plaintext(message.body or "", include_references=False)
        found = read_signature(text, self.name or "", country.code or "")
        with acting("mail"):
            for code in ("function", "phone"):
                proposals |= self._sheet_propose_signed(
                    code, [each for each in found if each.code == code], text, message
                )
        return proposals

    def _sheet_may_sign(self, domain):
        excluded = NOT_SIGNATURES.value(self.env).lower().replace(",", " ").split()
        is_colleague = any(not user.share for user in self.user_ids)
        return domain not in excluded and not is_colleague

    def _sheet_propose_signed(self, code, found, text, message):
        """Propose the first of these that is new; two phones are no contradiction."""
        new = [each for each in found if not self._sheet_holds(code, each.value)]
        if not new:
            return self.env["customer.sheet.proposal"]
        return self._sheet_propose(
            {code: new[0].value},
            "mail",
            said_on=message.date,
            said_by=message.email_from,
            words={code: text[new[0].start : new[0].end]},
        )
