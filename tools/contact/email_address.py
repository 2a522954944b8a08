"""Check an e-mail address as typed.

What a mistyped one was meant to be ``email_typos`` tells.  Whether a domain receives mail only
DNS can (see ``mx_lookup``): ``check`` gives what the text alone tells, ``combine`` adds what is
known of its domain.
"""

import re
import unicodedata
from dataclasses import replace
from functools import lru_cache

from email_validator import EmailNotValidError, validate_email

from ..text.filler import fold_filler
from ..verdict import DOUBTFUL, INVALID, UNCHECKED, VALID, Verdict
from .email_filler import is_made_up
from .email_typos import PROVIDERS, repair, suggest_domain

REASONS = (
    "no_at",  # no @ sign
    "several_at",  # more than one @ sign
    "no_domain",  # nothing after the @ sign
    "no_dot",  # the domain has no dot: "salma@gmail"
    "bad_local",  # what stands before the @ sign is missing or has signs it must not have
    "bad_domain",  # the same of what stands after it
    "space",  # white space within the address
    "too_long",  # over 254 octets, or over 64 before the @ sign (RFC 5321, 4.5.3.1)
    "reserved",  # a domain reserved for documents (unchecked) or never public (invalid)
    "several",  # more than one address; the first one is checked
    "looks_mistyped",  # close to a well-known domain; fact ``suggestion``
    "never_answers",  # noreply@ and the like
    "filler",  # typed only to get past the field ("pasdemail@gmail.com", "a@a.fr")
    "disposable",  # a domain of throw-away addresses
    "no_mail_server",  # the domain does not exist or has no server for mail
    "refuses_mail",  # the domain says that it takes no mail (RFC 7505)
)

#: Never on the public Internet: RFC 6761, 6762, 7686, 8375, and what ICANN keeps for home networks.
_NOT_PUBLIC = frozenset("arpa corp home internal invalid lan local localhost onion test".split())
#: Reserved for documents (RFC 2606); demo data are full of them, and nothing tells of their mail.
_FOR_DOCUMENTS_RE = re.compile(r"\.example(?:\.com|\.net|\.org)?\Z")

#: Mailboxes of a function rather than of a person, folded.
ROLES = frozenset(
    "contact contacts info infos information informations hello bonjour accueil reception"
    " standard secretariat secretary office bureau admin administration administrateur"
    " administrator direction directiongenerale gerance commercial commerciale commerciaux vente"
    " ventes sales achat achats purchasing procurement compta comptabilite comptable accounting"
    " accounts finance finances facturation facture factures billing invoice invoices tresorerie"
    " rh drh hr grh ressourceshumaines recrutement recruitment jobs careers emploi candidature"
    " candidatures paie payroll marketing communication presse press media publicite support sav"
    " help helpdesk service services serviceclient serviceclients servicesclients relationclient"
    " client clients clientele customer customers customerservice hotline assistance technique"
    " informatique dsi webmaster web postmaster hostmaster abuse security securite noc newsletter"
    " news mail email courrier boutique shop store magasin commande commandes order orders"
    " livraison livraisons logistique logistics export import transport reservation reservations"
    " booking devis quote juridique legal dpo privacy rgpd gdpr qualite quality atelier cabinet"
    " agence mairie team equipe societe entreprise".split()
)
_NO_ANSWER_RE = re.compile("noreply|donotreply|dontreply|nepasrepond|sansreponse|mailerdaemon")

_LONGEST_TEXT, _LONGEST, _LONGEST_LOCAL = 1000, 254, 64
#: Zero-width signs, marks of direction, soft hyphens: pasted unseen; the wide signs of Asia.
_INVISIBLE = "\u00ad\u061c\u180e\ufeff" + "".join(
    map(chr, (*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070)))
)
_CLEAN = str.maketrans("＠﹫．。｡", "@@...", _INVISIBLE)
_AROUND = " \t\r\n\f\v\u00a0\u202f,;:<>()«»“”"
_BRACKETED_RE = re.compile(
    r"(?:\"[^\"]*\"\s*|(?<![^\s,;])[^\";<>@]+)?"  # the name, "King, Ada" too
    r"<([^<>]*@[^<>]*)>"
)
_LABEL_RE = re.compile(r"(?:mailto|smtp|e-?mail|mail|m[ée]l|courriel)\s*:\s*", re.IGNORECASE)
_SEPARATOR_RE = re.compile(r"[\s,;|]+")


