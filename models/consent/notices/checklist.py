"""Whether an information notice seems to say all that the law asks for.

The lists are those of art. 13 and 14 GDPR and of art. 5 of the Moroccan law 09-08.  Words
are looked for, nothing is understood: what is found may still be wrong, and what is not
found may be said in other words.  So this warns and never decides.
"""

import html
import re
from typing import NamedTuple

from ....tools.text.fold import sign_for_sign

LANGUAGES = ("fr", "en")

#: Signs of context shown on either side of the words that were found.
CONTEXT = 30

_TAG_RE = re.compile(r"<(script|style)\b.*?</\1\s*>|<!--.*?-->|<[^>]*>", re.I | re.S)
_APOSTROPHES = str.maketrans("’‘ʼ`´\u00a0\u202f‑–—", "'''''  ---")


class Item(NamedTuple):
    """One thing that a notice has to say.

    :ivar article: where the law asks for it
    :ivar needed: False if it is told only where it is the case
    :ivar fr: what says it in French, without accents, as a regular expression; also ``en``
    :ivar only_with: asked for only in a notice in which this is found, in either language
    """

    code: str
    article: str
    needed: bool
    fr: str
    en: str
    only_with: str = ""


class Finding(NamedTuple):
    """``excerpt`` shows the words that seem to say it, ``""`` where none do."""

    code: str
    article: str
    needed: bool
    excerpt: str


_PERIOD_FR = r"(?:\d+|un|deux|trois|quatre|cinq|six|dix) (?:jours|mois|ans?|annees?)\b"
_PERIOD_EN = r"(?:\d+|one|two|three|four|five|six|ten) (?:days?|months?|years?)\b"
_ADDRESS = r"[\w.+-]+@[\w-]+\.\w+|\[\[ ?(?:dpo_)?email ?\]\]|\[\[ ?phone ?\]\]"
# such as D-GC-123/2026; "law no. 09-08" is not one
_RECEIPT = (
    r"(?:\[\[ ?declaration_number ?\]\]|\b[a-z]{1,3}-[\w/-]*\d"
    r"|(?:\bn[°o]\.?|numero|number) ?(?!09-08)[\w/-]*\d)"
)

_IDENTITY = (
    r"responsable d[ue] traitement|(?:est|sont|sera) traitee?s? par|collectee?s? par",
    r"\b(?:data )?controller\b|responsible for (?:the |this |your )?(?:\w+ )?(?:data|processing)"
    r"|(?:processed|collected) by\b",
)
_CONTACT = (
    rf"delegue a la protection|\bdpo\b|{_ADDRESS}",
    rf"data protection officer|\bdpo\b|{_ADDRESS}",
)
_PURPOSES = (
    r"\bfinalites?\b|\bafin de\b|pour vous \w+er\b|\bservent a\b|utilis\w+ [^.]{0,60}\bpour\b",
    r"\bpurposes?\b|in order to\b|\bso that we\b|\buse[ds]? [^.]{0,60}\b(?:to|for)\b"
    r"|\bto (?:send|present|offer|tell|call|contact|inform) (?:you\b|our\b)",
)
_RECIPIENTS = (
    r"destinataires?|communiquee?s? (?:a|aux|au)\b|transmises? (?:a|aux|au)\b|partage\w* avec"
    r"|sous-traitants?|prestataires?|acces a vos donnees|(?:vendues?|cedees?|louees?)\b",
    r"recipients?\b|shared? [^.]{0,40}\bwith\b|disclos\w+|processors?\b|service providers?"
    r"|passed on|pass (?:it|them) on|\bsold\b|\bsell\b|access to (?:your|the) data",
)
_TRANSFERS = (
    r"\btransfer\w+|\bhors (?:de |du |d')|en dehors d|pays tiers|a l'etranger"
    r"|hebergee?s? (?:en|dans|au)",
    r"\btransfer\w*|outside (?:of )?(?:the )?|third countr\w+|\babroad\b|(?:hosted|stored) in\b",
)
_ACCESS = (r"\bd'acces\b|acceder a (?:vos|ces|mes)\b", r"right (?:of|to) access|right to obtain")
_RECTIFICATION = (r"rectifi\w+|\bcorriger|correction", r"rectif\w+|\bcorrect(?:ion|ed)?\b")
_OBJECTION = (r"\bs'?opposer|vous opposer|oppositions?\b", r"\bobject(?:ion)?\b|opt[- ]out")
_OBLIGATORY = (
    r"obligatoires?|facultati\w+|optionnel\w*|pas (?:tenue?|obligee?)\b|sans consequence"
    r"|consequences?",
    r"mandatory|obligatory|optional|not (?:obliged|required|have to)|do not have to|voluntary"
    r"|consequences?",
)
_WITHDRAWAL = (
    r"retir\w+ [^.]{0,30}(?:consentement|accord)|(?:consentement|accord) [^.]{0,40}retir\w+"
    r"|retrait d[ue] |revenir sur|changer d'avis|desinscri\w+|desabonn\w+",
    r"withdraw\w*|revoke\w*|change your mind|unsubscribe\w*",
)
_CONSENT = r"\bconsent(?:ement|ir|ez)?\b|\baccord\b"

