from urllib.parse import urlencode

from odoo import fields, models
from odoo.tools import format_date

from ...quality.checks import checks
from ..settings import DRAFT_DAYS, NETWORK_HOURLY
from . import ticket as tickets

#: How many mailed links an address and a network may ask for, and within how many hours.
MAILS = {"address": (3, 24), "network": (20, 1)}


class CustomerSheetForm(models.Model):
    """The pages of a form: what tells spam, and how a draft finds its author."""

    _inherit = "customer.sheet.form"

    def _address(self, **query):
        """Return the absolute address of the form with some parameters."""
        return f"{self.url}?{urlencode(query)}" if query else self.url

    # -- spam ----------------------------------------------------------------------

    def _is_flood(self, network):
        """Note that a network sends the form; return whether it does so too often.

        At a fair everybody is behind the same network: there it is no sign.
        """
        visits = self.env["customer.sheet.visit"]
        most = NETWORK_HOURLY.value(self.env)
        is_over = self.use != "fair" and visits._is_over("form", network, most)
        visits._note("form", network)
        return is_over

    def _is_throw_away(self, address):
        """Return whether an e-mail address is of a provider of throw-away addresses."""
        facts = checks.CheckFacts(email=address or "")
        known = self.env["customer.sheet.email.domain"].sudo()._facts_of([facts])
        return any(domain["kind"] == "disposable" for domain in known.values())

    # -- drafts --------------------------------------------------------------------

    def _draft_url(self, ticket, **query):
        """Return the absolute address under which a draft is filled in further."""
        token = tickets.sign_draft(self.env, ticket, DRAFT_DAYS.value(self.env))
        return self._address(d=token, **query)

    def _mail_draft(self, draft, ticket, address, network):
        """Mail the link to a draft to whoever says that it is theirs, within limits.

        Nothing is looked up: any address is served the same.  The draft lives as long as the mail
        says.

        :param address: a normalised one
        """
        draft.expires_at = draft._expiry()
        visits = self.env["customer.sheet.visit"]
        asked = {"address": address, "network": network}
        if any(visits._is_over(f"draft {kind}", asked[kind], *MAILS[kind]) for kind in MAILS):
            return
        for kind, text in asked.items():
            visits._note(f"draft {kind}", text)
        until = fields.Datetime.context_timestamp(self, draft.expires_at)
        self.env["customer.sheet.consent.link"]._mail(
            "mail_template_form_draft",
            self.company_id,
            address,
            self.env.lang,
            sheet_url=self._draft_url(ticket, lang=self.env.lang),
            sheet_until=format_date(self.env, until),
        )
