"""How nearness is asked for in SQL, of the profiles ``a`` and ``b``: texts of conditions."""


def both(column):
    """Both sides know it."""
    return f"a.{column} IS NOT NULL AND b.{column} IS NOT NULL"


def near(column, edits, other=None):
    """At most so many letters are typed wrong."""
    return f"levenshtein_less_equal(a.{column}, b.{other or column}, {edits}) <= {edits}"


def near_name(edits):
    """The same of a name, whichever of its words comes first and wherever the error is."""
    ways = (("name", "name"), ("typed", "typed"), ("typed", "turned"))
    return "(" + " OR ".join(near(column, edits, other) for column, other in ways) + ")"


WORDS_A, WORDS_B = "string_to_array(a.name, ' ')", "string_to_array(b.name, ' ')"
FIRM_A, FIRM_B = "string_to_array(a.firm, ' ')", "string_to_array(b.firm, ' ')"
CORE_A, CORE_B = "string_to_array(a.core, ' ')", "string_to_array(b.core, ' ')"
LONG_NAME = "length(a.name) > 7 AND position(' ' in a.name) > 0 AND position(' ' in b.name) > 0"
#: "AnnHughes", "Anne Hughes".
ONE_IS_GLUED = "(position(' ' in a.name) = 0) <> (position(' ' in b.name) = 0)"
PERSONS = both("name")
COMPANIES = "a.name IS NULL AND b.name IS NULL"
ROLE = "a.is_role AND b.is_role"
OWN_MAIL = "NOT a.is_role AND NOT b.is_role"
ONE_OF_SEVERAL = (  # most fields hold one
    "(a.mailboxes IS NOT NULL OR b.mailboxes IS NOT NULL)"
    " AND COALESCE(a.mailboxes, ARRAY[a.mailbox]) && COALESCE(b.mailboxes, ARRAY[b.mailbox])"
)
SAME_NUMBER = "a.street_number IS NOT DISTINCT FROM b.street_number"
#: Only some providers ignore dots.
MAIL_A, MAIL_B = "replace(a.mailbox, '.', '')", "replace(b.mailbox, '.', '')"
SAME_LOCAL = (
    f"length(split_part({MAIL_A}, '@', 1)) > 5"
    f" AND split_part({MAIL_A}, '@', 1) = split_part({MAIL_B}, '@', 1)"
)
#: Dates so near each other are one, guessed or mixed up.
DAYS = 45
#: Of a text with more letters than this, one with a letter wrong is hardly another.
LONG = 7


def near_mail(edits):
    """The mailboxes differ by so many letters at most."""
    return (
        f"length(a.mailbox) > {LONG}"
        f" AND levenshtein_less_equal({MAIL_A}, {MAIL_B}, {edits}) <= {edits}"
    )


def one_word(short, long):
    """One name is a single word, nearly one of the two of the other."""
    parts = " OR ".join(
        f"levenshtein_less_equal({short}.name, split_part({long}.name, ' ', {number}), 2)"
        f" <= LEAST(length({short}.name) / 3, 2)"
        for number in (1, 2)
    )
    return f"position(' ' in {short}.name) = 0 AND length({short}.name) > 2 AND ({parts})"


def starts_alike(letters):
    """Both words begin alike, in either order: "Rob Allen", "Allen Robert"."""
    ways = (("typed", "turned"), ("turned", "typed"))
    return (
        "("
        + " OR ".join(
            f"left(a.typed, {letters}) = left(b.{first}, {letters})"
            f" AND left(a.turned, {letters}) = left(b.{second}, {letters})"
            for first, second in ways
        )
        + ")"
    )


def turned(column, start, size=2):
    """The digits of a part of the date are swapped, all others the same."""
    part = f"substr(%s.{column}, {start}, {size})"
    rest = f"overlay(%s.{column} placing '' from {start} for {size})"
    return f"{part % 'a'} = reverse({part % 'b'}) AND {rest % 'a'} = {rest % 'b'}"
