"""What a page asks, and what a visitor has written into it."""

from odoo.http import request
from odoo.tools import format_date
from odoo.tools.misc import formatLang

from ...models.collection.forms.content import offered
from ..guarded import text, texts

#: Longer than any answer, so that the visitor is told in words what is too long.
LONGEST = 60_000

MOST_RADIOS = 7

#: How browsers show an answer of each kind, and which keys a phone offers.
TYPES = {
    "text": ("text", None),
    "email": ("email", "email"),
    "phone": ("tel", "tel"),
    "url": ("text", "url"),
    "integer": ("text", "numeric"),
    "amount": ("text", "decimal"),
    "date": ("date", None),
}

#: These read from left to right in every language.
LEFT_TO_RIGHT = {"email", "phone", "url", "integer", "amount", "date"}

#: Signs between which a text reads from left to right, whatever stands around it.
LTR, END = "\u2066", "\u2069"

PREFIX = "q_"


def written(lines):
    """Return ``{code: what was written or chosen}`` for the questions of a page."""
    return {
        line["code"]: texts(PREFIX + line["code"], LONGEST)
        if line["shape"]["kind"] == "choices"
        else text(PREFIX + line["code"], LONGEST)
        for line in lines
    }


def read(lines, raw):
    """Return ``(plain values, {code: sentence})`` of what a visitor wrote.

    What has to be answered and is not is among the sentences.
    """
    questions = request.env["customer.sheet.question"].sudo().with_context(active_test=False)
    asked = questions.search([("code", "in", [line["code"] for line in lines])])
    values, errors = asked._plain_read_all(raw, offered=offered(lines))
    for line in lines:
        if line["required"] and line["code"] not in {*values, *errors}:
            errors[line["code"]] = asked._plain_words("needed", line["shape"]["label"])
    return values, errors


def shown(lines, raw, errors):
    """Return the fields of a page, with what stands in them.

    :param raw: ``{code: what was written, or a plain value}``
    :param errors: ``{code: sentence}``
    """
    return [_field(line, raw.get(line["code"]), errors.get(line["code"])) for line in lines]


def _field(line, value, error):
    shape = line["shape"]
    kind, several = shape["kind"], _several(value)
    type_, keys = TYPES.get(kind, ("text", None))
    name = PREFIX + line["code"]
    hints = [f"{name}_help"] * bool(_hint(shape)) + [f"{name}_error"] * bool(error)
    return {
        **shape,
        "name": name,
        "is_select": _is_select(shape),
        "options": [
            {**option, "id": f"{name}_{place}", "chosen": option["value"] in several}
            for place, option in enumerate(shape["options"])
        ],
        # what an error links to
        "id": f"{name}_0" if kind in ("choice", "choices") and not _is_select(shape) else name,
        "type": type_,
        "keys": keys,
        "dir": "ltr" if kind in LEFT_TO_RIGHT else "auto",
        "value": _text(value),
        "hint": _hint(shape),
        "described": " ".join(hints) or None,
        "error": error,
        "required": line["required"],
    }


def _is_select(shape):
    return shape["kind"] == "choice" and len(shape["options"]) > MOST_RADIOS


def _hint(shape):
    """Return what stands under a label: help, and how an answer looks."""
    example = shape["example"]
    if example and shape["kind"] in LEFT_TO_RIGHT:
        example = f"{LTR}{example}{END}"  # in a text, as HTML does it for the field
    example = example and request.env._("For example %(answer)s", answer=example)
    return " ".join(filter(None, (_sentence(shape["help"]), example)))


def _sentence(text):
    return text if not text or text[-1] in ".!?…" else f"{text}."


def _several(value):
    return [str(each) for each in value] if isinstance(value, list) else [str(value or "")]


def _text(value):
    """Return a plain value as a visitor would type it.

    >>> _text(15000.0), _text(None), _text("Ada")
    ('15000', '', 'Ada')
    """
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None or isinstance(value, list) else str(value)


def in_words(line, value):
    """Return an answer as its writer reads it again."""
    labels = {option["value"]: option["label"] for option in line["shape"]["options"]}
    if labels:
        return ", ".join(labels.get(each, each) for each in _several(value) if each)
    if line["shape"]["kind"] == "date" and value:
        return format_date(request.env, value)
    if line["shape"]["kind"] in ("integer", "amount"):
        digits = 0 if float(value).is_integer() else 2
        value = formatLang(request.env, value, digits=digits)
    unit = line["shape"].get("unit") or ""
    return " ".join(filter(None, (_text(value), unit)))
