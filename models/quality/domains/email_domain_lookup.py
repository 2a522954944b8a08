from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ...sheet.resumable import go_on
from ..settings import MAIL_LOOKUP, NAME_SERVERS, server
from . import mx_lookup

#: How long an answer is believed.
LIFETIME = {"found": timedelta(days=60), "none": timedelta(days=7), "refused": timedelta(days=30)}
RETRY = timedelta(hours=6)

TIMEOUT = 3  # seconds for one domain
BATCH = 25
#: So many time-outs in a row mean that there is no network: the run stops.
SILENT = 5


class CustomerSheetEmailDomain(models.Model):
    """Mail servers are looked up in the background, domain by domain, and remembered."""

    _inherit = "customer.sheet.email.domain"

    @api.model
    def _cron_lookup(self):
        """Look up new domains and those whose answer expired; resumes where it stopped."""
        if not MAIL_LOOKUP.value(self.env):
            return
        self._collect()
        go_on(self.env, self._look_up_next)

    @api.model
    def _look_up_next(self):
        due = self._due()
        if not due:
            return 0, 0
        silent = due._look_up()
        self._check_addresses_of(due.mapped("name"))
        return len(due), 0 if silent else self._due_count()

    @api.model
    def _collect(self):
        """Add the domains of unchecked addresses."""
        self.env.flush_all()
        for host in ("res.partner", "crm.lead"):
            self._add(self.env[host]._sheet_unchecked_domains())

    @api.model
    def _due_domain(self):
        """Return the domain of what to look up: the shipped lists are known without."""
        due = Domain("expires_on", "=", False) | Domain("expires_on", "<", fields.Datetime.now())
        return due & Domain("kind", "=", "ordinary")

    @api.model
    def _due(self):
        return self.sudo().search(
            self._due_domain(), order="expires_on NULLS FIRST, id", limit=BATCH
        )

    @api.model
    def _due_count(self):
        return self.sudo().search_count(self._due_domain())

    def _look_up(self):
        """Ask the name servers for each domain; return whether they are all silent."""
        resolver = self._resolver()
        now = fields.Datetime.now()
        silent = 0
        for domain in self:
            found = (
                mx_lookup.lookup(domain.name, TIMEOUT, resolver) if silent < SILENT else "unchecked"
            )
            silent = silent + 1 if found == "unchecked" else 0
            values = {"checked_on": now, "expires_on": now + LIFETIME.get(found, RETRY)}
            if found != "unchecked":
                values["mx"] = found
            domain.write(values)
        return silent >= SILENT

    @api.model
    def _resolver(self):
        """Return the resolver: the system's, or the name servers of the setting."""
        servers = [server(text) for text in NAME_SERVERS.value(self.env).split()]
        addresses = [address for address, _port in servers]
        port = min((port for _address, port in servers), default=53)
        return mx_lookup.resolver(addresses or None, port=port, timeout=TIMEOUT)
