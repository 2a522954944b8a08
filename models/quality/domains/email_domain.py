from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Domain
from odoo.tools import SQL, file_open

from ...sheet.called import called
from ...sheet.resumable import go_on
from ..checks import checks
from ..settings import MAIL_LOOKUP, NAME_SERVERS, server
from . import mx_lookup

#: Shipped lists, by kind; ``dev/email_domains.py`` refreshes them.
SHIPPED = {
    "free": "crm_customer_sheet/data/quality/free_mail_domains.txt",
    "disposable": "crm_customer_sheet/data/quality/disposable_domains.txt",
}

#: How long an answer is believed.
LIFETIME = {"found": timedelta(days=60), "none": timedelta(days=7), "refused": timedelta(days=30)}


RETRY = timedelta(hours=6)

TIMEOUT = 3  # seconds for one domain


BATCH = 25

#: So many time-outs in a row mean that there is no network: the run stops.
SILENT = 5


class CustomerSheetEmailDomain(models.Model):
    """What is known of the domain of e-mail addresses, once for all addresses in it.

    Whether it receives mail is looked up in the background (``_cron_lookup``): nobody waits
    for a name server while typing.
    """

    _name = "customer.sheet.email.domain"
    _description = "E-mail Domain"
    _order = "name"

    name = fields.Char("Domain", required=True)
    kind = fields.Selection(
        [
            ("ordinary", "Company or organisation"),
            ("free", "Personal mail provider"),
            ("disposable", "Throw-away addresses"),
        ],
        required=True,
        default="ordinary",
    )
    mx = fields.Selection(
        [
            ("unchecked", "Not looked up"),
            ("found", "Receives mail"),
            ("none", "Receives no mail"),
            ("refused", "Refuses mail"),
        ],
        "Mail server",
        required=True,
        default="unchecked",
        readonly=True,
    )
    suggestion = fields.Char(
        "Meant", help="The domain that people meant when they typed this one, e.g. gmail.com."
    )
    checked_on = fields.Datetime("Looked up on", readonly=True)
    expires_on = fields.Datetime("Look up again on", readonly=True, index=True)

    _name_unique = models.Constraint("UNIQUE (name)", "This domain is already in the list.")

    # -- facts -------------------------------------------------------------

    @api.model
    def _facts_of(self, facts):
        """Return ``{domain: facts}`` of the addresses in a list of :class:`checks.CheckFacts`.

        One query, none where there is no address.
        """
        names = {checks.email_domain(each.email) for each in facts if each.email} - {""}
        if not names:
            return {}
        rows = self.env.execute_query_dict(
            SQL(
                "SELECT name, kind, mx, COALESCE(suggestion, '') AS suggestion"
                " FROM customer_sheet_email_domain WHERE name = ANY(%s)",
                list(names),
            )
        )
        return {row.pop("name"): row for row in rows}

    # -- lists -------------------------------------------------------------

    @api.model
    def _load_shipped(self):
        """Add the shipped domains that are not in the list yet, whatever their kind is there."""
        for kind, path in SHIPPED.items():
            with file_open(path) as lines:
                names = [line.strip() for line in lines if line.strip() and line[0] != "#"]
            self._add(names, kind)

    @api.model
    def _add(self, names, kind="ordinary"):
        """Add those of these canonical domains that are not in the list yet."""
        self.env.cr.execute(
            SQL(
                """
                INSERT INTO customer_sheet_email_domain
                            (name, kind, mx, create_uid, write_uid, create_date, write_date)
                SELECT name, %s, 'unchecked', %s, %s, now(), now()
                  FROM unnest(%s::text[]) AS new(name)
                ON CONFLICT (name) DO NOTHING
                """,
                *(kind, self.env.uid, self.env.uid, list(names)),
            )
        )

    # -- edits by an administrator -------------------------------------------

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            vals["name"] = self._canonical(vals.get("name"))
        domains = super().create(vals_list)
        domains._check_addresses_again()
        return domains

    def write(self, vals):
        if "name" in vals:
            vals = {**vals, "name": self._canonical(vals["name"])}
        result = super().write(vals)
        if {"name", "kind", "suggestion"} & set(vals):
            self._check_addresses_again()
        return result

    def unlink(self):
        names = self.mapped("name")
        result = super().unlink()
        self._check_addresses_of(names)
        return result

    @api.model
    def _canonical(self, name):
        """Return a domain as :func:`checks.email_domain` gives it."""
        name = str(name or "").strip().lower().removeprefix("@")
        domain = checks.email_domain(f"a@{name}")
        if not domain:
            raise ValidationError(
                self.env._(
                    "“%(name)s” in “Domain” is not a domain name. Example: atlas-meca.ma", name=name
                )
            )
        return domain

    def _check_addresses_again(self):
        self._check_addresses_of(self.mapped("name"))

    @api.model
    def _check_addresses_of(self, names):
        """Check again the addresses in these domains, on contacts and leads."""
        self.env.flush_all()
        for host in ("res.partner", "crm.lead"):
            self.env[host]._sheet_check_emails_of(names)

    @called()
    def action_look_up(self):
        """Look these domains up now."""
        self.check_access("write")
        self.sudo()._look_up()
        self._check_addresses_again()

    # -- mail servers are looked up in the background, domain by domain, and remembered --

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
            domain.expires_on = now + LIFETIME.get(found, RETRY)
            if found != "unchecked":
                domain.write({"mx": found, "checked_on": now})
        return silent >= SILENT

    @api.model
    def _resolver(self):
        """Return the resolver: the system's, or the name servers of the setting."""
        servers = [server(text) for text in NAME_SERVERS.value(self.env).split()]
        addresses = [address for address, _port in servers]
        port = min((port for _address, port in servers), default=53)
        return mx_lookup.resolver(addresses or None, port=port, timeout=TIMEOUT)
