"""How two profiles are compared: the SQL conditions, ``a`` against ``b``.

What a profile does not know is NULL, equal to nothing, and a level holds only where it is true.

One comparison looks at one thing and comes out at one level, the first that holds; a level may
stand twice, since those that count letters are left out where PostgreSQL lacks fuzzystrmatch.
What the levels are worth is not here: records of ``customer.sheet.match.rule`` say it.
"""

from typing import NamedTuple

from odoo.tools import SQL

from .nearness import (
    COMPANIES,
    CORE_A,
    CORE_B,
    DAYS,
    FIRM_A,
    FIRM_B,
    LONG,
    LONG_NAME,
    ONE_IS_GLUED,
    ONE_OF_SEVERAL,
    OWN_MAIL,
    PERSONS,
    ROLE,
    SAME_LOCAL,
    SAME_NUMBER,
    WORDS_A,
    WORDS_B,
    both,
    near,
    near_mail,
    near_name,
    one_word,
    starts_alike,
    turned,
)


class Comparison(NamedTuple):
    """``applies`` tells whether both sides know enough; ``levels`` are ``(code, condition)``."""

    code: str
    applies: str
    levels: tuple


def as_sql(text):
    """Return a text of the code as SQL: no value of a record is ever in it."""
    return SQL(text)  # pylint: disable=sql-injection


