"""Legal form in the name of a company.

The codes are those of the option list "legal form" (``data/sheet``).  Sources of the forms:
Code de commerce and Code rural (France), laws 17-95 and 5-96 (Morocco), Code des sociétés et
des associations of 23 March 2019 (Belgium: a SPRL is a SRL), Code des obligations (Switzerland),
law of 10 August 1915 (Luxembourg).
"""

import re

from ..text.clean_text import LONGEST, clean
from ..text.fold import without_accents

# Folded spellings of a form, and its codes: one at most for each country.
_FORMS = (
    ("sarl|sa rl|societe a responsabilite limitee", "fr_sarl ma_sarl ch_sarl lu_sarl"),
    ("sarl au|sarlau|sarl associe unique", "ma_sarl_au"),
    ("sarl a associe unique|sarl d associe unique", "fr_eurl ma_sarl_au"),
    ("eurl|sarlu|sarl unipersonnelle", "fr_eurl"),
    ("sarls|sarl s|sa rls|sa rl s", "lu_sarl_s"),
    ("gmbh|sagl", "ch_sarl"),
    ("sas|societe par actions simplifiee", "fr_sas lu_sas ma_sas"),
    ("sasu|sas unipersonnelle|societe par actions simplifiee unipersonnelle", "fr_sasu"),
    ("sa|societe anonyme", "fr_sa be_sa ch_sa lu_sa ma_sa"),
    ("nv|naamloze vennootschap", "be_sa"),
    ("ag|aktiengesellschaft", "ch_sa"),
    ("srl|bv|besloten vennootschap|sprl|bvba|sprlu|sprls|sprl s", "be_srl"),
    ("sc|cv|cooperatieve vennootschap", "be_sc"),
    ("societe cooperative", "be_sc ch_cooperative"),
    ("scrl|cvba", ""),  # since 2024 an SC or an SRL; the name cannot tell which
    ("snc|societe en nom collectif", "fr_snc be_snc ch_snc ma_snc"),
    ("vof|vennootschap onder firma", "be_snc"),
    ("scomm|commv|comm v", "be_scomm"),
    ("scs|societe en commandite simple", "be_scomm lu_scs ma_scs"),
    ("sca|societe en commandite par actions", "fr_sca ma_sca"),
    ("selarl|selarlu", "fr_selarl"),
    ("selas|selasu", "fr_selas"),
    ("sci|societe civile immobiliere", "fr_sci"),
    ("scp|societe civile professionnelle", "fr_scp"),
    ("scop|scop sa|scop sas|scop sarl|scop arl|sa scop|sas scop|sarl scop", "fr_scop"),
    ("scic|scic sa|scic sas|scic sarl|sa scic|sas scic|sarl scic", "fr_scic"),
    ("gie|groupement d interet economique", "fr_gie ma_gie"),
    ("gaec", "fr_gaec"),
    ("earl", "fr_earl"),
    ("ei|entrepreneur individuel", "fr_ei"),
    ("entreprise individuelle", "fr_ei lu_sole"),
    ("raison individuelle", "ch_sole"),
    ("micro entreprise|microentreprise|micro entrepreneur", "fr_micro"),
    ("auto entrepreneur|autoentrepreneur", "fr_micro ma_self_employed"),
    ("personne physique", "ma_natural_person"),
    ("asbl|association sans but lucratif", "be_asbl lu_asbl"),
    ("vzw", "be_asbl"),
    ("aisbl|ivzw", "be_aisbl"),
    ("ltd|limited|llc|inc|plc", ""),
)
#: By folded spelling of a form, its code in each country whose list has it.
CODES = {
    spelling: {code[:2].upper(): code for code in codes.split()}
    for spellings, codes in _FORMS
    for spelling in spellings.split("|")
}
#: Overseas France has the companies of French law, hence the codes of France.
_OVERSEAS = frozenset("BL GF GP MF MQ PM RE YT".split())
_LONGEST_FORM = 1 + max(spelling.count(" ") for spelling in CODES)
_LAST_WORDS = frozenset(spelling.split()[-1] for spelling in CODES)
#: Countries that the list does not have use the same letters (Italy, Germany, Netherlands...).
SHARED_ABROAD = frozenset("gmbh sagl srl bv nv ag sc cv ei".split())
#: Forms also typed before the name.
_FIRST = frozenset(
    "sarl eurl sasu sprl asbl selarl selas gaec earl scop scic sas sci snc scp sca gie srl".split()
)
#: "Sporting Club" and the like: forms only with dots.
_CLUBS = ("sc", "cv")
_BRANDS = ("sas institute", "snc lavalin", "scop ti", "sci fi")
# After one of these the letters belong to the name ("LES AMIS DE LA SCI").
_LINKS = frozenset("de du des d la le les l et en a au aux un une and the pour par".split())

# Names that say what the body is; nothing is taken out of them.
_WHOLE = (
    (
        "association (?!fonciere|syndicale|d avocats)",
        "fr_association ch_association ma_association",
    ),
    ("fondation ", "fr_foundation be_foundation ch_foundation"),
    ("cooperative ", "ma_cooperative"),
    ("syndicat des coproprietaires ", "fr_co_ownership"),
    ("(?:commune|ville) (?:de|du|des|d) ", "fr_local_authority ma_local_authority be_public"),
    ("mairie (?:de|du|des|d) ", "fr_local_authority"),
)
_WHOLE = [(re.compile(start), codes.split()) for start, codes in _WHOLE]

