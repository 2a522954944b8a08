"""Recognise text that was typed only to get past a field ("N/A", "xxx", "0000").

Every rule exists twice, as Python and as one SQL expression, and a property
test holds the two equal.  To keep them equal, nothing here depends on a locale:
letters are folded by an explicit table, never by ``lower()``.
"""

import re

from .fold import sign_for_sign

_ACCENTED = "àáâãäåçèéêëìíîïñòóôõöùúûüýÿ"
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ" + _ACCENTED + _ACCENTED.upper()
_DROPPED = " \t\r\n\f\v\u00a0\u202f.,;:!?-_–—/\\|'’\"`()[]{}<>*#+=~^&%$@°…"

# Kept as they are, but first in the table: PostgreSQL looks each sign up from its start.
_KEPT = "esaintrulodcpmvqfbghjxyzwk0123456789"

#: ``translate(text, FOLD_FROM, FOLD_TO)``: lower-case, accents off, punctuation out.
FOLD_FROM = _KEPT + _LETTERS + _DROPPED
FOLD_TO = _KEPT + sign_for_sign(_LETTERS)

#: Whole answers that say nothing, folded.
WORDS = (
    "na nc nd none null nil nsp nspp rien neant aucun aucune inconnu inconnue unknown"
    " nonconnu nonrenseigne nondefini adefinir acompleter arenseigner averifier tbd tba"
    " todo tbc test tests essai testing toto foobar blabla dummy fake xx xyz jenesaispas"
    " pasdemail noemail nomail sansmail loremipsum lorem asdf anonyme anonymous undefined"
).split()

#: Runs of keys; an answer of four signs or more that lies within one is filler.
KEYBOARD = (
    "azertyuiop|qsdfghjklm|wxcvbn|qwertyuiop|asdfghjkl|zxcvbnm|qwertzuiop|yxcvbnm"
    "|01234567890|09876543210|abcdefghijklmnopqrstuvwxyz"
)

#: Up to so many signs, repeated three times or more and nothing else, are filler...
LONGEST_REPEATED = 4
#: ... and so are seven equal digits in a row.
SAME_DIGITS = "|".join(f"{digit}{{7}}" for digit in range(10))

_FOLD_TABLE = str.maketrans(FOLD_FROM[: len(FOLD_TO)], FOLD_TO, FOLD_FROM[len(FOLD_TO) :])
_SAME_DIGITS_RE = re.compile(SAME_DIGITS)
_WORDS_SET = frozenset(WORDS)
_TAG_RE = re.compile(r"<[^>]*>")


def fold_filler(text):
    """Return ``text`` in lower case without accents, white space or punctuation.

    >>> fold_filler(" N / A ")
    'na'
    >>> fold_filler("À définir…")
    'adefinir'
    """
    return text.translate(_FOLD_TABLE)


def visible_text(html):
    """Return the text a reader sees of ``html``; an image counts as a sign of content.

    >>> visible_text("<p><br></p>&nbsp;")
    ''
    >>> visible_text("<p>Call <b>back</b></p>")
    'Call back'
    """
    shown = html.replace("<img", "image<")
    return _TAG_RE.sub("", shown).replace("&nbsp;", "")


def is_blank(text):
    """Tell whether ``text`` has nothing but white space.

    >>> is_blank(" \\u00a0 "), is_blank("-")
    (True, False)
    """
    return not text.strip(" \t\r\n\f\v\u00a0\u202f")


def is_filler(text):
    """Tell whether ``text``, which is not blank, was typed only to fill a field.

    For an e-mail address the part before the ``@`` decides.

    >>> [is_filler(text) for text in ("N/A", "xxx", "test@test.fr", "06 00 00 00 00", "azerty")]
    [True, True, True, True, True]
    >>> [is_filler(text) for text in ("Ada", "Bora Bora", "01 42 68 53 00", "na@nestle.com")]
    [False, False, False, False]
    """
    local, at, _domain = text.partition("@")
    folded = fold_filler(local if at else text)
    if at and len(folded) < 3:
        return False
    return (
        not folded
        or folded in _WORDS_SET
        or (len(folded) >= 4 and folded in KEYBOARD)
        or _is_repetition(folded)
        or bool(_SAME_DIGITS_RE.search(folded))
    )


def _is_repetition(folded):
    return any(
        len(folded) >= 3 * size and not folded.replace(folded[:size], "")
        for size in range(1, LONGEST_REPEATED + 1)
    )