GDPR = (
    Item("identity", "GDPR 13(1)(a)", True, *_IDENTITY),
    Item("contact", "GDPR 13(1)(a)-(b)", True, *_CONTACT),
    Item("purposes", "GDPR 13(1)(c)", True, *_PURPOSES),
    Item(
        "basis",
        "GDPR 13(1)(c)",
        True,
        r"bases? (?:legales?|juridiques?)|fonde\w* sur|repos\w+ sur|article 6"
        r"|avec votre (?:accord|consentement)|sur (?:la base de )?votre consentement"
        r"|interets? legitimes?|execution (?:d'un|du) contrat|obligation legale",
        r"(?:legal|lawful) bas[ie]s|based on|on the basis of|article 6|with your consent"
        r"|if you (?:consent|agree)|legitimate interests?|performance of (?:a|the|your) contract"
        r"|legal obligation",
    ),
    Item(
        "interest",
        "GDPR 13(1)(d)",
        True,
        r"interets? legitimes?\s*(?:\([^)]*\)\s*)?(?::|,? (?:a|de|d') ?\w+(?:er|ir|re)\b"
        r"|,? qui (?:est|consiste)|(?:est|consiste)\b)",
        r"legitimate interests?\s*(?:\([^)]*\)\s*)?(?::|,? (?:in|to) \w+|,? (?:which )?is\b"
        r"|,? namely)",
        only_with=r"interets? legitimes?|legitimate interests?",
    ),
    Item("recipients", "GDPR 13(1)(e)", False, *_RECIPIENTS),
    Item("transfers", "GDPR 13(1)(f)", False, *_TRANSFERS),
    Item(
        "retention",
        "GDPR 13(2)(a)",
        True,
        rf"conserv\w+ [^.]{{0,60}}?(?:{_PERIOD_FR}|jusqu|tant qu|aussi longtemps|le temps)"
        rf"|durees? de (?:la )?conservation|(?:pendant|durant|apres) {_PERIOD_FR}",
        rf"(?:retain|keep|kept|stored?)\w* [^.]{{0,60}}?(?:{_PERIOD_EN}|until|as long as)"
        rf"|retention|(?:for|after) {_PERIOD_EN}",
    ),
    Item("access", "GDPR 13(2)(b)", True, *_ACCESS),
    Item("rectification", "GDPR 13(2)(b)", True, *_RECTIFICATION),
    Item(
        "erasure",
        "GDPR 13(2)(b)",
        True,
        r"effac\w+|suppression|supprimer|a l'oubli",
        r"eras\w+|delet\w+|forgotten",
    ),
    Item(
        "restriction",
        "GDPR 13(2)(b)",
        True,
        r"\blimit(?:ation|er)\b",
        r"\brestrict(?:ion|ed)?\b|limit the (?:use|processing)",
    ),
    Item("objection", "GDPR 13(2)(b), 21(4)", True, *_OBJECTION),
    Item("portability", "GDPR 13(2)(b)", True, r"portabilite", r"portab\w+"),
    Item("withdrawal", "GDPR 13(2)(c)", True, *_WITHDRAWAL, only_with=_CONSENT),
    Item(
        "complaint",
        "GDPR 13(2)(d)",
        True,
        r"reclamations?|plaintes?|autorites? de (?:controle|protection)|\bcnil\b|\bapd\b",
        r"\bcomplain\w*|supervisory authority|data protection authority|\bcnil\b",
    ),
    Item("obligatory", "GDPR 13(2)(e)", True, *_OBLIGATORY),
    Item(
        "automated",
        "GDPR 13(2)(f)",
        False,
        r"decisions? [^.]{0,80}automatis\w+|profilage|automatiquement de decision",
        r"automated [^.]{0,20}(?:decision|individual)|decisions? [^.]{0,80}automat\w+|profiling",
    ),
    Item(
        "categories",
        "GDPR 14(1)(d)",
        False,
        r"categories de donnees|\bnom\b[^.]{0,80}(?:adresse|telephone|e-?mail|courriel|fonction)",
        r"categories of (?:personal )?data|\bname\b[^.]{0,80}(?:address|phone|e-?mail|job)",
    ),
    Item(
        "source",
        "GDPR 14(2)(f)",
        False,
        r"\bsources?\b|provien\w+|obtenues? (?:aupres|de|par)|recueillies? (?:aupres|sur|par)"
        r"|annuaires?|accessibles? au public",
        r"\bsources?\b|(?:obtained|collected|received|come) from|publicly (?:available|accessible)"
        r"|directory",
    ),
)

