"""What a customer can spend: "15 k€", "entre 10 et 15 000 €", "up to $50,000"."""

import re

from .finding import Finding, Money

_SIGNS = r"€|\$|£"
_WORDS = r"euros?|eur|dirhams?|dhs?|mad|chf|francs suisses|pounds?|gbp|sterling|dollars?|usd|cad"
_CURRENCIES = {
    "EUR": ("€", "eur", "euro", "euros"),
    "MAD": ("dirham", "dirhams", "dh", "dhs", "mad"),
    "CHF": ("chf", "francs suisses"),
    "GBP": ("£", "gbp", "pound", "pounds", "sterling"),
    "USD": ("$", "usd", "dollar", "dollars"),
    "CAD": ("cad",),
}
_CODES = {word: code for code, words in _CURRENCIES.items() for word in words}
_THOUSANDS = {"k": 1_000, "mille": 1_000, "thousand": 1_000, "grand": 1_000}
_MILLIONS = dict.fromkeys("m mio mn million millions".split(), 1_000_000)
_UNITS = _THOUSANDS | _MILLIONS

_AMOUNT = (
    rf"(?P<sign{{0}}>{_SIGNS})? ?"
    r"(?P<number{0}>\d{{1,3}}(?:[ .,']\d{{3}}){{1,3}}(?!\d)|\d{{1,9}}(?:[.,]\d{{1,2}}(?!\d))?)"
    rf"(?: ?(?P<unit{{0}}>{'|'.join(sorted(_UNITS, key=len, reverse=True))})"
    rf"(?=[€$£]|\b| ?(?:{_WORDS})\b))?"
    rf"(?: ?(?P<after{{0}}>{_SIGNS}|d'euros|(?:{_WORDS})\b))?"
)
_MONEY_RE = re.compile(
    rf"(?<![\w.,]){_AMOUNT.format(1)}(?: ?(?:a|et|to|and|-) ?{_AMOUNT.format(2)})?(?![\w%])"
)
#: Words that make an amount what the customer means to spend.
_BUDGET_RE = re.compile(
    r"\bbudgets?\b|\benveloppe\b|\binvestir|\binvestissement|\bdepenser|\bspend\b|\bto invest\b"
)
#: Words that make it something else: revenue, capital, prices, invoices, wages, savings.
_OTHER_RE = re.compile(
    r"\bca\b|chiffre d'affaires|revenue|turnover|capital|loyer|\brent\b|salaires?\b|salary|factur"
    r"|invoice|\bdevis\b|\bquote\b|\boffre\b|\boffer\b|\bprix\b|\bprice|tarif|remise|discount"
    r"|economi|saving|\bpaient|\bpaie\b|\bpays?\b|\bpaying|\bpaye|\bpar mois|/ ?mois|par an\b"
    r"|/ ?an\b|a month|/ ?month|per month|a year|per year|/ ?year|acompte|deposit|impaye|montant du"
    r"|\bdette|credit|des \d|frais|livraison a|transport"
)
_MOST_RE = re.compile(
    r"\bmax(?:i|imum)?\b|au plus|jusqu'a|up to|plafond|plus de|at most|no more than|under\b|limite"
)
_LEAST_RE = re.compile(r"\bmin(?:i|imum)?\b|au moins|at least|a partir de|starting (?:at|from)")
#: What may stand beside an amount that is the whole of what is said.
_FILLING_RE = re.compile(
    r"\b(?:pas plus de|no more than|moins de|under|environ|env|about|around|approx|roughly|vers"
    r"|ht|ttc|hors taxes?|entre|between|de|from|a"
    r"|max(?:i|imum)?|min(?:i|imum)?|jusqu'a|up to|est|is|of|d'|au plus|au moins|at most|at least)"
    r"\b|[ .~:;≈()+-]"
)
_PART_RE = re.compile(r", | - (?![\d€$£])|; | \| | / |\(|\)")
#: Less is no budget; it may be a number of pieces.
_LEAST_MONEY = 100


def find(page):
    """Yield the budget that the text names first."""
    for clause in page.clauses:
        for start, end in page.between(clause, _PART_RE):
            said = page.folded[start:end]
            if _OTHER_RE.search(said):
                continue
            for match in _MONEY_RE.finditer(page.folded, start, end):
                money = _money(match, said)
                if money and not page.is_taken(*match.span()) and _is_budget(page, clause, match):
                    yield Finding("budget", money, *_quoted(page.folded, match))


def _is_budget(page, clause, match):
    if _named(page.folded, clause, match):
        return True
    is_money = any(match[f"{name}{number}"] for name in ("sign", "after") for number in (1, 2))
    is_money = is_money or match["unit1"] in _THOUSANDS or match["unit2"] in _THOUSANDS
    [part] = [
        (start, end)
        for start, end in page.between(clause, _PART_RE)
        if start <= match.start() and match.end() <= end
    ] or [clause]
    before = page.folded[part[0] : match.start()].rpartition(": ")[2]
    rest = f"{before} {page.folded[match.end() : part[1]]}"
    alone = not _FILLING_RE.sub("", rest).strip()
    return is_money and (alone or _is_range(match, rest))


def _is_range(match, rest):
    return match["number2"] is not None and re.search(r"\b(?:entre|between)\b", rest) is not None


def _named(folded, clause, match):
    """Tell whether a budget is spoken of, and of no other amount before this one."""
    budget = _BUDGET_RE.search(folded, *clause)
    if not budget:
        return False
    between = folded[budget.end() : match.start()]
    is_money = any(match[f"{name}{n}"] for name in ("sign", "after", "unit") for n in (1, 2))
    return is_money or (budget.end() <= match.start() and not re.search(r"\w{12}|\d", between))


def _money(match, said):
    number = _number(match, 2)
    low, high = _number(match, 1), number
    if high is not None:
        low *= _shared_unit(match, low, high)
        low, high = sorted((low, high))
    currency = next((c for n in (1, 2) if (c := _currency(match, n))), "")
    if high is None:
        high = low
        if _MOST_RE.search(said):
            low = None
        elif _LEAST_RE.search(said):
            high = None
    if (low or high) < _LEAST_MONEY:
        return None
    return Money(low, high, currency)


def _number(match, place):
    digits = match[f"number{place}"]
    if digits is None:
        return None
    if re.fullmatch(r"\d{1,3}(?:[ .,']\d{3})+", digits):
        digits = re.sub(r"\D", "", digits)
    return float(digits.replace(",", ".").replace(" ", "")) * _UNITS.get(match[f"unit{place}"], 1)


def _shared_unit(match, low, high):
    """Return by what the first number of a range counts: "entre 10 et 15 000 €"."""
    if match["unit1"]:
        return 1
    if match["unit2"]:
        return _UNITS[match["unit2"]]
    return 1_000 if low * 1_000 <= high else 1


def _currency(match, place):
    word = match[f"after{place}"] or match[f"sign{place}"] or ""
    return _CODES.get(word.removeprefix("d'"), "")


def _quoted(folded, match):
    start, end = match.span()
    while start < end and folded[start] == " ":
        start += 1
    return start, end