def check(address):
    """Tell what the text of an e-mail address is worth; ``unchecked`` when only DNS can tell more.

    With the reason ``reserved``, ``unchecked`` is the last word: such a domain is for documents
    and need not be looked up.

    ``value`` is the address to store: domain in lower case and ASCII, the part before the ``@``
    in NFC with its case kept (RFC 5321, 2.4; but lower for RFC 2142's "info", "sales"...).
    ``shown`` has the domain in Unicode.  Both are ``""`` for an invalid address and for none.
    Spaces around, "mailto:", a name with the address in angle brackets and invisible signs are
    no fault.  Facts: ``local``, ``domain`` (ASCII), ``role`` (of a function, not of a person),
    ``suggestion`` (the whole address that was probably meant, or ``""``).

    >>> verdict = check(' "Salma Bennani" <Salma.B@Société.MA>')
    >>> verdict.status, verdict.value, verdict.shown
    ('unchecked', 'Salma.B@xn--socit-esab.ma', 'Salma.B@société.ma')
    >>> verdict = check("contact@gmial.con")
    >>> verdict.status, verdict.reason, verdict.facts["suggestion"], verdict.facts["role"]
    ('doubtful', 'looks_mistyped', 'contact@gmail.com', True)
    >>> verdict = check("salma@gmail,com")
    >>> verdict.status, verdict.reason, verdict.facts["suggestion"]
    ('invalid', 'no_dot', 'salma@gmail.com')
    >>> [(check(text).status, check(text).reason) for text in ("a@example.com", "a@mail.test")]
    [('unchecked', 'reserved'), ('invalid', 'reserved')]
    """
    return _checked(address if isinstance(address, str) else "")


@lru_cache(maxsize=1024)  # one save asks for an address several times
def _checked(text):
    if len(text) > _LONGEST_TEXT:
        return Verdict(INVALID, "too_long", facts=_facts())
    text, several = _first(text if text.isascii() else text.translate(_CLEAN))
    if not text:
        return Verdict(UNCHECKED, facts=_facts())
    local, domain, shown, reason = _parts(text)
    if reason:
        return Verdict(INVALID, reason, facts=_facts(suggestion=_repaired(text)))
    facts = _facts(local, domain, _meant(local, domain))
    reason = _doubt(facts, several)
    status = UNCHECKED if reason in ("", "reserved") else DOUBTFUL
    return Verdict(status, reason, f"{local}@{domain}", f"{local}@{shown}", facts)


def combine(verdict, domain_facts):
    """Return ``verdict`` with what is known of the domain: ``invalid`` outweighs ``doubtful``.

    A provider of free mailboxes receives mail, looked up or not.  Of a domain reserved for
    documents nothing can be known: the verdict stays as it is.

    :param domain_facts: None, or a mapping of ``mx`` ("unchecked", "found", "none", "refused"),
        ``kind`` ("ordinary", "free", "disposable") and ``suggestion`` (a domain or ``""``)

    >>> verdict = check("salma@x.ma")
    >>> combine(verdict, {"mx": "found"}).status, combine(verdict, {"mx": "none"}).reason
    ('valid', 'no_mail_server')
    >>> combine(check("salma@example.com"), {"mx": "found"}).status
    'unchecked'
    """
    known, facts = domain_facts or {}, verdict.facts
    if verdict.status == INVALID or not verdict.value or _is_for_documents(facts["domain"]):
        return verdict
    if known.get("suggestion") and not facts["suggestion"]:
        facts = {**facts, "suggestion": f"{facts['local']}@{known['suggestion']}"}
    status, reason, mx = verdict.status, verdict.reason, known.get("mx")
    if mx in ("none", "refused"):
        status, reason = INVALID, "no_mail_server" if mx == "none" else "refuses_mail"
    elif status != DOUBTFUL and known.get("kind") == "disposable":
        status, reason = DOUBTFUL, "disposable"
    elif status != DOUBTFUL and facts["suggestion"]:
        status, reason = DOUBTFUL, "looks_mistyped"
    elif status != DOUBTFUL and (mx == "found" or _is_provider(facts["domain"], known)):
        status = VALID
    return replace(verdict, status=status, reason=reason, facts=facts)


def _is_for_documents(domain):
    return bool(_FOR_DOCUMENTS_RE.search(f".{domain}"))


def _is_provider(domain, known):
    return known.get("kind") == "free" or domain in PROVIDERS


