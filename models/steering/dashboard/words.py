"""What a tile says, in the reader's language."""

from odoo.tools import format_amount, format_date, formatLang

#: Shares below this one show a decimal.
SMALL = 0.1


def amount(env, unit, value):
    """Return a value as people read it: ``82%``, ``12 days``, an amount of money."""
    if unit == "share":
        digits = 1 if 0 < abs(value) < SMALL else 0
        return env._("%(number)s%%", number=formatLang(env, value * 100, digits=digits))
    if unit == "days":
        days = round(value)
        return env._("1 day") if days == 1 else env._("%(number)s days", number=number(env, days))
    if unit == "amount":
        return format_amount(env, value, env.company.currency_id)
    return formatLang(env, value, digits=1)


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
    difference = after.value(unit) - before.value(unit)
    sign = "+" if difference > 0 else "−" if difference < 0 else "±"
    if unit == "share":
        points = formatLang(env, abs(difference) * 100, digits=1)
        return env._("%(change)s points", change=f"{sign}{points}")
    return sign + amount(env, unit, abs(difference))


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
