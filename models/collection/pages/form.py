import re
from urllib.parse import urlencode

from markupsafe import Markup

from odoo import SUPERUSER_ID, fields, models
from odoo.tools import format_date

from ...quality.checks import checks
from ..settings import DRAFT_DAYS, NETWORK_HOURLY
from . import ticket as tickets

#: How many mailed links an address and a network may ask for, and within how many hours.
MAILS = {"address": (3, 24), "network": (20, 1)}

ORIGIN = re.compile(r"https?://[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?")


class CustomerSheetForm(models.Model):
    """The pages of a form: its addresses, who may show it, and how a draft finds its author."""

    _inherit = "customer.sheet.form"

    # -- addresses -----------------------------------------------------------------

    def _page_url(self, path="", **query):
        """Return the absolute address of the form, or of something below it."""
        query = f"?{urlencode(query)}" if query else ""
        return f"{self.get_base_url()}/customer_sheet/form/{self.slug}{path}{query}"

    def _embed_line(self):
        """Return the one line that shows the form in a page of somebody else's website."""
        return Markup('<script src="%s" async></script>') % self._page_url("/embed.js")

    def _frames(self):
        """Return the origins that may show the form inside their own pages."""
        lines = (line.strip().rstrip("/").lower() for line in (self.origins or "").splitlines())
        return [line for line in lines if ORIGIN.fullmatch(line)]

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
        return self._page_url(d=token, **query)

    def _mail_draft(self, ticket, address, network):
        """Mail the link to a draft to whoever says that it is theirs, within limits.

        Nothing is looked up: any address is served the same.

        :param address: a normalised one
        """
        visits = self.env["customer.sheet.visit"]
        asked = {"address": address, "network": network}
        if any(visits._is_over(f"draft {kind}", asked[kind], *MAILS[kind]) for kind in MAILS):
            return
        for kind, text in asked.items():
            visits._note(f"draft {kind}", text)
        days = DRAFT_DAYS.value(self.env)
        until = fields.Date.add(fields.Date.context_today(self), days=days)
        self._mail_link(
            "mail_template_form_draft",
            address,
            sheet_url=self._draft_url(ticket, lang=self.env.lang),
            sheet_until=format_date(self.env, until),
        )

    def _mail_link(self, template, address, **facts):
        """Queue a mail with a link for nobody but the owner of an address."""
        company = (self.company_id or self.env.company).sudo()
        template = self.env.ref(f"crm_customer_sheet.{template}")
        template = template.with_user(SUPERUSER_ID).with_company(company)
        template.with_context(sheet_lang=self.env.lang, **facts).send_mail(
            company.id,
            email_values={
                "email_to": address,
                "model": False,
                "res_id": False,
                "author_id": self.env.ref("base.partner_root").id,
                "auto_delete": True,
            },
        )
        self.env.ref("mail.ir_cron_mail_scheduler_action").sudo()._trigger()
