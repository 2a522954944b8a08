"""Domains, contexts and modifiers as they are written in views, evaluated as the client does."""

from datetime import datetime as clock

from odoo.tools.safe_eval import datetime, dateutil, safe_eval, time


class Names(dict):
    """Values that an expression reads with a dot: `context.active_id`."""

    def __getattr__(self, name):
        return self.get(name, False)


class Unknown(Exception):
    """An expression that only a real client can evaluate."""


def evaluate(text, names):
    """The value of an expression over these names.

    :raise Unknown: when it holds something that is not known here
    """
    try:
        return safe_eval(text.strip() or "None", {**_today(), **names})
    except Exception as error:
        raise Unknown(f"{text}: {error}") from error


def own(context):
    """A context as it goes to the server: without what only a search box reads."""
    return {key: value for key, value in context.items() if not key.startswith("search_default_")}


def _today():
    now = clock.now()
    return {
        "datetime": datetime,
        "relativedelta": dateutil.relativedelta.relativedelta,
        "context_today": now.date,
        "current_date": str(now.date()),
        "today": str(now.date()),
        "now": str(now)[:19],
        "time": time,
        "true": True,
        "false": False,
    }
