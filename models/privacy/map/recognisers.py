"""What a column of text is likely to hold, as Odoo's registry describes it.

The rules come in an order and the first that knows a column decides: what is written in
``places.csv`` for a model, by hand; then the name of the field; then what the model points at.
What none of them knows is *unknown*, which somebody has to look at.
"""

import csv
import re
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import NamedTuple

from ...sheet.references import stored_models

#: Types of fields whose column can hold words about a person.
TEXTUAL = frozenset({"char", "text", "html", "json", "binary", "properties", "reference"})

#: Types of columns in which words or bytes can be, whatever the type of the field.
WORDED = frozenset({"varchar", "text", "json", "jsonb", "bytea", "xml"})

#: Of guessed places, in this order: a word of the field's name, what it holds, what to do.
GUESSES = [
    (r"(^|_)(ip|user_agent|session_identifier|login|last_seen)(_|$)", "connection", "delete"),
    (r"(^|_)(e?mail|phone|mobile|fax)(_|$)", "identity", "empty"),
    (
        r"(^|_)(partner|contact|customer|attendee|recipient|author|holder)_name$",
        "identity",
        "empty",
    ),
    (r"(^|_)(first|last|middle|maiden|nick|common)_?name$", "identity", "empty"),
    (
        r"(^|_)(vat|ssn|passport|identification|birth\w*|gender|place_of_birth)(_|$)",
        "identity",
        "empty",
    ),
    (r"(^|_)(street\d?|zip|city|address|latitude|longitude)(_|$)", "location", "empty"),
    (r"(^|_)(iban|bic|acc_number|account_number|card)(_|$)", "economic", "empty"),
]
_GUESSES = [(re.compile(pattern), *rest) for pattern, *rest in GUESSES]

#: Names of fields that hold what the application needs for itself.
_TECHNICAL = re.compile(
    r"(^|_)(model|res_model|lang|code|color|icon|uuid|token|hash|checksum|sequence_prefix|domain"
    r"|context|parent_path|technical_name|mimetype|password|secret|state|type|barcode|url|xml_id"
    r"|format|key)$"
)


class Guess(NamedTuple):
    """What one column holds; ``state`` tells how sure that is."""

    category: str = ""
    on_erase: str = ""
    ground: str = ""
    state: str = "unknown"


@cache
def _rules():
    with (Path(__file__).parent / "places.csv").open(encoding="utf-8", newline="") as rows:
        return [
            (row["model"], row["fields"].split(), row["category"], row["on_erase"], row["ground"])
            for row in csv.DictReader(rows)
        ]


def columns(env):
    """Yield ``(model, field)`` of every column that can hold words, those of dialogs too."""
    for model in map(env.__getitem__, stored_models(env)):
        for field in model._fields.values():
            if field.store and field.column_type and field.column_type[0] in WORDED:
                yield model, field


def recognise(env, model, field, path, *, is_foreign=False):
    """Return the :class:`Guess` of a column; a choice of given words holds none of its own.

    :param path: how one gets from a person to a row of the model, see :func:`path`
    :param is_foreign: whether an app has added it to a table of another one: what is written for
        all of that table may not fit
    """
    if field.type not in TEXTUAL and field.type != "properties_definition":
        return Guess(*(("other", "empty") if path == "own" else ("none",)), state="confirmed")
    ruled = _ruled(model, field)
    if ruled and not (is_foreign and ruled.category == "none"):
        return ruled._replace(state="proposed") if is_foreign else ruled
    for pattern, category, on_erase in _GUESSES:
        if pattern.search(field.name):
            return Guess(category, on_erase, "", "proposed")
    if ruled:
        return ruled._replace(state="proposed")
    if _TECHNICAL.search(field.name) or field.name in env["mail.thread"]._fields:
        return Guess("none", "", "", "proposed")
    if model._transient:
        return Guess("free", "delete", "", "proposed")
    if path != "text":
        return Guess("free", "cut", "", "proposed")
    if field.translate:
        return Guess("none", "", "", "proposed")
    return Guess()


def _ruled(model, field):
    """Return the :class:`Guess` of the first rule that is written for a column."""
    for pattern, names, category, on_erase, ground in _rules():
        if fnmatchcase(model._name, pattern) and any(fnmatchcase(field.name, n) for n in names):
            return Guess(category, on_erase, ground, "confirmed")
    return None


def rule_of(model):
    """Return the :class:`Guess` of the rule for whole rows of a model, if one is written."""
    for pattern, names, category, on_erase, ground in _rules():
        if pattern != "*" and names == ["*"] and fnmatchcase(model, pattern):
            return Guess(category, on_erase, ground, "confirmed")
    return None


def paths(env, hosts):
    """Return ``{model: how one gets from a person to its rows}``.

    ``own`` it is one of the hosts; ``pointer`` a field of it names a person; ``pair`` it names any
    record by model and number; ``hop`` a field of it names a row that does; ``text`` none of
    these, only its words can give a person away.
    """
    found = {}
    models = [env[name] for name in stored_models(env)]
    for model in models:
        comodels = _comodels(model)
        if model._name in hosts:
            found[model._name] = "own"
        elif comodels & {*hosts, "res.users"}:
            found[model._name] = "pointer"
        elif any(
            field.type == "many2one_reference" or (field.name == "res_id" and field.store)
            for field in model._fields.values()
        ):
            found[model._name] = "pair"
    near = {name for name, kind in found.items() if kind in ("own", "pointer", "pair")}
    for model in models:
        if model._name not in found:
            found[model._name] = "hop" if _comodels(model) & near - {"res.company"} else "text"
    return found


def _comodels(model):
    """Return the models that a row names, but for who made it and whose company it is."""
    return {
        field.comodel_name
        for field in model._fields.values()
        if field.type == "many2one"
        and field.store
        and field.name not in ("create_uid", "write_uid", "company_id")
    }
