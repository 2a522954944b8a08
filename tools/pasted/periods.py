"""Days and periods as people write them: "fin mars", "d'ici 3 mois", "by April 15", "Q2 2027"."""

import re
from calendar import monthrange
from datetime import date, timedelta

_MONTH_WORDS = (
    "janvier janv january jan",
    "fevrier fevr fev february feb",
    "mars march mar",
    "avril avr april apr",
    "mai may",
    "juin june jun",
    "juillet juil july jul",
    "aout august aug",
    "septembre sept september sep",
    "octobre oct october",
    "novembre nov november",
    "decembre dec december",
)
#: ``{folded name or abbreviation: number}`` in French and in English.
MONTHS = {word: n for n, words in enumerate(_MONTH_WORDS, 1) for word in words.split()}
_COUNTS = {
    word: n
    for n, words in enumerate(
        "un|une|one|a deux|two trois|three quatre|four cinq|five six sept|seven huit|eight"
        " neuf|nine dix|ten onze|eleven douze|twelve".split(),
        1,
    )
    for word in words.split("|")
}
_MONTH = rf"(?P<month>{'|'.join(sorted(MONTHS, key=len, reverse=True))})\b\.?"
_YEAR = r"(?:,? (?:de )?(?P<year>20\d\d))?(?!\d)"
_COUNT = rf"(?P<count>\d{{1,3}}|{'|'.join(_COUNTS)})"
_UNIT = r"(?P<unit>jours?|days?|semaines?|weeks?|mois|months?|ans?|annees?|years?)\b"

#: How a day is written: what it is called here, and the pattern.
PATTERNS = [
    (kind, re.compile(pattern))
    for kind, pattern in (
        (
            "within",
            rf"\b(?:d'ici(?: a)?|sous|within|in the next|dans les|dans"
            rf"|in) {_COUNT} (?:prochaine?s )?{_UNIT}",
        ),
        (
            "of_month",
            r"\b(?P<which>fin|mi|courant|debut|(?:the )?end of|mid|middle of|early|late"
            r"|beginning of)"
            rf"[ -](?:de |du mois de |the month of )?{_MONTH}{_YEAR}",
        ),
        (
            "of_year",
            r"\b(?:(?:la )?fin (?:de l'|d')annee|fin (?P<year>20\d\d)|(?:the )?end of (?:the "
            r"|this )?year"
            r"|year[ -]end|(?:the )?end of (?P<year2>20\d\d))\b",
        ),
        ("quarter", r"\b[tq](?P<quarter>[1-4])\b(?:,? (?:de )?(?P<year>20\d\d))?"),
        (
            "quarter",
            r"\b(?P<quarter>premier|1er|first|deuxieme|2e|second|troisieme|3e|third|quatrieme"
            r"|dernier|4e|fourth)"
            r" (?:trimestre|quarter)(?: (?:de |of )?(?P<year>20\d\d))?",
        ),
        ("day", r"\b(?P<year>20\d\d)-(?P<number>\d\d)-(?P<day>\d\d)\b"),
        (
            "day",
            r"(?<![\d/.])(?P<first>\d{1,2})[/.](?P<second>\d{1,2})(?:[/.](?P<year>(?:20)?\d\d))?(?![\d/]|\.\d)",
        ),
        ("day", rf"\b(?P<day>\d{{1,2}}|1er)(?:st|nd|rd|th)?(?: of)? {_MONTH}{_YEAR}"),
        ("day", rf"\b{_MONTH} (?P<day>\d{{1,2}})(?:st|nd|rd|th)?\b(?!\d){_YEAR}"),
        ("event", r"\b(?P<event>noel|christmas)\b"),
        ("month", rf"\b{_MONTH}{_YEAR}"),
    )
]
_QUARTERS = {
    word: n
    for n, words in enumerate(
        ("premier 1er first", "deuxieme 2e second", "troisieme 3e third",
         "quatrieme dernier 4e fourth"), 1
    )
    for word in words.split()
}  # fmt: skip
#: Months before the one named: "before March" ends with February.
_BEFORE = ("avant", "before")


def ending(kind, match, before, today, month_first):
    """Return the last day of what a pattern matched, ``None`` where there is no such day.

    :param before: the word before it, folded
    :param month_first: "12/01" is the first of December
    """
    try:
        return globals()[f"_{kind}"](match.groupdict(), before, today, month_first)
    except (ValueError, OverflowError):
        return None


def _within(said, _before, today, _month_first):
    count = int(_COUNTS.get(said["count"], said["count"]))
    unit = said["unit"]
    if unit.startswith(("jour", "day")):
        return today + timedelta(days=count)
    if unit.startswith(("semaine", "week")):
        return today + timedelta(weeks=count)
    months = count if unit.startswith("mo") else count * 12
    year, month = divmod(today.year * 12 + today.month - 1 + months, 12)
    return date(year, month + 1, min(today.day, monthrange(year, month + 1)[1]))


def _of_month(said, _before, today, _month_first):
    month = MONTHS[said["month"]]
    day = {"mi": 15, "mid": 15, "middle of": 15}.get(said["which"])
    day = 10 if said["which"] in ("debut", "early", "beginning of") else day
    return _next(said["year"], month, day, today)


def _of_year(said, _before, today, _month_first):
    return _next(said["year"] or said["year2"], 12, 31, today)


def _quarter(said, _before, today, _month_first):
    number = said["quarter"]
    number = int(number) if number.isdigit() else _QUARTERS[number]
    return _next(said["year"], number * 3, None, today)


def _day(said, _before, today, month_first):
    if said.get("first"):
        day, month = int(said["first"]), int(said["second"])
        if month_first:
            day, month = month, day
        return _next(said["year"], month, day, today)
    month = int(said["number"]) if said.get("number") else MONTHS[said["month"]]
    return _next(said["year"], month, int(said["day"].removesuffix("er")), today)


def _event(_said, _before, today, _month_first):
    return _next(None, 12, 24, today)


def _month(said, before, today, _month_first):
    month = MONTHS[said["month"]]
    last = _next(said["year"], month, None, today)
    return date(last.year, last.month, 1) - timedelta(days=1) if before in _BEFORE else last


def _next(year, month, day, today):
    """Return the day in that year, or the next time that there is such a day."""
    if year:
        year = int(year) + (2000 if len(year) == 2 else 0)
        return date(year, month, day or monthrange(year, month)[1])
    this = date(today.year, month, day or monthrange(today.year, month)[1])
    if this >= today:
        return this
    return date(today.year + 1, month, day or monthrange(today.year + 1, month)[1])