COMPARISONS = (
    Comparison(
        "name",
        PERSONS,
        (
            ("same", "a.name = b.name AND position(' ' in a.name) > 0"),
            (
                "sound",
                "a.spoken = b.spoken AND position(' ' in a.spoken) > 0 OR"
                f" (a.typed = b.typed OR a.typed = b.turned) AND length(a.typed) > {LONG}",
            ),
            ("single", "a.name = b.name"),
            ("ending", "a.stem = b.stem"),
            # two letters swapped are two edits
            (
                "near",
                f"{LONG_NAME} AND ({near_name(1)} OR a.letters = b.letters AND {near_name(2)})"
                f" OR length(a.typed) > {LONG} AND a.letters = b.letters",
            ),
            ("alike", "a.sound = b.sound AND position(' ' in a.sound) > 0"),
            # beside a word in common few letters make another name: Karim, Kamal
            (
                "close",
                f"{LONG_NAME} AND ({near_name(3)} AND (NOT {WORDS_A} && {WORDS_B}"
                f" OR a.first_letters = b.first_letters AND {near_name(2)}) OR"
                f" length(a.name) > 10 AND NOT {WORDS_A} && {WORDS_B} AND {near_name(4)})"
                f" OR {ONE_IS_GLUED} AND length(a.typed) > {LONG} AND {near_name(2)}",
            ),
            ("part", f"{WORDS_A} <@ {WORDS_B} OR {WORDS_B} <@ {WORDS_A}"),
            ("piece", f"{one_word('a', 'b')} OR {one_word('b', 'a')}"),
            (
                "initial",
                "a.first_letters = b.first_letters AND (a.name ~ '\\m.\\M' OR b.name ~ '\\m.\\M')"
                f" AND {WORDS_A} && {WORDS_B}",
            ),
            ("apart", "position(' ' in a.name) = 0 AND position(' ' in b.name) = 0"),
            (
                "start",
                f"{WORDS_A} && {WORDS_B} AND ({starts_alike(3)} OR length(a.name) > 11"
                f" AND a.first_letters = b.first_letters AND {near_name(3)})",
            ),
            (
                "similar",
                f"{WORDS_A} && {WORDS_B} AND (length(a.name) > 9 AND {near_name(3)}"
                f" OR length(a.name) > 12 AND {near_name(4)})",
            ),
            (
                "garbled",
                f"NOT {WORDS_A} && {WORDS_B} AND a.first_letters = b.first_letters",
            ),
            ("different", f"NOT {WORDS_A} && {WORDS_B}"),
            ("word", "TRUE"),
        ),
    ),
    Comparison(
        "civility",
        both("civility"),
        (("different", "a.civility <> b.civility"),),
    ),
    Comparison(
        "firm",
        f"{both('firm')} AND (a.name IS NULL OR b.name IS NULL)",
        (
            ("same", "a.firm = b.firm"),
            ("sound", "a.firm_sound = b.firm_sound AND length(a.firm_sound) > 3"),
            (
                "near",
                f"length(a.firm) > {LONG - 1} AND ({near('firm', 2)}"
                f" OR {COMPANIES} AND {near('typed', 2)})",
            ),
            ("part", f"{CORE_A} && {CORE_B} AND ({FIRM_A} <@ {FIRM_B} OR {FIRM_B} <@ {FIRM_A})"),
            ("core", f"{CORE_A} <@ {CORE_B} OR {CORE_B} <@ {CORE_A}"),
            ("core", f"length(a.core) > 4 AND {near('core', 1)}"),
            ("different", f"NOT {CORE_A} && {CORE_B}"),
            ("word", "TRUE"),
        ),
    ),
    Comparison(
        "employer",
        f"{both('firm')} AND {PERSONS}",
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
        both("email"),
        (
            ("role", f"a.mailbox = b.mailbox AND ({ROLE})"),
            ("same", f"a.mailbox = b.mailbox OR {ONE_OF_SEVERAL}"),
            (
                "near",
                f"{OWN_MAIL} AND ({near_mail(1)} OR {SAME_LOCAL} AND {near_mail(2)})",
            ),
            (
                "local",
                f"{OWN_MAIL} AND {SAME_LOCAL} AND (a.domain IS NULL OR b.domain IS NULL)",
            ),
            ("close", f"{OWN_MAIL} AND {near_mail(3)}"),
            ("different", "TRUE"),
        ),
    ),
    Comparison(
        "phone",
        both("phones"),
        (
            ("same", "a.phones && b.phones"),
            ("near", "levenshtein_less_equal(a.phones[1], b.phones[1], 1) <= 1"),
            # digits without a country may be those of the other number
            ("different", "starts_with(a.phones[1], '+') = starts_with(b.phones[1], '+')"),
        ),
    ),
    Comparison(
        "company",
        both("company"),
        (("same", "a.company = b.company"), ("different", "TRUE")),
    ),
    Comparison(
        "establishment",
        f"{both('establishment')} AND a.company = b.company",
        (("same", "a.establishment = b.establishment"), ("different", "TRUE")),
    ),
    Comparison(
        "vat",
        f"{both('vat')} AND (a.company IS NULL OR b.company IS NULL)",
        (("same", "a.vat = b.vat"), ("different", "TRUE")),
    ),
    Comparison(
        "other",
        both("others"),
        (
            ("same", "a.others && b.others"),
            ("near", "levenshtein_less_equal(a.others[1], b.others[1], 2) <= 2"),
            ("different", "TRUE"),
        ),
    ),
    Comparison(
        "domain",
        f"{both('domain')} AND (a.mailbox = b.mailbox) IS NOT TRUE",
        (("same", "a.domain = b.domain"), ("different", "a.name IS NULL AND b.name IS NULL")),
    ),
    Comparison(
        "birth",
        both("birth"),
        (
            ("same", "a.birth = b.birth"),
            # one digit wrong, two swapped, or day and month
            (
                "near",
                f"{turned('birth', 7)} OR {turned('birth', 5)} OR {turned('birth', 3)}"
                " OR left(a.birth, 4) = left(b.birth, 4)"
                " AND substr(a.birth, 5, 2) = substr(b.birth, 7, 2)"
                " AND substr(a.birth, 7, 2) = substr(b.birth, 5, 2)",
            ),
            ("near", near("birth", 1)),
            ("year", "right(a.birth, 4) = right(b.birth, 4)"),
            ("close", f"abs(a.born - b.born) <= {DAYS}"),
            ("digits", near("birth", 2)),
            # an identifier or a mailbox of one's own is the same: one of the dates is wrong
            (
                "doubtful",
                f"a.others && b.others OR {OWN_MAIL} AND (a.mailbox = b.mailbox OR {SAME_LOCAL})",
            ),
            ("doubtful", f"{near('others[1]', 2)} OR {OWN_MAIL} AND {near_mail(3)}"),
            ("different", "TRUE"),
        ),
    ),
    Comparison(
        "place",
        f"({both('zip')}) OR ({both('city')})",
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
        both("street"),
        (
            ("same", f"a.street = b.street AND {SAME_NUMBER}"),
            (
                "near",
                f"{SAME_NUMBER} AND length(a.street) > 4"
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
