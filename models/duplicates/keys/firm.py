"""Words in the names of companies and places that are written in several ways, or say little."""

import re

_SAME = (
    "n north nord|s south sud|e east est|w west ouest|st saint|mt mount mont|ft fort"
    "|centre center centers centres ctr ctrs ctre cntr|academie academy acad academies"
    "|ecole school schools sch ecoles|elementaire elementary elem|universite university univ"
    "|restaurant restaurants rest resto restau|hotel hotels|pharmacie pharmacy pharm phie"
    "|boulangerie bakery|cafe coffee caffe|association associations assoc assn asso"
    "|federation fed federations|fondation foundation fdn|institut institute inst instit"
    "|international internationale intl|national nationale natl nat|service services svc svcs"
    "|departement department dept dpt|communaute community comm commun communautaire"
    "|hopital hospital hosp|clinique clinic|laboratoire laboratory lab labo laboratoires"
    "|bibliotheque library|mediatheque|garderie nursery|maternelle preschool kindergarten"
    "|eglise church|galerie gallery|marche market mkt|magasin store shop boutique"
    "|freres brothers bros fres|fils sons|agence agency|bureau office"
    "|technologie technologies technology tech techno|management mgmt|developpement development dev"
    "|industrie industries industry ind|distribution distrib|transport transports"
    "|construction constructions constr|general generale gen|manufacturing mfg"
    "|education educational|family families famille familial familiale"
    "|first 1st premier 1er|second 2nd deuxieme|third 3rd troisieme"
)
_CANONICAL = {word: words.split()[0] for words in _SAME.split("|") for word in words.split()}
#: Two words that are also written as one.
_PAIRS = frozenset(
    "child care,day care,pre school,coffee house,book store,head start,bar grill,play school,"
    "after school,kinder garten,week end,super marche,hyper marche,auto ecole,pizz eria".split(",")
)
#: What a place is, which many are: alone it does not tell one from another.
_KINDS = frozenset(
    "centre academie ecole elementaire restaurant hotel pharmacie boulangerie cafe club bar bistro"
    " brasserie creche garderie maternelle eglise galerie marche magasin garage cabinet agence"
    " bureau salon librairie institut clinique hopital social communaute childcare daycare"
    " headstart coffeehouse bookstore bargrill grill house maison jeunes halte service"
    " association federation fondation international national early learning kids children"
    " childrens enfants program programme site child childhood developpement montessori".split()
)
_LEGAL = frozenset("inc llc ltd corp co corporation company incorporated limited plc lp".split())


def canonical(words):
    """Return words of a company's name, each in the one way to write it.

    >>> canonical(["n", "lake", "child", "care", "ctr", "inc"])
    ['n', 'lake', 'childcare', 'centre']
    >>> canonical(["resto", "saint", "michel", "nord"]), canonical(["inc"])
    (['restaurant', 'st', 'michel', 'n'], ['inc'])
    """
    bare = list(words)
    while len(bare) > 1 and bare[-1] in _LEGAL:
        bare.pop()
    joined = []
    for word in bare:
        if joined and f"{joined[-1]} {word}" in _PAIRS:
            joined[-1] += word
        else:
            joined.append(word)
    return [_CANONICAL.get(word, word) for word in joined]


def core(words):
    """Return the words that are more than what the place is; all where nothing else is left.

    >>> core(["restaurant", "st", "michel"]), core(["centre", "social"])
    (['st', 'michel'], ['centre', 'social'])
    """
    return [word for word in words if word not in _KINDS] or list(words)


_BETWEEN_RE = re.compile(r"\s[-–—|:]+\s|[/(),;]|\s(?:chez|c/o|at)\s", re.IGNORECASE)
#: So many parts of a name are told apart.
_PARTS = 3


def segments(name):
    """Return a name and, where it names two, both.

    >>> segments("Youth League - Oak Street Center")
    ['Youth League - Oak Street Center', 'Youth League', 'Oak Street Center']
    >>> segments("Saint-Michel"), segments("Moreau (SARL)")
    (['Saint-Michel'], ['Moreau (SARL)', 'Moreau', 'SARL'])
    """
    parts = [part.strip() for part in _BETWEEN_RE.split(name or "")]
    parts = [part for part in parts if part]
    return [name, *parts[:_PARTS]] if len(parts) > 1 else [name or ""]
