import time
from urllib.parse import urlsplit

from odoo import api, fields, models, tools
from odoo.exceptions import ValidationError

from ....tools.ids.company_id import home
from . import cbe, france, morocco, sirene, vies, words
from .answer import Silent, Unavailable
from .http import WHOLE, Http

#: Every source that there is, by code: a register is one of them.
ADAPTERS = {adapter.CODE: adapter for adapter in (france, sirene, vies, cbe, morocco)}

#: Seconds that a person waits for the register's limit, of those until there is an answer.
PATIENCE = 1
#: What was not even asked: no failure of the register.
_UNASKED = frozenset("off no_key not_a_number too_short busy".split())


class CustomerSheetRegister(models.Model):
    """A public register that may be asked about companies, once somebody has switched it on.

    **How to use.**  :meth:`_for` gives the registers in force for a country, :meth:`_look_up`,
    :meth:`_read` and :meth:`_check_vat` ask one of them.  They raise nothing, write nothing with
    the caller's cursor and answer within :data:`http.WHOLE` seconds; :meth:`_words` says why there
    is no answer.

    **How it works.**  An *adapter* for each source knows how it is asked and what it answers,
    without any ORM.  How often it may be asked is counted beside it, by all processes together.
    """

    _name = "customer.sheet.register"
    _inherit = ["customer.sheet.cached.mixin"]
    _description = "Public Register"
    _order = "sequence, id"

    code = fields.Selection(
        [
            ("france", "Recherche d'entreprises"),
            ("sirene", "INSEE Sirene"),
            ("vies", "VIES"),
            ("cbe", "cbeapi.be"),
            ("morocco", "ICE"),
        ],
        "Source",
        required=True,
        readonly=True,
    )
    name = fields.Char(required=True)
    sequence = fields.Integer(default=10)
    state = fields.Selection([("off", "Off"), ("on", "Active")], required=True, default="off")
    countries = fields.Char(compute="_compute_source")
    licence = fields.Char(compute="_compute_source")
    recipient = fields.Text(
        "What is sent to whom",
        compute="_compute_source",
        help="For the register of processing activities.",
    )

    # how it is asked
    base_url = fields.Char("Address", groups="base.group_system", help="Empty for the usual one.")
    calls_per_second = fields.Float(
        "Questions a second", required=True, default=1, digits=(16, 2), aggregator=None
    )
    needs_key = fields.Boolean("Needs a key", compute="_compute_source")
    secret = fields.Char(groups=fields.NO_ACCESS, copy=False)
    key = fields.Char(
        compute="_compute_key",
        inverse="_inverse_key",
        groups="base.group_system",
        help="Nobody can read it any more once it is saved.",
    )
    has_key = fields.Boolean(
        "A key is kept",
        compute="_compute_has_key",
        inverse="_inverse_has_key",
        groups="base.group_system",
        help="Untick it to forget the key.",
    )

    # how it went
    last_success_at = fields.Datetime("Last answer", compute="_compute_last")
    last_failure_at = fields.Datetime("Last failure", compute="_compute_last")
    last_failure = fields.Char("Why it failed", compute="_compute_last")

    _code_unique = models.Constraint("UNIQUE (code)", "There is one line for each register.")
    _pace_positive = models.Constraint(
        "CHECK (calls_per_second > 0)", "“Questions a second” must be more than zero."
    )

    @api.depends("code")
    @api.depends_context("lang")
    def _compute_source(self):
        for register in self:
            adapter = ADAPTERS[register.code]
            register.countries = ", ".join(sorted(adapter.COUNTRIES))
            register.licence = words.licence(self.env, register.code)
            register.recipient = words.recipient(self.env, register.code)
            register.needs_key = adapter.NEEDS_KEY

    def _compute_key(self):
        self.key = False

    def _inverse_key(self):
        for register in self.filtered("key"):
            register.sudo().secret = register.key.strip()
        self.invalidate_recordset(["key"])

    @api.depends("secret")
    def _compute_has_key(self):
        for register in self:
            register.has_key = bool(register.sudo().secret)

    def _inverse_has_key(self):
        self.filtered(lambda each: not each.has_key).sudo().secret = False

    @api.depends_context("lang")
    def _compute_last(self):
        paces = self.env["customer.sheet.register.pace"].sudo()
        paces = paces.search([("register_id", "in", self.ids)]).grouped("register_id")
        for register in self:
            pace = paces.get(register, self.env["customer.sheet.register.pace"])
            register.last_success_at = pace.last_success_at
            register.last_failure_at = pace.last_failure_at
            reason = pace.last_failure
            register.last_failure = reason and register._words(
                Unavailable(reason, source=register.code)
            )

    def write(self, vals):
        """Forget the key where the address changes: whoever changes it would read it there."""
        if "base_url" in vals:
            moved = self.filtered(lambda each: (each.base_url or "") != (vals["base_url"] or ""))
            moved.sudo().secret = False
        return super().write(vals)

    @api.constrains("base_url")
    def _check_base_url(self):
        for register in self:
            if register.base_url and not _is_safe(register.base_url):
                raise ValidationError(
                    self.env._(
                        "“%(url)s” in “Address” must begin with https://. Example: %(example)s",
                        url=register.base_url,
                        example=ADAPTERS[register.code].URL,
                    )
                )

    # -- asking ----------------------------------------------------------------------

    @api.model
    def _for(self, country, what):
        """Return the registers in force that know companies of a country, the best first.

        No query once Odoo's cache knows.

        :param country: code of the country; ``""`` for the registers of any
        :param what: ``company``, or ``vat`` for what :meth:`_check_vat` asks
        """
        own = home(country)
        return self.browse(
            register_id
            for register_id, code in self._in_force()
            if what in ADAPTERS[code].KNOWS and (not own or own in ADAPTERS[code].COUNTRIES)
        )

    def _look_up(self, text, country="", patience=PATIENCE):
        """Return the companies that a register finds for a name or number, the best first.

        :param patience: seconds to wait for the register's limit
        :return: a list of ``Candidate``, empty if it finds none or knows numbers only; or
            ``Unavailable``
        """
        return self._asked(
            patience, lambda adapter, http: adapter.search(http, text or "", country)
        )

    def _read(self, number, country="", patience=PATIENCE):
        """Return what a register says of a number: ``Found``, ``NotFound`` or ``Unavailable``.

        :param number: as somebody typed it
        """

        def read(adapter, http):
            return adapter.read(http, _number(adapter, number, country))

        return self._asked(patience, read)

    def _check_vat(self, number, requester="", patience=PATIENCE):
        """Return whether a VAT number is valid: ``Found``, ``NotFound`` or ``Unavailable``.

        :param requester: one's own VAT number, for which there is a consultation number
        """

        def check(adapter, http):
            own = adapter.number(requester) if requester else ""
            return adapter.read(http, _number(adapter, number, ""), own)

        return self._asked(patience, check)

    @api.model
    def _words(self, answer):
        """Return why there is no answer, in a sentence; ``""`` of one that is there."""
        return words.of_answer(self.env, answer)

    @api.model
    def _warning_words(self, code):
        """Return what a warning of an answer means, in a sentence."""
        return words.of_warning(self.env, code)

    # -- how -------------------------------------------------------------------------

    @api.model
    @tools.ormcache()
    def _in_force(self):
        registers = self.sudo().search([("state", "=", "on")])
        return tuple((each.id, each.code) for each in registers if each._is_ready())

    def _is_ready(self):
        return bool(self.secret or not ADAPTERS[self.code].NEEDS_KEY)

    def _asked(self, patience, ask):
        """Return what an adapter answers; how it went is noted."""
        self.ensure_one()
        register = self.sudo()
        try:
            register._check_ready()
            answer, reason, wait = ask(ADAPTERS[self.code], register._http(patience)), "", None
        except Silent as silent:
            reason, wait = silent.reason, silent.wait
            answer = Unavailable(reason, wait, self.code)
        if reason not in _UNASKED and self.code != morocco.CODE:
            asked_to_wait = wait if reason == "asked_to_wait" else None
            paces = self.env["customer.sheet.register.pace"]
            paces._note(register, reason, asked_to_wait, ADAPTERS[self.code].BURST)
        return answer

    def _check_ready(self):
        if self.state == "off":
            raise Silent("off")
        if not self._is_ready():
            raise Silent("no_key")

    def _http(self, patience):
        """Return what asks the register, at most as often as it may be asked."""
        adapter, paces = ADAPTERS[self.code], self.env["customer.sheet.register.pace"]

        def turn(left):
            most = max(min(patience, left - WHOLE / 4), 0)
            time.sleep(paces._turn(self, adapter.BURST, most))

        return Http(
            self.base_url or adapter.URL,
            f"Customer sheet of {self.env.company.name}",
            adapter.headers(self.secret or ""),
            turn,
            WHOLE - PATIENCE + max(patience, PATIENCE),
        )


def _number(adapter, text, country):
    """Return the number in a text as a source takes it.

    :raise Silent: there is none
    """
    number = adapter.number(text or "", country)
    if not number:
        raise Silent("not_a_number")
    return number


def _is_safe(url):
    """Tell whether nobody on the way reads what is sent to an address."""
    try:
        there = urlsplit(url)
        is_own = there.hostname in ("127.0.0.1", "localhost", "::1")
    except ValueError:
        return False
    return bool(there.hostname) and (there.scheme == "https" or (is_own and there.scheme == "http"))
