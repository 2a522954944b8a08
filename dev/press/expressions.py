"""Domains, contexts and modifiers as they are written in views, evaluated as the client does."""

import ast
import datetime
import time

from dateutil.relativedelta import relativedelta


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
    tree = ast.parse(text.strip() or "None", mode="eval")
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr.startswith("_"):
            raise Unknown(text)
    known = {"__builtins__": {}, **_today(), **names}
    try:
        return eval(compile(tree, "view", "eval"), known)  # noqa: S307 - our own views
    except Exception as error:
        raise Unknown(f"{text}: {error}") from error


def own(context):
    """A context as it goes to the server: without what only a search box reads."""
    return {key: value for key, value in context.items() if not key.startswith("search_default_")}


def _today():
    now = datetime.datetime.now()
    return {
        "datetime": Names(
            datetime=datetime.datetime,
            date=datetime.date,
            time=datetime.time,
            timedelta=datetime.timedelta,
        ),
        "relativedelta": relativedelta,
        "context_today": now.date,
        "current_date": str(now.date()),
        "today": str(now.date()),
        "now": str(now)[:19],
        "time": time,
        "true": True,
        "false": False,
        "set": set,
        "len": len,
    }
