"""What is compared of a contact or a lead.

One pure function makes the comparable row of a stored record, of a record being typed and of
a row of a benchmark: the three can only agree.
"""

import re
from typing import NamedTuple

from ....tools.contact import email_address
from ....tools.ids import company_id, vat_number
from ....tools.names.legal_form import CODES
from ....tools.text.filler import is_filler
from ....tools.verdict import UNCHECKED, Verdict
from . import contact as match_contact
from . import domain as match_domain
from .firm import core, segments
from .name import (
    civility,
    firm_tokens,
    ordered,
    person_tokens,
    sorted_letters,
    sound,
    spoken,
    stem,
)
from .place import street, town

_SIGNS_RE, _DIGITS_RE = re.compile("[A-Z0-9]", re.ASCII), re.compile("[0-9]")
#: A number of which nothing is known has so many digits.
_FEWEST_DIGITS = 6


class MatchFacts(NamedTuple):
    """What is known of one record, as typed.

    ``country`` is the ISO-3166 code of the record's country, ``fallback`` that of its company.
    A person's employer is ``firm``; the name of a company is ``firm`` alone.  ``others`` are
    identifiers that no rule can check.
    """

    person: str = ""
    civility: str = ""
    firm: str = ""
    is_company: bool = False
    typology: str = "b2c"
    email: str = ""
    phones: tuple = ()
    registry: str = ""
    vat: str = ""
    website: str = ""
    street: str = ""
    zip: str = ""
    city: str = ""
    birth: str = ""
    country: str = ""
    fallback: str = ""
    others: tuple = ()


class Comparable(NamedTuple):
    """A record as it is compared: texts are ``""`` where nothing is known."""

    typology: str = "b2c"
    is_company: bool = False
    name: str = ""  # words of the person's name, sorted
    civility: str = ""  # mr, mrs
    typed: str = ""  # the same in the order typed, without spaces; of a company: its own
    turned: str = ""  # the same with the first word last
    sound: str = ""  # their consonants
    letters: str = ""  # their letters, sorted: what swapping two of them does not change
    spoken: str = ""  # their sound, vowels included
    stem: str = ""  # the same without endings
    first_letters: int = 0  # a bit for each letter that one of them begins with
    firm: str = ""
    firm_sound: str = ""
    core: str = ""  # its words that are more than what the place is
    parts: tuple = ()  # "Association - Place": the core of each, in consonants
    email: str = ""
    mailbox: str = ""  # the mailbox behind dots and plus signs
    mailboxes: tuple = ()  # all of them, where a field holds several
    is_role: bool = False  # contact@, info@
    email_host: str = ""  # as the list of free-mail providers has it
    domain: str = ""  # registrable: of the e-mail address or the website
    phones: tuple = ()
    company: str = ""  # the legal entity: SIREN, BCE, first nine digits of the ICE
    establishment: str = ""  # SIRET, whole ICE
    vat: str = ""
    others: tuple = ()
    zip: str = ""
    city: str = ""
    street_number: str = ""
    street: str = ""
    birth: str = ""
    born: int = 0  # the same in days, roughly, whether or not there is such a day


def comparable(facts):
    """Return the :class:`Comparable` of a record.

    >>> found = comparable(MatchFacts("BENNANI Salma", email="Salma.B+crm@gmail.com", zip="20 000"))
    >>> found.name, found.mailbox, found.zip
    ('bennani salma', 'salmab@gmail.com', '20000')
    >>> found = comparable(MatchFacts(firm="Atlas Méca SARL", is_company=True, country="FR",
    ...     registry="732 829 320 00074", email="contact@atlas-meca.fr"))
    >>> found.firm, found.company, found.establishment, found.is_role, found.domain
    ('atlas meca', 'FR732829320', 'FR73282932000074', True, 'atlas-meca.fr')
    """
    person, firm = person_tokens(facts.person), firm_tokens(facts.firm)
    number, road = street(facts.street)
    birth = facts.birth.replace("-", "")
    told = facts.civility if facts.civility in ("mr", "mrs") else ""
    return Comparable(
        typology=facts.typology or "b2c",
        is_company=bool(facts.is_company),
        name=ordered(person),
        civility=told or civility(facts.person),
        typed="".join(person or firm)[:120],
        turned="".join(person[1:] + person[:1])[:120],
        sound=sound(person),
        letters=sorted_letters("".join(person or firm))[:120],
        spoken=ordered([spoken(word) for word in person]),
        stem=ordered([stem(word) for word in person]),
        first_letters=_first_letters(person),
        firm=ordered(firm),
        firm_sound=sound(firm),
        core=ordered(core(firm)),
        parts=_parts(facts.firm),
        phones=_phones(facts),
        others=tuple(sorted({text.strip() for text in facts.others if text.strip()})),
        zip="".join(facts.zip.split()).upper()[:12],
        city=town(facts.city),
        street_number=number,
        street=road[:120],
        birth=birth,
        born=_days(birth),
        **_mail(facts),
        **_company(facts),
    )


