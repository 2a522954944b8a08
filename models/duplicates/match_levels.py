"""How two profiles are compared: the SQL conditions, ``a`` against ``b``.

What a profile does not know is NULL, equal to nothing, and a level holds only where it is true.

One comparison looks at one thing and comes out at one level, the first that holds.  What the
levels are worth is not here: records of ``customer.sheet.match.rule`` say it.
"""

from typing import NamedTuple

from odoo.tools import SQL


class Comparison(NamedTuple):
    """``applies`` tells whether both sides know enough; ``levels`` are ``(code, condition)``."""

    code: str
    applies: str
    levels: tuple


def as_sql(text):
    """Return a text of the code as SQL: no value of a record is ever in it."""
    return SQL(text)  # pylint: disable=sql-injection


def _both(column):
    return f"a.{column} IS NOT NULL AND b.{column} IS NOT NULL"


def _near(column, edits, other=None):
    """At most so many letters typed wrong; nothing where PostgreSQL lacks fuzzystrmatch."""
    return f"levenshtein_less_equal(a.{column}, b.{other or column}, {edits}) <= {edits}"


def _near_name(edits):
    """The same of a name, whichever of its words comes first and wherever the error is."""
    ways = (("name", "name"), ("typed", "typed"), ("typed", "turned"))
    return "(" + " OR ".join(_near(column, edits, other) for column, other in ways) + ")"


_WORDS_A, _WORDS_B = "string_to_array(a.name, ' ')", "string_to_array(b.name, ' ')"
_FIRM_A, _FIRM_B = "string_to_array(a.firm, ' ')", "string_to_array(b.firm, ' ')"
_LONG_NAME = "length(a.name) > 7 AND position(' ' in a.name) > 0 AND position(' ' in b.name) > 0"
_PERSONS = _both("name")
_ROLE = "a.is_role AND b.is_role"
_ONE_OF_SEVERAL = (  # most fields hold one
    "(a.mailboxes IS NOT NULL OR b.mailboxes IS NOT NULL)"
    " AND COALESCE(a.mailboxes, ARRAY[a.mailbox]) && COALESCE(b.mailboxes, ARRAY[b.mailbox])"
)
_SAME_NUMBER = "a.street_number IS NOT DISTINCT FROM b.street_number"

