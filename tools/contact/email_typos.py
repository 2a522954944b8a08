"""What a mistyped e-mail address was meant to be: guesses, made only where the error is plain."""

import re
from functools import lru_cache

#: Domains of big providers, known to receive mail.
PROVIDERS = frozenset(
    "gmail.com googlemail.com hotmail.com hotmail.fr hotmail.be hotmail.ch hotmail.ca hotmail.es"
    " hotmail.it hotmail.de hotmail.nl hotmail.co.uk outlook.com outlook.fr outlook.be outlook.es"
    " outlook.de outlook.it outlook.pt live.com live.fr live.be live.ca live.nl live.it live.de"
    " live.co.uk msn.com yahoo.com yahoo.fr yahoo.ca yahoo.es yahoo.it yahoo.de yahoo.co.uk"
    " yahoo.com.br yahoo.co.in ymail.com rocketmail.com icloud.com me.com mac.com aol.com"
    " gmx.com gmx.fr gmx.net gmx.de gmx.ch gmx.at web.de t-online.de freenet.de mail.com"
    " email.com protonmail.com protonmail.ch proton.me pm.me tutanota.com tuta.io zoho.com"
    " zohomail.com fastmail.com posteo.de posteo.net mailo.com netcourrier.com caramail.com"
    " yandex.com yandex.ru mail.ru qq.com 163.com libero.it virgilio.it bluewin.ch videotron.ca"
    " sympatico.ca bell.net comcast.net orange.fr wanadoo.fr free.fr sfr.fr neuf.fr laposte.net"
    " bbox.fr numericable.fr aliceadsl.fr club-internet.fr cegetel.net noos.fr nordnet.fr"
    " mail.fr ik.me skynet.be telenet.be proximus.be belgacom.net voo.be scarlet.be pt.lu"
    " menara.ma topnet.tn".split()
)

#: Names of providers whose typing errors are recognised; shorter ones and everyday words have
#: too many neighbours that are companies.
_NAMES = (
    "gmail hotmail yahoo outlook icloud wanadoo orange laposte protonmail googlemail rocketmail"
    " numericable aliceadsl club-internet netcourrier skynet telenet proximus menara bluewin"
).split()
#: Frequent errors that no slip of a finger explains.
_MISHEARD = {
    **dict.fromkeys(("hotmel", "hotmaile", "hotmails"), "hotmail"),
    **dict.fromkeys(("gmails", "gmaile"), "gmail"),
    **dict.fromkeys(("icould", "iclould"), "icloud"),
    **dict.fromkeys(("yahou", "yahoos"), "yahoo"),
}
#: Real words and companies that are a slip or two away from a provider.
_REAL_NAMES = frozenset(
    "gail hitmail manara menora minara orage orang organe oranger oronge prontomail telnet"
    " wandoo".split()
)
#: A name of so many letters is recognised after two slips.
_LONG = 9
#: Neighbours on the keyboards of France and of America, and keys that change places between them.
_KEYS = "azertyuiop qsdfghjklm wxcvbn qwertyuiop asdfghjkl zxcvbnm aq zw o0 l1"
_VOWELS = "aeiou"

#: Ends that no domain has, by what they stand for.
_MISTYPED_ENDS = {
    "com": "con cmo ocm comm ccom coom vom xom cim cpm cok comn c0m cmm c m",
    "fr": "ft rf frr ffr fe fd f r",
    "net": "nte ent nett neet met n",
    "be": "eb b",
}
_ENDS = {wrong: right for right, wrongs in _MISTYPED_ENDS.items() for wrong in wrongs.split()}
#: Ends that exist, but not for these providers: Gmail has .com only.
_WRONG_ENDS = {
    f"{name}.{end}": f"{name}.com"
    for name, ends in {
        "gmail": "fr be ch ma dz tn ca eu net org cm om co com.com",
        **dict.fromkeys(("hotmail", "outlook", "icloud", "aol", "msn"), "cm om co com.com"),
        "yahoo": "cm om com.com",
    }.items()
    for end in ends.split()
}
#: "gmailcom", and what cannot be another provider.
_GLUED = {
    **{domain.replace(".", ""): domain for domain in PROVIDERS if domain.split(".")[0] in _NAMES},
    "gmail": "gmail.com",
    "icloud": "icloud.com",
    "laposte": "laposte.net",
}