def _days(birth):
    if not (len(birth) == 8 and birth.isascii() and birth.isdigit()):
        return 0
    return int(birth[:4]) * 372 + int(birth[4:6]) * 31 + int(birth[6:])


def _parts(name):
    """Return what each part of a company's name sounds like, in its letters."""
    words = [core(firm_tokens(part)) for part in segments(name)]
    found = [sorted_letters(sound(each)) for each in words if not CODES.keys() >= {*each}]
    return tuple(dict.fromkeys(text for text in found if text))


def _first_letters(words):
    bits = 0
    for word in words:
        bits |= 1 << ord(word[0]) % 31
    return bits


def _mail(facts):
    addresses = match_contact.mailboxes(facts.email)
    if not addresses:
        site = match_domain.of_website(facts.website)
        return {"domain": site, "email_host": site}
    local, _at, domain = addresses[0].rpartition("@")
    boxes = [match_domain.mailbox(*each.rsplit("@", 1)) for each in addresses]
    return {
        "email": addresses[0],
        "mailbox": boxes[0],
        "mailboxes": tuple(boxes) if len(boxes) > 1 else (),
        "is_role": email_address.is_role(local),
        "email_host": domain,
        "domain": match_domain.registrable(domain),
    }


def _phones(facts):
    found = []
    for typed in facts.phones:
        found += match_contact.numbers(typed, facts.country, facts.fallback)
    return tuple(dict.fromkeys(found))


def _company(facts):
    """Return the legal entity, the establishment and the VAT number.

    An identifier of another country than the record's is as good; an invalid one is none.
    """
    country = facts.country or facts.fallback
    found = {}
    vat = vat_number.check(facts.vat, country) if facts.vat else Verdict(UNCHECKED)
    if vat.reason == "company_id":  # a SIREN in the field of the VAT number
        vat = vat_number.check(vat.facts["proposed"], "FR")
    if number := _tax_number(vat, facts.vat, country):
        found["vat"] = number
        found["company"] = _entity(vat.facts.get("country", ""), vat)
    registry = _registered(facts.registry, country) if facts.registry else Verdict(UNCHECKED)
    if facts.vat and not registry.value:
        elsewhere = company_id.check(facts.vat, country)
        registry = elsewhere if elsewhere.facts.get("kind") == "ice" else registry
    if registry.value:
        home, kind = registry.facts["country"], registry.facts["kind"]
        found["company"] = _entity(home, registry) or f"{home}{registry.value}"
        if kind in ("siret", "ice"):
            found["establishment"] = f"{home}{registry.value}"
    return {name: text for name, text in found.items() if text}


def _registered(text, country):
    """Return the verdict on a company identifier; where no rule is known, a French one is."""
    verdict = company_id.check(text, country)
    return company_id.check(text, "FR") if verdict.reason == "no_rule" else verdict


def _tax_number(verdict, text, country):
    """Return a tax number with its country, that of an unknown rule as typed."""
    number = verdict.value
    if not number and verdict.reason == "no_rule" and not is_filler(text):
        number = "".join(_SIGNS_RE.findall(text.upper()))
        number = number if len(_DIGITS_RE.findall(number)) >= _FEWEST_DIGITS else ""
    return number if not number or number[:2].isalpha() else f"{country}{number}"[:30]


def _entity(country, verdict):
    facts = verdict.facts
    if facts.get("kind") == "ice":
        return f"{country}{verdict.value[:9]}"
    number = facts.get("siren") or facts.get("bce") or facts.get("number")
    return f"{country}{number}" if number else ""
