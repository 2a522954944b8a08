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
_CORE_A, _CORE_B = "string_to_array(a.core, ' ')", "string_to_array(b.core, ' ')"
_LONG_NAME = "length(a.name) > 7 AND position(' ' in a.name) > 0 AND position(' ' in b.name) > 0"
_PERSONS = _both("name")
_COMPANIES = "a.name IS NULL AND b.name IS NULL"
_ROLE = "a.is_role AND b.is_role"
_OWN_MAIL = "NOT a.is_role AND NOT b.is_role"
_SAME_NUMBER = "a.street_number IS NOT DISTINCT FROM b.street_number"
#: Only some providers ignore dots.
_MAIL_A, _MAIL_B = "replace(a.mailbox, '.', '')", "replace(b.mailbox, '.', '')"
_SAME_LOCAL = (
    f"length(split_part({_MAIL_A}, '@', 1)) > 5"
    f" AND split_part({_MAIL_A}, '@', 1) = split_part({_MAIL_B}, '@', 1)"
)
#: Dates so near each other are one, guessed or mixed up.
_DAYS = 45
#: Of a text with more letters than this, one with a letter wrong is hardly another.
_LONG = 7


def _near_mail(edits):
    return (
        f"length(a.mailbox) > {_LONG}"
        f" AND levenshtein_less_equal({_MAIL_A}, {_MAIL_B}, {edits}) <= {edits}"
    )


def _one_word(short, long):
    """One name is a single word, nearly one of the two of the other."""
    parts = " OR ".join(
        f"levenshtein_less_equal({short}.name, split_part({long}.name, ' ', {number}), 2)"
        f" <= LEAST(length({short}.name) / 3, 2)"
        for number in (1, 2)
    )
    return f"position(' ' in {short}.name) = 0 AND length({short}.name) > 2 AND ({parts})"


def _starts_alike(letters):
    """Both words begin alike, in either order: "Rob Allen", "Allen Robert"."""
    ways = (("typed", "turned"), ("turned", "typed"))
    return "(" + " OR ".join(
        f"left(a.typed, {letters}) = left(b.{first}, {letters})"
        f" AND left(a.turned, {letters}) = left(b.{second}, {letters})"
        for first, second in ways
    ) + ")"


def _turned(column, start, size=2):
    """The digits of a part of the date are swapped, all others the same."""
    part = f"substr(%s.{column}, {start}, {size})"
    rest = f"overlay(%s.{column} placing '' from {start} for {size})"
    return f"{part % 'a'} = reverse({part % 'b'}) AND {rest % 'a'} = {rest % 'b'}"


