"""What a tile says, in the reader's language."""

from odoo.tools import format_amount, format_date, formatLang

#: Shares below this one, and those as near to all, show a decimal.
SMALL = 0.1
#: Of a hundred, what is told from none, and from all.
LEAST = 0.1


def amount(env, unit, value):
    """Return a value as people read it: ``82%``, ``12 days``, an amount of money."""
    if unit == "share":
        return env._("%(number)s%%", number=_percent(env, value))
    if unit == "days":
        days = round(value)
        return env._("1 day") if days == 1 else env._("%(number)s days", number=number(env, days))
    if unit == "amount":
        return format_amount(env, value, env.company.currency_id)
    return formatLang(env, value, digits=1)


def _percent(env, share):
    """Return a share of a hundred, never rounded to none or to all where it is neither."""
    percent = share * 100
    if 0 < abs(share) < SMALL or 1 - SMALL < share < 1:
        if 0 < percent < LEAST:
            return f"<{formatLang(env, LEAST, digits=1)}"
        if 100 - LEAST / 2 <= percent:
            return f">{formatLang(env, 100 - LEAST, digits=1)}"
        return formatLang(env, percent, digits=0 if round(percent, 1) % 1 == 0 else 1)
    return formatLang(env, percent, digits=0)


def number(env, value):
    """Return a whole number as people read it."""
    return formatLang(env, value, digits=0)


def shown(env, unit, pair):
    """Return the figure of a pair."""
    return amount(env, unit, pair.value(unit))


def counts(env, unit, pair):
    """Return what was counted: the pair behind the figure."""
    if not pair.whole:
        return env._("Nothing to count")
    whole = number(env, pair.whole)
    if unit == "share":
        return env._("%(part)s of %(whole)s", part=number(env, pair.part), whole=whole)
    if unit == "days":
        return env._(
            "half of %(whole)s; four in five within %(days)s",
            whole=whole,
            days=amount(env, unit, pair.quantile(0.8)),
        )
    return env._("average of %(whole)s", whole=whole)


def change(env, unit, before, after):
    """Return how a figure changed, with its sign."""
    difference = moved(unit, before, after)
    sign = "+" if difference > 0 else "−" if difference < 0 else "±"
    if unit == "share":
        points = formatLang(env, abs(difference) * 100, digits=1)
        return env._("%(change)s points", change=f"{sign}{points}")
    return sign + amount(env, unit, abs(difference))


def moved(unit, before, after):
    """Return by how much a figure changed, as far as it is shown."""
    return round(after.value(unit) - before.value(unit), 3 if unit == "share" else 1)


def points(env, unit, history):
    """Return the curve of a figure as the client draws it; a month without is a gap."""
    return [
        {
            "month": format_date(env, point.day, date_format="MMM yyyy"),
            "number": point.day.year * 12 + point.day.month,
            "shown": shown(env, unit, point.pair) if point.pair.whole else "–",
            "counts": counts(env, unit, point.pair),
            "value": point.pair.value(unit) if point.pair.whole else None,
            "version": point.version,
        }
        for point in history
    ]
