"""Which currency an amount is in, and how much that is in the company's own."""

import re

#: Signs and words of currencies, each with those that may be meant: the company's own, else the
#: first.
SIGNS = {
    "€": ("EUR",),
    "$": ("USD", "CAD", "AUD", "NZD", "SGD", "HKD", "MXN", "BRL", "ARS", "CLP", "COP"),
    "£": ("GBP", "EGP", "LBP"),
    "¥": ("JPY", "CNY"),
    "₹": ("INR",),
    "₺": ("TRY",),
    **dict.fromkeys(("euro", "euros"), ("EUR",)),
    **dict.fromkeys(("dollar", "dollars"), ("USD", "CAD", "AUD")),
    **{code.lower(): (code,) for code in ("EUR", "USD", "MAD", "CHF", "GBP", "CAD")},
    **dict.fromkeys(("dh", "dhs", "dirham", "dirhams"), ("MAD", "AED")),
}
_PARTS_RE = re.compile(r"[^\W\d_]+|[^\w\s]")
#: "CA k€", "Budget (M MAD)": what a bare number of the column stands for.
_TIMES_RE = re.compile(r"(?:^|[\s(/])([km])\s?(?:€|\$|£|eur|usd|mad|dhs?\b|chf)", re.IGNORECASE)
_BARE_RE = re.compile(r"[\d\s.,'’+-]+")
_TIMES = {"k": 1_000, "m": 1_000_000}


def times(header, text="0"):
    """Return by what a number counts that has no unit of its own, as the title of its column says.

    >>> times("CA k€"), times("Budget (M MAD)"), times("Budget"), times("Montant $")
    (1000, 1000000, 1, 1)
    >>> times("CA k€", "450"), times("CA k€", "450 000 €"), times("CA k€", "2 M")
    (1000, 1, 1)
    """
    found = _TIMES_RE.search(header)
    return _TIMES[found[1].lower()] if found and _BARE_RE.fullmatch(text) else 1


class Currencies:
    """The currencies of the amounts of a file.

    :ivar own: that of the company
    """

    def __init__(self, env, company):
        self.env, self.company = env, company
        self.own = self.company.currency_id.sudo()
        every = self.own.with_context(active_test=False).search([("name", "!=", False)])
        self._by_code = {each.name: each for each in every}
        self._known_rates = {}

    def named(self, *texts):
        """Return the currency that the first of these texts names which names one.

        :return: nothing where it is the company's own, or where none of them names any
        """
        for part in (part for text in texts for part in _PARTS_RE.findall(text)):
            codes = SIGNS.get(part.lower()) or (part,)
            code = self.own.name if self.own.name in codes else codes[0]
            if code in self._by_code:
                return self._by_code[code] - self.own
        return self.own.browse()

    def rate(self, currency):
        """Return how much one of a currency is in the company's own, None if nobody has said."""
        if currency not in self._known_rates:
            known = currency == self.own or self._is_known(currency)
            self._known_rates[currency] = known and self._rate(currency)
        return self._known_rates[currency] or None

    def _is_known(self, currency):
        mine = [False, self.company.root_id.id]
        rates = self.env["res.currency.rate"].sudo()
        domain = [("currency_id", "=", currency.id), ("company_id", "in", mine)]
        return rates.search_count(domain, limit=1)

    def _rate(self, currency):
        today = self.env.cr.now().date()
        return currency._get_conversion_rate(currency, self.own, self.company, today)
