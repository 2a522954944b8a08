from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import (
    email_normalize,
    escape_psql,
    html2plaintext,
    parse_contact_from_email,
)

from ....tools.text.fold import letters
from ...consent.ledger.words import PRIVACY_OFFICER
from ...sheet.handover.message import AUTOMATIC
from ..requests.words import OPEN
from .guess import guessed, unquoted
from .settings import OFFICER

LONGEST_NAME, LONGEST_WORDS = 200, 5_000
#: A mail that says it is older has a wrong date.
OLDEST = timedelta(days=365)


class CustomerSheetRequest(models.Model):
    """Requests that reach us by themselves: a page, a mail, an account."""

    _inherit = "customer.sheet.request"

    @api.model
    def _officer(self, company):
        """Return who answers requests to a company: the one of the settings, else the first."""
        users = self.env["res.users"].sudo()
        domain = [
            ("all_group_ids", "in", self.env.ref(PRIVACY_OFFICER).id),
            ("company_ids", "in", company.ids),
        ]
        chosen = OFFICER.value(self.env).sudo().filtered_domain([("active", "=", True), *domain])
        return chosen or users.search(domain, order="id", limit=1)

    @api.model
    def _receive(self, values):
        """Note what somebody whom nobody has identified asks from outside; return the request.

        Who asks for the same again while it is open has one request.  Somebody whose address we
        know is asked, by a link to it, whether it is theirs.

        :param values: as ``create`` takes them; ``email`` is normalised, or empty
        """
        address, company = values["email"], self.env["res.company"].browse(values["company_id"])
        if former := self._open_of_address(address, values["kind"]):
            former._ask_again(values)
            return former
        sheets = self._sheets_of_address(address)
        name, officer = values["person_name"], self._officer(company)
        quiet = self.sudo().with_context(
            lang=officer.lang or company.partner_id.lang,
            mail_activity_quick_update=bool(sheets),  # told when proved
        )
        request = quiet.create(
            {
                **values,
                "email": address or False,
                "person_name": name or address or quiet.env._("See the message"),
                "user_id": officer.id,
                **self._whose(sheets, name),
            }
        )
        if sheets:
            request._ask_by_link()
        return request.with_context(mail_activity_quick_update=False)

    @api.model
    def _whose(self, sheets, name):
        """Return the contact or lead that a request is about, as values: none in case of doubt."""
        if len(sheets) > 1:
            sheets = sheets.filtered(lambda sheet: _same(sheet._sheet_request_name(), name))
        if len(sheets) != 1:
            return {}
        company = {"company_id": sheets.company_id.id} if sheets.company_id else {}
        return {"partner_id" if sheets._name == "res.partner" else "lead_id": sheets.id, **company}

    def _ask_again(self, values):
        """Keep what somebody says who asks for the same again; mail the link again."""
        ours = self._for_us().env
        body = ours._("They asked again: %(words)s", words=values["words"] or "–")
        self._message_log(body=body)
        if self.state == "asked" and self._sheets_of_address(self._address()):
            self._send_link()

    # -- by mail -----------------------------------------------------------------------

    @api.model
    def message_new(self, msg_dict, custom_values=None):
        """Return the request that a mail makes, or the open one of its sender that it is about.

        Who asks for another right than those that are open has another request: its own time runs.
        """
        if not self.env.su:  # the mail gateway is
            self.check_access("create")
        name, address = parse_contact_from_email(msg_dict.get("email_from") or "")
        address = email_normalize(address or "") or ""
        is_machine = msg_dict.get(AUTOMATIC)
        subject, text = msg_dict.get("subject") or "", html2plaintext(msg_dict.get("body") or "")
        right = guessed(f"{subject}\n{unquoted(text)}")
        if former := self._open_of_address(address, not is_machine and right):
            if not is_machine:
                former._happened("wrote", former._today())
            return former
        if is_machine and (former := self._last_of_address(address)):
            return former  # it answers what we have mailed
        if self._is_colleague(address):  # who forwards it is not who asks
            name = address = ""
        return self._receive(
            {
                "kind": right or guessed(text) or "access",
                "email": address,
                "person_name": (name or "")[:LONGEST_NAME],
                "words": "\n".join(filter(None, (subject, text.strip())))[:LONGEST_WORDS],
                "channel": "email",
                "received_on": self._day_of_mail(msg_dict.get("date")),
                "company_id": self.env.company.id,
            }
        )

    def _seems_to_ask(self, msg_dict):
        """Return words for the officer where an answer to our letter asks for another right."""
        right = guessed(unquoted(html2plaintext(msg_dict.get("body") or "")))
        if not right or right == self.kind:
            return False
        return self._for_us().env._(
            "It seems that they ask for something else, too: %(right)s. If so, note it as a request"
            " of its own.",
            right=self._for_us()._label_of(right),
        )

    @api.model
    def _last_of_address(self, address):
        """Return the last request of an address, whatever became of it, or an empty one."""
        domain = [("email", "=ilike", escape_psql(address))]
        return self.sudo().search(domain if address else [("id", "=", 0)], limit=1)

    @api.model
    def _is_colleague(self, address):
        users = self.env["res.users"].sudo()
        domain = [("share", "=", False), ("email_normalized", "=", address)]
        return bool(address) and bool(users.search_count(domain, limit=1))

    @api.model
    def _day_of_mail(self, date):
        """Return the day on which a mail came: its own date, unless that cannot be right."""
        today = self._today()
        if not date:
            return today
        moment = fields.Datetime.context_timestamp(self, fields.Datetime.to_datetime(date))
        return moment.date() if today - OLDEST <= moment.date() <= today else today

    # -- by somebody of the company ------------------------------------------------------

    @api.model
    def _file(self, sheet, kind, channel, received_on, words):
        """Note what a colleague was told that the person of a contact or lead asks."""
        column = "partner_id" if sheet._name == "res.partner" else "lead_id"
        company = sheet.sudo().company_id or self.env.company
        same = [(column, "=", sheet.id), ("kind", "=", kind), ("state", "in", OPEN)]
        if former := self.sudo().search(same, limit=1):
            former._ask_again({"words": words})
            return former
        return self.sudo().create(
            {
                column: sheet.id,
                "kind": kind,
                "channel": channel,
                "received_on": received_on,
                "words": words,
                "company_id": company.id,
                "user_id": self._officer(company).id,
            }
        )

    # -- from an account -----------------------------------------------------------------

    @api.model
    def _of_account(self, user):
        """Return the requests of a person who is logged in, the newest first."""
        domain = [("partner_id", "=", user.partner_id.id), ("state", "!=", "void")]
        return self.sudo().search(domain, limit=50)

    @api.model
    def _receive_of_account(self, user, kind, words):
        """Note what somebody asks who is logged in: that proves who they are."""
        requests = self._of_account(user).filtered(lambda each: each.state in OPEN)
        if former := requests.filtered(lambda each: each.kind == kind)[:1]:
            former._ask_again({"words": words})
            return former
        partner = user.partner_id
        request = self.sudo().create(
            {
                "kind": kind,
                "partner_id": partner.id,
                "person_name": partner.name,
                "email": partner.email,
                "lang": user.lang,
                "words": words,
                "channel": "portal",
                "company_id": (partner.company_id or user.company_id).id,
                "user_id": self._officer(partner.company_id or user.company_id).id,
            }
        )
        words = request._for_us().env._("By their account.")
        quiet = request.with_context(mail_activity_quick_update=True)  # told already
        quiet._happened("proved", request._today(), words, state="working", identity="account")
        return request


def _same(name, other):
    return bool(letters(other or "")) and letters(name or "") == letters(other)