COMPARISONS = (
    Comparison(
        "name",
        _PERSONS,
        (
            ("same", "a.name = b.name AND position(' ' in a.name) > 0"),
            ("sound", "a.spoken = b.spoken AND position(' ' in a.spoken) > 0"),
            ("ending", "a.stem = b.stem"),
            # two letters swapped are two edits
            (
                "near",
                f"{_LONG_NAME} AND ({_near_name(1)} OR a.letters = b.letters AND {_near_name(2)})",
            ),
            ("alike", "a.sound = b.sound AND position(' ' in a.sound) > 0"),
            # beside a word in common few letters make another name: Karim, Kamal
            (
                "close",
                f"{_LONG_NAME} AND {_near_name(3)} AND (NOT {_WORDS_A} && {_WORDS_B}"
                f" OR a.first_letters = b.first_letters AND {_near_name(2)})",
            ),
            ("different", f"NOT {_WORDS_A} && {_WORDS_B}"),
            ("part", f"{_WORDS_A} <@ {_WORDS_B} OR {_WORDS_B} <@ {_WORDS_A}"),
            (
                "initial",
                "a.first_letters = b.first_letters AND (a.name ~ '\\m.\\M' OR b.name ~ '\\m.\\M')",
            ),
            ("word", "TRUE"),
        ),
    ),
    Comparison(
        "firm",
        f"{_both('firm')} AND (a.name IS NULL OR b.name IS NULL)",
        (
            ("same", "a.firm = b.firm"),
            ("sound", "a.firm_sound = b.firm_sound AND length(a.firm_sound) > 3"),
            ("near", f"length(a.firm) > 6 AND {_near('firm', 2)}"),
            ("different", f"NOT {_FIRM_A} && {_FIRM_B}"),
            ("part", f"{_FIRM_A} <@ {_FIRM_B} OR {_FIRM_B} <@ {_FIRM_A}"),
            ("word", "TRUE"),
        ),
    ),
    Comparison(
        "employer",
        f"{_both('firm')} AND {_PERSONS}",
        (("same", "a.firm = b.firm OR a.firm_sound = b.firm_sound"), ("different", "TRUE")),
    ),
    Comparison(
        "kind",
        # who has no name at all (yet) is neither
        "(a.name IS NULL) <> (b.name IS NULL) AND COALESCE(a.name, a.firm) IS NOT NULL"
        " AND COALESCE(b.name, b.firm) IS NOT NULL",
        (
            ("alike", "a.name = b.firm OR b.name = a.firm"),
            ("mixed", "TRUE"),
        ),
    ),
    Comparison(
        "email",
        _both("email"),
        (
            ("role", f"a.mailbox = b.mailbox AND ({_ROLE})"),
            ("same", f"a.mailbox = b.mailbox OR {_ONE_OF_SEVERAL}"),
            ("near", f"NOT a.is_role AND NOT b.is_role AND {_near('mailbox', 2)}"),
            (
                "local",
                "NOT a.is_role AND NOT b.is_role AND length(split_part(a.mailbox, '@', 1)) > 5"
                " AND split_part(a.mailbox, '@', 1) = split_part(b.mailbox, '@', 1)"
                " AND (a.domain IS NULL OR b.domain IS NULL)",
            ),
            ("different", "TRUE"),
        ),
    ),
    Comparison(
        "phone",
        _both("phones"),
        (
            ("same", "a.phones && b.phones"),
            ("near", "levenshtein_less_equal(a.phones[1], b.phones[1], 1) <= 1"),
            ("different", "TRUE"),
        ),
    ),
    Comparison(
        "company",
        _both("company"),
        (("same", "a.company = b.company"), ("different", "TRUE")),
    ),
    Comparison(
        "establishment",
        f"{_both('establishment')} AND a.company = b.company",
        (("same", "a.establishment = b.establishment"), ("different", "TRUE")),
    ),
    Comparison(
        "vat",
        f"{_both('vat')} AND (a.company IS NULL OR b.company IS NULL)",
        (("same", "a.vat = b.vat"), ("different", "TRUE")),
    ),
    Comparison(
        "other",
        _both("others"),
        (
            ("same", "a.others && b.others"),
            ("near", "levenshtein_less_equal(a.others[1], b.others[1], 2) <= 2"),
            ("different", "TRUE"),
        ),
    ),
    Comparison(
        "domain",
        f"{_both('domain')} AND (a.mailbox = b.mailbox) IS NOT TRUE",
        (("same", "a.domain = b.domain"), ("different", "a.name IS NULL AND b.name IS NULL")),
    ),
    Comparison(
        "birth",
        _both("birth"),
        (
            ("same", "a.birth = b.birth"),
            (
                "near",
                "levenshtein_less_equal(a.birth, b.birth, 2) <= 2"
                " OR left(a.birth, 4) = left(b.birth, 4) AND substr(a.birth, 5, 2)"
                " = substr(b.birth, 7, 2) AND substr(a.birth, 7, 2) = substr(b.birth, 5, 2)",
            ),
            # an identifier or a mailbox of one's own is the same: one of the dates is wrong
            (
                "doubtful",
                f"a.others && b.others OR {_near('others[1]', 2)}"
                f" OR a.mailbox = b.mailbox AND NOT ({_ROLE})",
            ),
            ("different", "TRUE"),
        ),
    ),
    Comparison(
        "place",
        f"({_both('zip')}) OR ({_both('city')})",
        (
            ("same", "a.zip = b.zip AND a.city = b.city"),
            ("zip", "a.zip = b.zip"),
            ("city", "a.city = b.city"),
            (
                "near",
                "left(a.zip, 2) = left(b.zip, 2) AND length(a.zip) > 3"
                " AND levenshtein_less_equal(a.zip, b.zip, 2) <= 2"
                " OR length(a.city) > 4"
                " AND levenshtein_less_equal(left(a.city, 60), left(b.city, 60), 2) <= 2",
            ),
            ("different", "TRUE"),
        ),
    ),
    Comparison(
        "street",
        _both("street"),
        (
            ("same", f"a.street = b.street AND {_SAME_NUMBER}"),
            (
                "near",
                f"{_SAME_NUMBER} AND length(a.street) > 4"
                " AND (left(a.street, 6) = left(b.street, 6)"
                " OR string_to_array(a.street, ' ') && string_to_array(b.street, ' ')"
                " OR levenshtein_less_equal(a.street, b.street, 3) <= 3)",
            ),
            ("road", "a.street = b.street"),
            ("different", "TRUE"),
        ),
    ),
)

#: What levels mean together; here ``levels`` and ``applies`` name levels, any of which will do.
DERIVED = (
    Comparison(
        "shared",
        {"name": ("ending", "word", "different"), "firm": ("word", "different")},
        (
            ("email", {"email": ("same",)}),
            ("phone", {"phone": ("same",)}),
        ),
    ),
    Comparison(
        "site",
        {"firm": ("same", "sound", "near")},
        (("elsewhere", {"place": ("different",)}),),
    ),
    # who lives together has the address in common, and most often a name
    Comparison(
        "household",
        {"name": ("word",)},
        (("address", {"street": ("same", "near")}),),
    ),
)

#: Levels that say something of the customer itself...
IDENTITY = {
    "name": ("same", "sound", "ending", "near", "alike", "close", "part", "initial"),
    "firm": ("same", "sound", "near"),
    "kind": ("alike",),
    "email": ("same", "near", "local"),
    "phone": ("same",),
    "company": ("same",),
    "vat": ("same",),
    "other": ("same", "near"),
    "birth": ("same",),
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
    "name": ("ending", "alike", "close", "part", "initial", "word", "different"),
    "firm": ("near", "part", "word", "different"),
    "kind": ("mixed", "alike"),
    "email": ("near",),
    "place": ("different",),
    "street": ("different",),
    "birth": ("near", "doubtful"),
    "other": ("different",),
}
#: An equal name brings less the more records may have it by chance, and more where it is rare:
#: so many bits beyond the size of the database bring the whole weight, as many below take it.
RARITY = "rarity"
BITS_RANGE = 4.0
