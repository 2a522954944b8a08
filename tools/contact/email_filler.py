"""Addresses that were typed because a form asked for one."""

import re

from ..text.filler import WORDS, fold_filler, is_filler

#: "pas de mail", "no e-mail", "sans adresse", "aucun": there is no address.
_NO_MAILBOX_RE = re.compile(
    "(?:clients?)?(?:(?:je|il|elle|on)?(?:nai|jai|na|ont?|a)?(?:pas|point)|sans|aucune?s?|no|non|not|without"
    "|nul|zero|geen|keine?|sin|senza|nessun[ao]?|faux|fausse|fake|bidon|refus|refuse)"
    "(?:de|d|have|has|any|an|une?|son|sa|my)*(?!$)"
    "(?:(?:adresse?s?|address|correo|boite|compte)?(?:de|d)?(?:e?mails?|mels?|courriels?|internet)?"
    "(?:address|adresse|addresse|account)?|communiquee?|fournie?|donnee?|renseignee?|connue?"
    "|precisee?|provided|given|known|available|disponible|applicable|indiquee?)"
    "|(?:adresse?|e?mail|mel|courriel)+(?:inconnue?|absente?|manquante?|vide|unknown|missing)"
)
_UNKNOWN = frozenset("aucun aucune inconnu inconnue unknown".split())
_MADE_UP = _UNKNOWN | frozenset(
    "non nobody noone personne anonyme anonymous nemail faux"
    " bidon fake abc abcd refus vide empty adressemail monmail monemail votremail votreemail"
    " youremail myemail yourname prenomnom nomprenom exemple example"
    " nesaitpas jesaispas jenaipas notengo noaplica supprime deleted nepossedepas"
    " nepasutiliser fictif fictive factice testtest".split()
)
#: Nobody's where the site has the same name, as in "mail@mail.fr".
_GENERIC = frozenset(
    "email mail client nom name adresse domaine domain vide moi temp invalide invalid erreur error"
    " absent refuse nr nospam aze pas sans guest user geen keine".split()
)
#: What such a site is called where the mailbox, too, is only the form's own word for one.
_ANY_SITE = frozenset("mail email courriel domain domaine".split())
_ANY_NAME = frozenset(
    "nom name user votre your adresse pas sans no non keine kein geen prenom login xxx".split()
)
_DIGITS_RE = re.compile("[0-9]+")


def is_made_up(local, domain):
    """Tell whether an address only fills a field ("pasdemail@gmail.com").

    >>> is_made_up("pas.de.mail", "gmail.com"), is_made_up("a", "a.fr"), is_made_up("x", "nomail.f")
    (True, True, True)
    >>> is_made_up("nonna", "free.fr"), is_made_up("mail", "orange.fr"), is_made_up("a", "sfr.fr")
    (False, False, False)
    """
    typed, host = fold_filler(local), fold_filler(domain.partition(".")[0])
    name = _DIGITS_RE.sub("", typed)
    return (
        _says_none(name)
        or _says_none(host)
        or not typed  # "---@gmail.com"
        or name in _MADE_UP
        or host in _UNKNOWN
        or (len(typed) < 4 and len(set(typed)) == len(set(host)) == 1)  # "a@b.fr"
        or (host in _ANY_SITE and (name in _ANY_NAME or name + host in _MADE_UP))
        or (typed == host and (typed in WORDS or typed in _GENERIC or typed.isdigit()))
        or (len(name) > 2 and is_filler(name))  # "test2@free.fr"
        or is_filler(f"{local}@{domain}")
    )


def _says_none(folded):
    return len(folded) > 4 and bool(_NO_MAILBOX_RE.fullmatch(folded))
