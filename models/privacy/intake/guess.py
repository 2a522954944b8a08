"""What somebody asks for, by the words of their mail: a guess that a person can correct."""

import re

from odoo.tools import remove_accents

#: By right, beginnings of words in English, French and Arabic; the first that is found counts.
SIGNS = [
    ("withdrawal", r"withdraw|unsubscri|desabonn|desinscri|retir\w* (mon|le) consentement|سحب"),
    ("erasure", r"eras|delet|forgot|remove my|effac|supprim|oubli|حذف|محو"),
    ("portability", r"portab|transfer my data|نقل"),
    ("rectification", r"rectif|correct|wrong|erreur|corrig|تصحيح"),
    ("restriction", r"restrict|limitation|limit\w* (the|le|du) (processing|traitement)|تقييد"),
    ("automated", r"automat|profil|آلي"),
    ("objection", r"object|oppos|stop (calling|writing|contacting)|اعتراض"),
    (
        "access",
        r"access (to|request)|right of access|acces (a|aux)(?!\w)|droit d.acces"
        r"|cop(y|ie) (of|de) (my|mes|all|toutes)|what (data )?do you (know|have|hold)"
        r"|que savez|quelles donnees|اطلاع|نسخة",
    ),
]
SIGN_RES = [(kind, re.compile(rf"(?<!\w)(?:{signs})", re.I)) for kind, signs in SIGNS]

#: Where what a mail answers or forwards begins.
_QUOTED_RE = re.compile(
    r"^[ \t]*(?:>|-{3,}|(?:on|le) .{4,150}(?:wrote|a écrit) ?:[ \t]*$|(?:from|de) ?: )", re.I | re.M
)


def unquoted(text):
    """Return what the writer of a mail says themselves.

    >>> unquoted("Any news?\\nLe lun. 2 mars 2026, Ada a écrit :\\n> Please delete my data")
    'Any news?'
    """
    return _QUOTED_RE.split(text or "", maxsplit=1)[0].strip()


def guessed(text):
    """Return the right that a text is about, nothing where no word of it says so.

    >>> guessed("Please delete all you have about me"), guessed("Je m'oppose à vos appels")
    ('erasure', 'objection')
    >>> guessed("Droit à l’oubli : effacez mes données"), guessed("أطلب حذف بياناتي")
    ('erasure', 'erasure')
    >>> guessed("What do you know about me?"), guessed("Que savez-vous de moi ?")
    ('access', 'access')
    >>> guessed("Any news?"), guessed("")
    ('', '')
    """
    text = remove_accents(text or "")
    return next((kind for kind, signs in SIGN_RES if signs.search(text)), "")
