"""A first look at pairs that weak keys gathered: two of three are not worth comparing.

A street, a sound or a postal code in common brings together millions of pairs of which next to
none is a customer twice.  The look compares a *brief*: a few numbers for each record, most of
them hashes, since equality is all it needs.  It sums up the best that a pair can come to.  What
it does not see are errors in the first letter of a name or the first letters of an e-mail
address, and towns typed wrong: pairs that had nothing better are lost, one "possible" of a
hundred.
"""

from typing import NamedTuple

from odoo.tools import SQL

from .levels import as_sql
from .meaning import ROUNDED

#: The columns of a brief beside those of :data:`AS_IS`, from a profile ``p``.
HASHED = {
    "spoken": "p.spoken",
    "letters": "p.letters",
    "mailbox": "p.mailbox",
    "mail_local": "split_part(p.mailbox, '@', 1)",
    "mail_start": "left(p.mailbox, 3)",
    "phone": "CASE WHEN starts_with(p.phones[1], '+') THEN p.phones[1] END",
    "phone_start": "left(p.phones[1], 7)",
    "phone_end": "right(p.phones[1], 4)",
    "zip": "p.zip",
    "zip_start": "left(p.zip, 2)",
    "city": "p.city",
    "city_start": "left(p.city, 3)",
    "street": "p.street",
    "street_number": "COALESCE(p.street_number, '')",
    "birth": "p.birth",
    "birth_year": "left(p.birth, 4)",
    "birthday": "right(p.birth, 4)",
    "firm": "CASE WHEN p.name IS NULL THEN p.firm END",
    "firm_sound": "CASE WHEN p.name IS NULL THEN p.firm_sound END",
    "company": "p.company",
}
AS_IS = ("node", "partner_id", "company_id", "family", "parent", "linked", "typology")
NUMBERS = {
    "first_letters": "NULLIF(p.first_letters, 0)",
    "is_employed": "p.name IS NOT NULL AND p.firm IS NOT NULL",
    "has_others": "p.others IS NOT NULL",
}


class Look(NamedTuple):
    """``cases``: the levels at which a comparison may come out, and when: the first that holds."""

    code: str
    cases: tuple


_ALIKE = ("ending", "alike", "part", "piece", "similar", "word")

LOOKS = (
    Look(
        "name",
        (
            ("a.spoken = b.spoken", ("same", "sound", "single")),
            ("a.letters = b.letters", ("sound", "near")),
            (
                "a.first_letters = b.first_letters",
                ("near", "close", *_ALIKE, "initial", "start", "garbled"),
            ),
            ("a.first_letters & b.first_letters <> 0", _ALIKE),
            ("a.spoken <> b.spoken", ("apart", "different")),
        ),
    ),
    Look("firm", (("a.firm = b.firm", ("same",)), ("a.firm <> b.firm", ("sound", "near")))),
    Look(
        "company",
        (("a.company = b.company", ("same",)), ("a.company <> b.company", ("different",))),
    ),
    Look(
        "email",
        (
            ("a.mailbox = b.mailbox", ("role", "same")),
            ("a.mail_local = b.mail_local", ("local", "near")),
            ("a.mail_start = b.mail_start", ("near", "close", "different")),
            ("a.mailbox <> b.mailbox", ("different",)),
        ),
    ),
    Look(
        "phone",
        (
            ("a.phone = b.phone", ("same",)),
            ("a.phone_start = b.phone_start OR a.phone_end = b.phone_end", ("near",)),
            ("a.phone <> b.phone", ("different",)),
        ),
    ),
    Look(
        "birth",
        (
            ("a.birth = b.birth", ("same",)),
            ("a.birth_year = b.birth_year", ("near", "close", "digits")),
            ("a.birthday = b.birthday", ("near", "year")),
            ("a.birth <> b.birth", ("digits", "doubtful")),
        ),
    ),
    Look(
        "street",
        (
            ("a.street = b.street AND a.street_number = b.street_number", ("same", "near")),
            ("a.street <> b.street AND a.street_number = b.street_number", ("near", "house")),
            ("a.street = b.street", ("number", "road")),
            ("a.street <> b.street", ("different",)),
        ),
    ),
    Look(
        "place",
        (
            ("a.zip = b.zip", ("same", "zip")),
            ("a.city = b.city", ("city",)),
            ("a.zip_start = b.zip_start OR a.city_start = b.city_start", ("near",)),
            ("a.zip <> b.zip OR a.city <> b.city", ("different",)),
        ),
    ),
    Look("employer", (("a.is_employed AND b.is_employed", ("same",)),)),
    Look("other", (("a.has_others AND b.has_others", ("same", "near")),)),
)


def sql_brief(plan):
    """Return a SELECT of the briefs of all records."""
    columns = [
        *(SQL.identifier("p", name) for name in AS_IS),
        *(_named(f"hashtext({text})", name) for name, text in HASHED.items()),
        *(_named(text, name) for name, text in NUMBERS.items()),
        SQL("COALESCE(%s, 0.0)::float8 AS rarity", plan.sql_brought_by(SQL("p.bits"))),
    ]
    return SQL("SELECT %s FROM customer_sheet_match_profile p", SQL(", ").join(columns))


def sql_is_worth_comparing(plan):
    """Return the condition that briefs ``a`` and ``b`` may be a duplicate.

    A person and a company, and companies whose names merely have a word in common, may be
    related without being a duplicate: they pass.
    """
    looks = SQL(" + ").join(_sql_look(plan, look) for look in LOOKS)
    rarity = SQL(
        "CASE WHEN a.spoken = b.spoken OR a.firm = b.firm THEN LEAST(a.rarity, b.rarity)"
        " ELSE 0::float8 END"
    )
    least = plan.thresholds["possible"] - 2 * ROUNDED
    return SQL(
        "((a.spoken = b.spoken OR a.spoken <> b.spoken OR a.firm_sound = b.firm_sound) IS NOT TRUE"
        " OR %s + %s >= %s::float8)",
        looks,
        rarity,
        least,
    )


def _sql_look(plan, look):
    cases = [
        SQL(
            "WHEN %s THEN %s::float8",
            as_sql(condition),
            max(plan.weight(look.code, level) for level in levels),
        )
        for condition, levels in look.cases
    ]
    return SQL("CASE %s ELSE 0::float8 END", SQL(" ").join(cases))


def _named(text, name):
    return SQL("%s AS %s", as_sql(text), SQL.identifier(name))