_TOKEN_RE = re.compile(r"[^\s,;()/]+")
_SINGLES_RE = re.compile(r"\b(\w) (?=\w\b)")
_NOT_WORD_RE = re.compile(r"[^a-z0-9]+")
_DOTTED_RE = re.compile(r"\w\.\w")
_SEPARATORS = " ,;:(/-–—"


def split_legal_form(name, country=""):
    """Return ``(name without its legal form, code of the form)``.

    - No form is written, or it may be a word of the name: ``(name, "")``, the name unchanged but
      for what ``clean`` takes out.  So is a name too long to be one; what is no text is ``""``.
    - A form is written, but the list has none for ``country``, or the country is not given and
      several would fit: the form is taken out all the same and the code is ``""``.  Such a name
      is good to compare, not to store.
    - The name says itself what the body is ("Fondation Roi Baudouin") or needs the form before
      it ("SCI du Moulin"): the name unchanged, with the code if there is one.

    :param country: ISO 3166 alpha-2 code of the company; overseas France is France

    >>> split_legal_form("SARL ATLAS MECA", "MA"), split_legal_form("Dupont S.à r.l.", "LU")
    (('ATLAS MECA', 'ma_sarl'), ('Dupont', 'lu_sarl'))
    >>> split_legal_form("Dupont SARL"), split_legal_form("Antonio de Sa", "FR")
    (('Dupont', ''), ('Antonio de Sa', ''))
    >>> split_legal_form("Fondation Roi Baudouin", "BE"), split_legal_form("SCI du Moulin", "RE")
    (('Fondation Roi Baudouin', 'be_foundation'), ('SCI du Moulin', 'fr_sci'))
    """
    name = clean(name)
    country = country.strip().upper() if isinstance(country, str) else ""
    country = "FR" if country in _OVERSEAS else country
    if len(name) > LONGEST:
        return name, ""
    tokens = list(_TOKEN_RE.finditer(name))
    return (
        _form_at_end(name, tokens, country)
        or _form_at_start(name, tokens, country)
        or (name, _code_of_whole(name, country))
    )


def spellings(code):
    """Return the ways to write a form of the list.

    >>> spellings("lu_sarl")[:2]
    ('sarl', 'sa rl')
    """
    return tuple(spelling for spelling, codes in CODES.items() if code in codes.values())


def _fold(text):
    """Return plain words in small letters; single letters, dotted or not, become one word."""
    plain = without_accents(text.lower().replace(".", ""))
    return _SINGLES_RE.sub(r"\1", _NOT_WORD_RE.sub(" ", plain).strip())


def _form_at_end(name, tokens, country):
    last = _fold(tokens[-1].group()).split(" ")[-1] if len(tokens) > 1 else ""
    if last not in _LAST_WORDS and len(last) != 1:
        return None
    for count in range(min(_LONGEST_FORM, len(tokens) - 1), 0, -1):
        start = tokens[-count].start()
        typed = name[start:].rstrip(_SEPARATORS + ")")
        form = _fold(typed)
        rest = name[:start].rstrip(_SEPARATORS)
        if form in CODES and _is_form(typed, form, name, country) and _is_name(rest):
            return rest, _code(CODES[form], form, country)
    return None


def _is_form(typed, form, name, country):
    """Tell whether the case and the place let ``typed`` be a form rather than a word."""
    if _DOTTED_RE.search(typed) or len(form) > 3 or not CODES[form]:
        return True
    if len(form) < 3 and (country not in CODES[form] or form in _CLUBS):
        return False
    return typed.isupper() or (typed.islower() and (len(form) == 3 or not name.islower()))


def _is_name(rest):
    words = _fold(rest).split()
    linked = rest.endswith(("&", "+")) or (words and words[-1] in _LINKS)
    return not linked and sum(map(str.isalnum, rest)) > 1


def _form_at_start(name, tokens, country):
    if len(tokens) < 2:
        return None
    typed = tokens[0].group()
    form = _fold(typed)
    if not (form in _FIRST or (form == "sa" and _DOTTED_RE.search(typed))):
        return None
    code = _code(CODES[form], form, country)
    rest = name[tokens[0].end() :].lstrip(_SEPARATORS + ")")
    sure = len(form) > 3 or (code and (typed.isupper() or name.islower()))
    folded = _fold(rest)
    if not sure or len(folded) < 3 or rest[0] in "&+" or f"{form} {folded}".startswith(_BRANDS):
        return None
    linked = folded.split(" ")[0] in ("de", "du", "des", "d")
    return (name if linked else rest), code


def _code_of_whole(name, country):
    folded = _fold(name)
    for start, codes in _WHOLE:
        if start.match(folded):
            return _code({code[:2].upper(): code for code in codes}, "", country)
    return ""


def _code(codes, form, country):
    if country:
        return codes.get(country, "")
    return next(iter(codes.values())) if len(codes) == 1 and form not in SHARED_ABROAD else ""
