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
]
SIGN_RES = [(kind, re.compile(rf"(?<!\w)(?:{signs})", re.I)) for kind, signs in SIGNS]


def guessed(text):
    """Return the right that a text is about; access where nothing says otherwise.

    >>> guessed("Please delete all you have about me"), guessed("Je m'oppose à vos appels")
    ('erasure', 'objection')
    >>> guessed("Droit à l’oubli : effacez mes données"), guessed("أطلب حذف بياناتي")
    ('erasure', 'erasure')
    >>> guessed("What do you know about me?"), guessed("")
    ('access', 'access')
    """
    text = remove_accents(text or "")
    return next((kind for kind, signs in SIGN_RES if signs.search(text)), "access")
