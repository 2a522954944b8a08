from datetime import timedelta

from odoo import api, fields, models

from ...collection.intake.submission import SUSPICIOUS
from ...collection.pages.suspicion import weigh
from ...collection.settings import NETWORK_HOURLY
from ...sheet.called import called
from ...sheet.resumable import go_on
from ..requests.words import RIGHTS

#: Beyond that within a day, what comes is held back: from an address, from everybody together.
ADDRESS_A_DAY, ALL_A_DAY = 3, 200
#: A network that sends so many times what is allowed in an hour is turned away.
TURNED_AWAY = 10
#: What has become a request is only remembered so that a second click makes no other.
REMEMBERED = timedelta(days=2)


class CustomerSheetRequestArrival(models.Model):
    """What somebody sent by the public page, until it is a request.

    The page only notes it: it takes as long and answers the same whether the address is known or
    not.  A chore makes requests of it; what looks like spam is held back for an officer.
    """

    _name = "customer.sheet.request.arrival"
    _description = "Privacy Request to Look At"
    _log_access = False
    _order = "id desc"
    _rec_name = "person_name"

    uuid = fields.Char(readonly=True, help="Of the page that was sent: it counts once.")
    state = fields.Selection(
        [("waiting", "Waiting"), ("held", "Held back"), ("done", "Done")],
        required=True,
        readonly=True,
        default="waiting",
        index=True,
    )
    kind = fields.Selection(RIGHTS, "What they ask for", readonly=True)
    email = fields.Char("Their e-mail", readonly=True)
    person_name = fields.Char("Who asks", readonly=True)
    words = fields.Text("Their words", readonly=True)
    lang = fields.Char("Their language", readonly=True)
    received_at = fields.Datetime("Received on", readonly=True, default=fields.Datetime.now)
    company_id = fields.Many2one("res.company", readonly=True, index="btree_not_null")
    signs = fields.Json(readonly=True)
    why = fields.Char("Why it is held back", compute="_compute_why")

    _uuid_unique = models.UniqueIndex("(uuid)")

    @api.depends("signs")
    @api.depends_context("lang")
    def _compute_why(self):
        words = {
            **self.env["customer.sheet.submission"]._suspicion_words(),
            "network": self.env._("Many came within a short time."),
        }
        for arrival in self:
            arrival.why = " ".join(words.get(code, code) for code in arrival.signs or ())

    # -- what comes --------------------------------------------------------------------

    @api.model
    def _is_turned_away(self, network):
        """Return whether so much came from a network that nothing more is taken for an hour."""
        most = TURNED_AWAY * NETWORK_HOURLY.value(self.env)
        return self.env["customer.sheet.visit"]._is_over("privacy network", network, most)

    @api.model
    def _is_flood(self, network, address):
        """Note a visit; return whether too many came. Nothing that is known is looked at."""
        visits = self.env["customer.sheet.visit"]
        limits = [
            ("privacy network", network, NETWORK_HOURLY.value(self.env), 1),
            ("privacy address", address, ADDRESS_A_DAY, 24),
            ("privacy page", "all", ALL_A_DAY, 24),
        ]
        found = [visits._is_over(*limit) for limit in limits]
        for kind, text, *_limit in limits:
            visits._note(kind, text)
        return any(found)

    @api.model
    def _arrive(self, values, signs):
        """Note what a visitor sent.

        :param values: of the fields
        :param signs: what is noticed, as :func:`weigh` takes it
        """
        points, codes = weigh(signs)
        state = "held" if points >= SUSPICIOUS else "waiting"
        self.sudo().create({**values, "state": state, "signs": codes})
        self.env["customer.sheet.chore"]._wake("prompt")

    # -- what becomes of it --------------------------------------------------------------

    @api.model
    def _cron_take(self, limit=50):
        """Make requests of what has come."""
        domain = [("state", "=", "waiting")]

        def step():
            batch = self.sudo().search(domain, limit=limit, order="id")
            for arrival in batch:
                arrival._take()
            return len(batch), self.sudo().search_count(domain)

        return go_on(self.env, step)

    def _take(self):
        """Return the request that this is, and forget what it said here."""
        requests = self.env["customer.sheet.request"].sudo().with_company(self.company_id)
        moment = fields.Datetime.context_timestamp(self, self.received_at)
        request = requests._receive(
            {
                "kind": self.kind,
                "email": self.email,
                "person_name": self.person_name,
                "words": self.words,
                "lang": self.lang,
                "channel": "form",
                "received_on": moment.date(),
                "company_id": self.company_id.id,
            }
        )
        self._forget()
        return request

    def _forget(self):
        nothing = dict.fromkeys(("email", "person_name", "words", "signs"), False)
        self.sudo().write({**nothing, "state": "done"})

    @api.autovacuum
    def _gc_arrivals(self):
        before = fields.Datetime.now() - REMEMBERED
        self.search([("state", "=", "done"), ("received_at", "<", before)]).unlink()

    # -- what an officer does with what is held back ---------------------------------------

    @called()
    def action_take(self):
        """Make requests of what was held back: they count from the day on which they came."""
        requests = self.env["customer.sheet.request"]
        for arrival in self.sudo().filtered(lambda each: each.state == "held"):
            requests |= arrival._take().sudo(False)
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "crm_customer_sheet.customer_sheet_request_action"
        )
        return {**action, "domain": [("id", "in", requests.ids)], "context": {}}

    @called()
    def action_drop(self):
        """Forget what was held back and is no request."""
        self.sudo().filtered(lambda each: each.state == "held")._forget()
        return {"type": "ir.actions.client", "tag": "soft_reload"}
