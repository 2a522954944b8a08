"""What the levels of several comparisons mean together, and which of them speak of identity."""

from typing import NamedTuple


class Derived(NamedTuple):
    """What levels mean together: each dictionary names levels, any of which will do."""

    code: str
    applies: dict
    levels: tuple
    unless: dict = {}


DERIVED = (
    # a mailbox or a phone in common says less of people who are not one; but who was born on
    # one day, too, is
    Derived(
        "shared",
        {"name": ("ending", "similar", "garbled", "word", "different"), "firm": ("different",)},
        (
            ("email", {"email": ("same",)}),
            ("phone", {"phone": ("same",)}),
            # the brother's mailbox is one letter away
            ("near", {"email": ("near", "close", "local")}),
        ),
        unless={"birth": ("same", "near", "year", "close")},
    ),
    Derived(
        "site",
        {"firm": ("same", "sound", "near")},
        (
            ("elsewhere", {"place": ("different",)}),
            ("street", {"street": ("road", "different")}),
        ),
    ),
    Derived(
        "premises",
        {"firm": ("near", "part", "core")},
        (
            ("address", {"street": ("same", "near", "number")}),
            ("phone", {"phone": ("same",)}),
        ),
    ),
    # who lives together has the address in common, and most often a name; twins also the birthday
    Derived(
        "household",
        {"name": ("single", "part", "piece", "start", "garbled", "word", "different")},
        (
            ("birth", {"birth": ("same",)}),
            ("address", {"street": ("same", "near")}),
        ),
        unless={"email": ("same", "near", "local", "close")},
    ),
)

#: Levels that say something of the customer itself...
IDENTITY = {
    "name": (
        *("same", "sound", "single", "ending", "near", "alike", "close"),
        *("part", "piece", "initial", "start", "similar"),
    ),
    "firm": ("same", "sound", "near"),
    "kind": ("alike",),
    "email": ("same", "near", "local", "close"),
    "phone": ("same",),
    "company": ("same",),
    "vat": ("same",),
    "other": ("same", "near"),
    "birth": ("same", "near"),
}
#: ... and of the company it belongs to.
RELATION = {
    "firm": ("same", "sound", "near", "part"),
    "email": ("role",),
    "company": ("same",),
    "domain": ("same",),
}
#: Whatever the score, nobody merges without asking where one of these was found.
NEVER_CERTAIN = {
    "name": (
        *(
            "single",
            "ending",
            "near",
            "alike",
            "close",
            "part",
            "piece",
            "initial",
            "start",
            "similar",
        ),
        *("apart", "garbled", "word", "different"),
    ),
    "civility": ("different",),
    "firm": ("near", "part", "core", "word", "different"),
    "kind": ("mixed", "alike"),
    "email": ("near", "close", "local"),
    "place": ("different",),
    "street": ("house", "different"),
    "birth": ("near", "year", "close", "digits", "doubtful"),
    "other": ("different",),
}
#: An equal name brings less the more records may have it by chance, and more where it is rare:
#: so many bits beyond the size of the database bring the whole weight, as many below take it.
RARITY = "rarity"
BITS_RANGE = 4.0
#: What an equal name brings at most, and takes at most, in weights: a name that everybody has
#: says so little that it takes twice what a rare one brings.
LEAST_RARITY, MOST_RARITY = -2.0, 1.0
#: A score below this has met a veto, which takes twice as much: nothing else gets there.
RULED_OUT = -50.0
#: Scores are rounded to a tenth: a sum before may be so much less.  So may the rarity, apart.
ROUNDED = 0.05