def normalise(address):
    """Return what is equal for two ways to write one address, ``""`` for an invalid one.

    No mailbox in use depends on case, so it goes.

    >>> normalise("mailto:Salma@X.ma") == normalise("<salma@x.ma>")
    True
    """
    return check(address).value.lower()


def _first(text):
    """Return the first address in ``text``, without what stands around it, and if others follow."""
    if "<" in text:
        text = _BRACKETED_RE.sub(r" \1 ", text)
    if text.count("@") < 2 or text.lstrip().startswith('"'):
        return _bare(text), False
    parts = [_bare(part) for part in _SEPARATOR_RE.split(text) if "@" in part]
    return parts[0], len({part.lower() for part in parts}) > 1


def _bare(text):
    text = text.strip().strip(_AROUND)
    label = _LABEL_RE.match(text)
    if label:
        text = text[label.end() :].partition("?")[0]
    if text[:1] in ("'", '"') and text[:1] == text[-1:]:
        text = text[1:-1].strip()
    return text.rstrip(". ")


def _parts(text):
    """Return the part before the ``@``, the domain in ASCII and in Unicode, and what is wrong."""
    local, at, domain = text.rpartition("@")
    quoted = len(local) > 1 and local[0] == local[-1] == '"'
    reason = (
        (not at and "no_at")
        or (not quoted and "@" in local and "several_at")
        or (not quoted and len(text.split()) > 1 and "space")
        or (not domain and "no_domain")
        or ((_octets(text) > _LONGEST or _octets(local) > _LONGEST_LOCAL) and "too_long")
    )
    if reason:
        return "", "", "", reason
    ascii_domain, shown, reason = _domain(domain)
    local = _local(local)
    reason = reason or ("" if local else "bad_local")
    if not reason and _octets(f"{local}@{ascii_domain}") > _LONGEST:
        reason = "too_long"
    return local, ascii_domain, shown, reason


@lru_cache(maxsize=8192)
def _domain(typed):
    """Return a domain in ASCII and in Unicode, and what is wrong with it."""
    if typed.lower().rpartition(".")[2] in _NOT_PUBLIC:
        return "", "", "reserved"
    if "." not in typed:
        return "", "", "no_dot"
    try:
        valid = validate_email(f"a@{typed}", check_deliverability=False)
    except EmailNotValidError:
        return "", "", "bad_domain"
    return valid.ascii_domain, valid.domain, ""


def _local(typed):
    """Return what stands before the ``@`` as it is to be stored, ``""`` when it cannot stand."""
    try:
        options = {"check_deliverability": False, "allow_quoted_local": True}
        return validate_email(f"{typed}@a.fr", **options).local_part
    except EmailNotValidError:
        return ""


def _octets(text):
    return len(text.encode("utf-8", "replace"))


def _facts(local="", domain="", suggestion=""):
    role = bool(local) and is_role(local)
    return {"local": local, "domain": domain, "role": role, "suggestion": suggestion}


def is_role(local):
    """Tell of "contact", "info2", "service-client" and "rh.maroc"."""
    words = re.split(r"[._-]", local.partition("+")[0])
    names = (fold_filler(text).strip("0123456789") for text in (words[0], "".join(words)))
    return any(name in ROLES for name in names) or never_answers(local)


def never_answers(local):
    """Tell of "noreply", "ne-pas-repondre" and the like."""
    return bool(_NO_ANSWER_RE.search(fold_filler(local)))


def _doubt(facts, several):
    if several:
        return "several"
    if _is_for_documents(facts["domain"]):
        return "reserved"
    if facts["suggestion"]:
        return "looks_mistyped"
    if never_answers(facts["local"]):
        return "never_answers"
    return "filler" if is_made_up(facts["local"], facts["domain"]) else ""


def _meant(local, domain):
    """Return the address that a well-formed one was probably meant to be, or ``""``."""
    right = suggest_domain(domain) or domain
    plain = local
    if right in PROVIDERS and not local.isascii():  # none of them gives out such addresses
        plain = _local(unicodedata.normalize("NFKD", local).encode("ascii", "ignore").decode())
    return f"{plain}@{right}" if plain and (plain, right) != (local, domain) else ""


def _repaired(text):
    """Return the address that an ill-formed one clearly was meant to be, or ``""``."""
    local, domain, _shown, reason = _parts(repair(text))
    return "" if reason else _meant(local, domain) or f"{local}@{domain}"
