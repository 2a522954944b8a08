"""Labelled texts, and how what is read of one is compared with its labels.

A sample is a name, labels, ``---`` and a text.  ``home`` is the country of whoever reads; several
values of one question are parted by ``|``.  The country of whoever reads needs no label.
Samples in ``held_out/`` were written before the parsers, and nobody looks at their failures.
"""

import re
from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import NamedTuple

from ....tools.ids.stdnum_data import tidy
from ....tools.names.legal_form import split_legal_form
from ....tools.pasted.finding import Money
from ....tools.pasted.read import read
from ....tools.text.fold import letters

FOLDER = Path(__file__).with_name("samples")
#: A Monday.
TODAY = date(2026, 11, 30)
#: Of each question a text says one thing; only of these it may say several.
SEVERAL = ("phone", "email")
#: What is told of a name or a text by the way, and has no label.
ASIDE = ("social", "first_name", "last_name")


class Sample(NamedTuple):
    title: str
    home: str
    labels: dict
    text: str


def samples(folder):
    """Return the samples of a folder."""
    return [
        _sample(piece)
        for path in sorted((FOLDER / folder).glob("*.txt"))
        for piece in path.read_text(encoding="utf-8").split("\n=====\n")
    ]


def _sample(piece):
    head, _rule, text = piece.partition("\n---\n")
    title, *lines = head.strip().splitlines()
    labels = dict(line.split(": ", 1) for line in lines)
    home = labels.pop("home")
    return Sample(
        title.removeprefix("# "), home, {k: v.split(" | ") for k, v in labels.items()}, text
    )


def said(sample):
    """Return ``{code: [values in words]}`` that are read in a sample."""
    found = defaultdict(list)
    for finding in read(sample.text, sample.home, TODAY, ours=("monentreprise.fr", "ourfirm.com")):
        if finding.code not in ASIDE and (finding.code in SEVERAL or not found[finding.code]):
            found[finding.code].append(in_words(finding.value))
    return {code: values for code, values in found.items() if values}


def in_words(value):
    if isinstance(value, Money):
        low, high = (
            "" if end is None else f"{end:.2f}".removesuffix(".00")
            for end in (value.low, value.high)
        )
        return low if low == high else f"{low}..{high}"
    return str(value)


def same(code, one, other):
    """Tell whether two values of a question say the same."""
    return _comparable(code, one) == _comparable(code, other)


def _comparable(code, value):
    if code == "website":
        return re.sub(r"^https?://|^www\.|/$", "", value.removeprefix("https://")).removeprefix(
            "www."
        )
    if code == "budget":
        return value
    if code == "company":
        return letters(split_legal_form(value)[0]) or letters(value)
    if code in ("vat", "company_registry"):
        return tidy(value)
    if code == "zip":
        return re.sub(r"^[A-Z]{1,2}-", "", value)
    if code in ("name", "decision_maker"):
        return letters(re.sub(r"^(?:M\.|Mme|Mr|Dr\.?|Maître) ", "", value))
    return letters(value)
