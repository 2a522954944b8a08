from odoo import fields, models
from odoo.tools import format_date

from ...sheet.called import called
from ..requests.words import own_words

#: Steps that the person is told of in a letter.
TOLD = ("asked", "extended", "answered", "refused")


def long_day(env, day):
    """Return a day as letters write it."""
    return format_date(env, day, date_format="d MMMM yyyy") if day else ""


class CustomerSheetRequest(models.Model):
    """Letters: what the person is told, in their language."""

    _inherit = "customer.sheet.request"

    letter = fields.Html("Last letter", readonly=True, copy=False)

    def _letter(self, step, words, lang, is_doubted=None, with_link=False):
        """Return the letter that tells a person of a step, as HTML.

        :param words: what the officer says in it
        :param is_doubted: whether a copy of an identity document is asked for; as the request says
        :param with_link: whether it leads to the file of the person
        """
        request = self.with_context(lang=lang)
        due = request._foreseen(step)
        return request.env["ir.qweb"]._render(
            "crm_customer_sheet.customer_sheet_request_letter",
            {
                "record": request,
                "law": request.regime_id.sudo(),
                "right": own_words(request.env)[request.kind],
                "received": long_day(request.env, request.received_on),
                "due": long_day(request.env, due),
                "today": long_day(request.env, request._today()),
                "step": step,
                "words": words or "",
                "answer": request._answer_words(with_link) if step == "answered" else {},
                "corrected": request._corrected() if step == "answered" else [],
                "is_doubted": self.is_doubted if is_doubted is None else is_doubted,
            },
        )

    def _subject(self, lang):
        """Return the subject of a letter."""
        env = self.with_context(lang=lang).env
        return env._("Your request about your personal data (%(number)s)", number=self.name)

    def _tell(self, step, words, lang, *, send, files=(), with_link=False):
        """Write the letter of a step: it stays in the chatter, and can be printed.

        :param send: by e-mail, too
        :param files: ``(name, content)`` of what goes with it
        :param with_link: whether it leads to the file of the person
        """
        letter = self._letter(step, words, lang, with_link=with_link)
        self.sudo().message_post(
            author_id=self.env.user.partner_id.id,
            body=letter,
            subject=self._subject(lang),
            message_type="comment" if send else "notification",
            subtype_xmlid="mail.mt_comment" if send else "mail.mt_note",
            outgoing_email_to=send and self.email,
            attachments=list(files),
        )
        self.sudo().letter = letter

    @called(one=True)
    def action_print(self):
        """Return the action that prints the last letter."""
        report = self.env.ref("crm_customer_sheet.customer_sheet_request_report")
        return report.report_action(self)
