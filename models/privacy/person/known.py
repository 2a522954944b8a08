"""What is known of a person: the records that are theirs, and how they are called."""

from typing import NamedTuple

#: Why a record is, or may be, of the same person.
REASONS = [
    ("same", "The record itself"),
    ("merged", "Merged with it"),
    ("subject", "The same person in the ledger of consents"),
    ("lead", "Lead and contact of each other"),
    ("address", "An address of the contact"),
    ("user", "Their login"),
    ("email", "The same e-mail address"),
    ("shared", "An e-mail address that several people use"),
    ("phone", "The same phone number"),
    ("name", "The same name"),
]


class Known(NamedTuple):
    """A record that is of a person, or may be: then somebody has to confirm it."""

    model: str
    id: int
    why: str
    certain: bool


class Spelling(NamedTuple):
    """How a person is called somewhere: ``kind`` is name, word, email, phone or number.

    ``glued`` is a name or an address that is looked for inside of longer words, too, ``initial`` a
    family name that others bear, with the first letter before it.
    """

    kind: str
    text: str
