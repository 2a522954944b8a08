from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date

from ...sheet.fields import HOSTS
from ...sheet.resumable import go_on
from ..chain import keyed

#: How many links an address or a network may ask for, and within how many hours.
LIMITS = (("address_key", 3, 24), ("network_key", 20, 1))

#: Several people may share an address; more of them are no private address.
SHEETS_AT_MOST = 3


class CustomerSheetConsentLinkRequest(models.Model):
    """Visitors who ask for a new link to their choices.

    The page only notes the request: it takes as long and answers the same whether the address
    is known or not.  A chore sends the mails and forgets the addresses.
    """

    _name = "customer.sheet.consent.link.request"
    _description = "Request for a Preference Link"
    _log_access = False
    _rec_name = "requested_at"

    email = fields.Char(help="Empty once the request has been dealt with.")
    address_key = fields.Char(index=True, help="Recognises the address again, tells it to nobody.")
    kind = fields.Char(default="preferences")
    network_key = fields.Char(index=True)
    requested_at = fields.Datetime(index=True, default=fields.Datetime.now)

    @api.model
    def _note(self, email, network, kind="preferences"):
        """Note that somebody in ``network`` wants a link sent to ``email``, within limits.

        :param email: a normalised address
        :param kind: what the link opens; the room that has the page extends :meth:`_send`
        """
        pepper = self.env["customer.sheet.consent.subject"]._pepper()
        keys = {
            "address_key": keyed(pepper, f"link:{email}"),
            "network_key": keyed(pepper, f"network:{network}"),
        }
        if not self._too_many(keys):
            self.sudo().create({"email": email, "kind": kind, **keys})
            self.env["customer.sheet.chore"]._wake("prompt")

    @api.model
    def _too_many(self, keys):
        now, requests = fields.Datetime.now(), self.sudo()
        counts = [
            requests.search_count(
                [(name, "=", keys[name]), ("requested_at", ">", now - timedelta(hours=hours))]
            )
            >= most
            for name, most, hours in LIMITS
        ]
        return any(counts)

    @api.model
    def _cron_send(self, limit=100):
        """Send a link to whoever of those who asked is on a contact or lead with a sheet."""
        domain = [("email", "!=", False)]

        def step():
            batch = self.search(domain, limit=limit, order="id")
            for request in batch:
                request._send()
            batch.email = False
            return len(batch), self.search_count(domain)

        return go_on(self.env, step)

    def _send(self):
        life = self.env["customer.sheet.consent.link"]._days("preferences")
        for sheet in self._sheets():
            lang = sheet._sheet_consent_lang()
            sheet._sheet_consent_mail(
                "mail_template_consent_link",
                sheet_url=sheet._sheet_preference_url(),
                sheet_until=format_date(self.env, fields.Date.today() + life, lang_code=lang),
            )

    def _sheets(self):
        """Return the contacts with this address, or else its leads; the newest first."""
        for model in HOSTS:
            host = self.env[model].sudo()
            domain = Domain("email_normalized", "=", self.email) & host._sheet_domain()
            if found := host.search(domain, limit=SHEETS_AT_MOST, order="id desc"):
                return found
        return ()

    @api.autovacuum
    def _gc_requests(self):
        day = max(hours for _name, _most, hours in LIMITS)
        before = fields.Datetime.now() - timedelta(hours=day)
        self.search([("requested_at", "<", before), ("email", "=", False)]).unlink()