#: On a French keyboard, "à" is the key of "@".
_MEANT_AT_RE = re.compile(r"\s*(?:\(at\)|\[at\]|\(a\))\s*|(?<=\S)à(?=\S)", re.IGNORECASE)
_SPLIT_DOT_RE = re.compile(r"\s+(?=[.,])|(?<=[.,])\s+(?=(?:com|net|org|fr|be|ma|tn|dz|ch)$)")
_MEANT_DOT_RE = re.compile(r"[.,;]+(?=[^\s.,;])")


@lru_cache(maxsize=8192)
def suggest_domain(domain):
    """Return the domain that ``domain``, in lower case, is a typing error of, ``""`` if none.

    Silent unless the error is plain: slips of a finger in the names of big providers, and ends
    that do not exist.

    >>> [suggest_domain(text) for text in ("gmial.com", "yahooo.fr", "orange.ft", "societe.con")]
    ['gmail.com', 'yahoo.fr', 'orange.fr', 'societe.com']
    >>> [suggest_domain(text) for text in ("mail.com", "ymail.com", "orange.ma", "orage.fr")]
    ['', '', '', '']
    """
    if not domain or domain in PROVIDERS:
        return ""
    meant = domain[4:] if domain.startswith("www.") and domain.count(".") > 1 else domain
    body, dot, end = meant.rpartition(".")
    meant = body + dot + _ENDS.get(end, end)
    name, dot, rest = meant.partition(".")
    corrected = f"{_provider_name(name)}.{rest}"
    corrected = _WRONG_ENDS.get(corrected, corrected)
    if corrected in PROVIDERS:
        return corrected
    if len(end) < 2:  # "proton.m"
        begun = [each for each in PROVIDERS if each.startswith(domain)]
        if len(begun) == 1:
            return begun[0]
    return meant if meant != domain and dot else ""


def repair(text):
    """Return an ill-formed address with its plain faults mended; it may still be ill-formed.

    >>> repair("salma@@gmail,com"), repair("salma (at) atlas. ma"), repair("salma@gmail")
    ('salma@gmail.com', 'salma@atlas.ma', 'salma@gmail.com')
    """
    text = re.sub(r"\s*@[@\s]*", "@", text if "@" in text else _with_at(text))
    text = _MEANT_DOT_RE.sub(".", _SPLIT_DOT_RE.sub("", text))
    local, _at, domain = text.partition("@")
    domain = domain.lower()
    domain = _GLUED.get(domain.replace(" ", "")) or domain.partition(" ")[0]
    return f"{local.strip('.')}@{domain.strip('.-')}"


@lru_cache(maxsize=1)
def _typing_errors():
    """Return every slip of one finger in a provider's name, with the name that was meant."""
    errors = {slip: name for name in _NAMES for slip in _slips(name)}
    known = {domain.split(".")[0] for domain in PROVIDERS}
    return {slip: name for slip, name in errors.items() if slip not in known} | _MISHEARD


def _slips(name):
    """Yield ``name`` with a letter dropped, doubled, swapped with the next or beside its key."""
    for i, letter in enumerate(name):
        before, after = name[:i], name[i + 1 :]
        if i or len(name) > 6:  # a short name without its first letter is another name
            yield before + after
        yield before + letter + name[i:]
        yield before + after[:1] + letter + after[1:]
        for near in _beside(letter):
            yield before + near + name[i:]
            yield before + letter + near + after
            if i:
                yield before + near + after
        if 0 < i < len(name) - 1 and letter in _VOWELS:
            yield from (before + vowel + after for vowel in _VOWELS)


@lru_cache(maxsize=128)
def _beside(letter):
    pairs = zip(_KEYS, _KEYS[1:], strict=False)
    return {b if a == letter else a for a, b in pairs if letter in (a, b)} - {" ", letter}


def _provider_name(name):
    """Return the provider's name that ``name`` is an error of, or ``name``."""
    errors = _typing_errors()
    if name in _REAL_NAMES:
        return name
    if name in errors or not _LONG <= len(name) < 2 * _LONG:
        return errors.get(name, name)
    twice = (errors.get(slip, "") for slip in _slips(name))
    return next((meant for meant in twice if len(meant) >= _LONG), name)


def _with_at(text):
    words = text.split(".")
    domain = ".".join(words[-2:]).lower()
    if domain in PROVIDERS and words[0] not in ("www", "mail", "webmail"):
        return f"{'.'.join(words[:-2])}@{domain}"
    return _MEANT_AT_RE.sub("@", text)