COMPARISONS = (
    Comparison(
        "name",
        _PERSONS,
        (
            ("same", "a.name = b.name AND position(' ' in a.name) > 0"),
            (
                "sound",
                "a.spoken = b.spoken AND position(' ' in a.spoken) > 0 OR"
                f" (a.typed = b.typed OR a.typed = b.turned) AND length(a.typed) > {_LONG}",
            ),
            ("single", "a.name = b.name"),
            ("ending", "a.stem = b.stem"),
            # two letters swapped are two edits
            (
                "near",
                f"{_LONG_NAME} AND ({_near_name(1)} OR a.letters = b.letters AND {_near_name(2)})"
                f" OR length(a.typed) > {_LONG} AND a.letters = b.letters",
            ),
            ("alike", "a.sound = b.sound AND position(' ' in a.sound) > 0"),
            # beside a word in common few letters make another name: Karim, Kamal
            (
                "close",
                f"{_LONG_NAME} AND ({_near_name(3)} AND (NOT {_WORDS_A} && {_WORDS_B}"
                f" OR a.first_letters = b.first_letters AND {_near_name(2)}) OR"
                f" length(a.name) > 10 AND NOT {_WORDS_A} && {_WORDS_B} AND {_near_name(4)})",
            ),
            ("part", f"{_WORDS_A} <@ {_WORDS_B} OR {_WORDS_B} <@ {_WORDS_A}"),
            ("piece", f"{_one_word('a', 'b')} OR {_one_word('b', 'a')}"),
            (
                "initial",
                "a.first_letters = b.first_letters AND (a.name ~ '\\m.\\M' OR b.name ~ '\\m.\\M')"
                f" AND {_WORDS_A} && {_WORDS_B}",
            ),
            ("apart", "position(' ' in a.name) = 0 AND position(' ' in b.name) = 0"),
            (
                "start",
                f"{_WORDS_A} && {_WORDS_B} AND ({_starts_alike(3)} OR length(a.name) > 11"
                f" AND a.first_letters = b.first_letters AND {_near_name(3)})",
            ),
            (
                "similar",
                f"{_WORDS_A} && {_WORDS_B} AND (length(a.name) > 9 AND {_near_name(3)}"
                f" OR length(a.name) > 12 AND {_near_name(4)})",
            ),
            (
                "garbled",
                f"NOT {_WORDS_A} && {_WORDS_B} AND a.first_letters = b.first_letters",
            ),
            ("different", f"NOT {_WORDS_A} && {_WORDS_B}"),
            ("word", "TRUE"),
        ),
    ),
    Comparison(
        "civility",
        _both("civility"),
        (("different", "a.civility <> b.civility"),),
    ),
    Comparison(
        "firm",
        f"{_both('firm')} AND (a.name IS NULL OR b.name IS NULL)",
        (
            ("same", "a.firm = b.firm"),
            ("sound", "a.firm_sound = b.firm_sound AND length(a.firm_sound) > 3"),
            (
                "near",
                f"length(a.firm) > {_LONG - 1} AND ({_near('firm', 2)}"
                f" OR {_COMPANIES} AND {_near('typed', 2)})",
            ),
            ("part", f"{_CORE_A} && {_CORE_B} AND ({_FIRM_A} <@ {_FIRM_B} OR {_FIRM_B} <@ {_FIRM_A})"),
            ("core", f"{_CORE_A} <@ {_CORE_B} OR {_CORE_B} <@ {_CORE_A}"),
            ("different", f"NOT {_CORE_A} && {_CORE_B}"),
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
            ("same", "a.mailbox = b.mailbox"),
            (
                "near",
                f"{_OWN_MAIL} AND ({_near_mail(1)} OR {_SAME_LOCAL} AND {_near_mail(2)})",
            ),
            (
                "local",
                f"{_OWN_MAIL} AND {_SAME_LOCAL}"
                " AND (a.domain IS NULL OR b.domain IS NULL)",
            ),
            ("close", f"{_OWN_MAIL} AND {_near_mail(3)}"),
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
            # one digit wrong, two swapped, or day and month
            (
                "near",
                f"{_near('birth', 1)} OR {_turned('birth', 7)} OR {_turned('birth', 5)}"
                f" OR {_turned('birth', 3)} OR left(a.birth, 4) = left(b.birth, 4)"
                " AND substr(a.birth, 5, 2) = substr(b.birth, 7, 2)"
                " AND substr(a.birth, 7, 2) = substr(b.birth, 5, 2)",
            ),
            ("year", "right(a.birth, 4) = right(b.birth, 4)"),
            ("close", f"abs(a.born - b.born) <= {_DAYS}"),
            ("digits", _near("birth", 2)),
            # an identifier or a mailbox of one's own is the same: one of the dates is wrong
            (
                "doubtful",
                f"a.others && b.others OR {_near('others[1]', 2)}"
                f" OR {_OWN_MAIL} AND ({_SAME_LOCAL} OR {_near_mail(3)})",
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
                " OR length(a.city) > 4 AND levenshtein_less_equal(left(a.city, 60),"
                " left(b.city, 60), 3) <= LEAST(length(a.city) / 3, 3)",
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
            (
                "number",
                "a.street = b.street AND levenshtein_less_equal(a.street_number,"
                " b.street_number, 1) <= 1 AND length(a.street_number) > 2",
            ),
            ("road", "a.street = b.street"),
            ("house", "a.street_number = b.street_number"),
            ("different", "TRUE"),
        ),
    ),
)

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
            ("street", {"street": ("different",)}),
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
        *("single", "ending", "near", "alike", "close", "part", "piece", "initial", "start", "similar"),
        *("apart", "garbled", "word", "different"),
    ),
    "civility": ("different",),
    "firm": ("near", "part", "core", "word", "different"),
    "kind": ("mixed", "alike"),
    "email": ("near", "close", "local"),
    "place": ("different",),
    "street": ("road", "house", "different"),
    "birth": ("near", "year", "close", "digits", "doubtful"),
    "other": ("different",),
}
#: An equal name brings less the more records may have it by chance, and more where it is rare:
#: so many bits beyond the size of the database bring the whole weight, as many below take it.
RARITY = "rarity"
BITS_RANGE = 4.0