MOROCCO = (
    Item("identity", "Law 09-08, art. 5", True, *_IDENTITY),
    Item("contact", "Law 09-08, art. 5 and 10", True, *_CONTACT),
    Item("purposes", "Law 09-08, art. 5", True, *_PURPOSES),
    Item("recipients", "Law 09-08, art. 5", True, *_RECIPIENTS),
    Item("obligatory", "Law 09-08, art. 5", True, *_OBLIGATORY),
    Item("access", "Law 09-08, art. 5 and 7", True, *_ACCESS),
    Item("rectification", "Law 09-08, art. 5 and 8", True, *_RECTIFICATION),
    Item("objection", "Law 09-08, art. 9 and 10", True, *_OBJECTION),
    Item(
        "declaration",
        "Law 09-08, art. 5",
        True,
        rf"(?:cndp|commission nationale|recepisse|declar\w+|autoris\w+)[^.]{{0,120}}?{_RECEIPT}",
        rf"(?:cndp|national commission|receipt|declar\w+|authori[sz]\w+)[^.]{{0,120}}?{_RECEIPT}",
    ),
    Item("withdrawal", "Law 09-08, art. 4", True, *_WITHDRAWAL, only_with=_CONSENT),
    Item("transfers", "Law 09-08, art. 43-44", False, *_TRANSFERS),
)

LAWS = {"gdpr": GDPR, "ma": MOROCCO}


def check(text, lang, law="gdpr"):
    """Return a :class:`Finding` for each thing that ``law`` wants a notice to say.

    :param text: the notice, as HTML or plain text
    :param lang: a language code; for languages other than French and English, in which no
        word would be found, nothing is returned
    :param law: a key of LAWS

    >>> notice = "<p>Atlas est le responsable du traitement. Vous pouvez porter plainte.</p>"
    >>> found = {finding.code: finding.excerpt for finding in check(notice, "fr_BE")}
    >>> found["identity"], found["retention"]
    ('Atlas est le responsable du traitement. Vous pouvez porter plainte.', '')
    >>> check(notice, "nl_NL")
    ()
    """
    language = (lang or "").split("_")[0].split("-")[0]
    if language not in LANGUAGES:
        return ()
    shown = plain(text)
    folded = sign_for_sign(shown)
    return tuple(
        Finding(
            item.code, item.article, item.needed, _excerpt(getattr(item, language), folded, shown)
        )
        for item in LAWS[law]
        if not item.only_with or re.search(item.only_with, folded)
    )


def plain(text):
    """Return the text of some HTML on one line.

    >>> plain("<p>Vos&nbsp;droits</p><p>d&rsquo;acc&egrave;s</p>")
    "Vos droits d'accès"
    """
    bare = html.unescape(_TAG_RE.sub(" ", text or ""))
    return " ".join(bare.translate(_APOSTROPHES).split())


def _excerpt(pattern, folded, shown):
    match = re.search(pattern, folded)
    if not match:
        return ""
    start, end = max(0, match.start() - CONTEXT), min(len(shown), match.end() + CONTEXT)
    before, after = "…" * (start > 0), "…" * (end < len(shown))
    return f"{before}{shown[start:end].strip()}{after}"
