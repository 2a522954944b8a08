"""What a pasted text says about a customer: a signature, a mail, a card, notes of a call."""

import re

from ..names.legal_form import split_legal_form
from ..names.person_name import split_name
from ..names.proper_name import person
from ..text.fold import letters
from . import (
    address,
    country,
    deadline,
    decider,
    headcount,
    identifiers,
    labelled,
    mails,
    money,
    phones,
    prose,
    signature,
    web,
)
from .finding import Finding
from .names import is_person, without_title
from .page import Page

#: Providers whose domain names nobody's company.
_PROVIDERS = frozenset(
    "gmail googlemail hotmail outlook live msn yahoo ymail orange wanadoo free sfr laposte bbox"
    " neuf numericable icloud me mac aol gmx proton protonmail skynet telenet menara bluewin"
    " bluemail btinternet btopenworld virginmedia sky talktalk comcast verizon att".split()
)
_FORM_RE = re.compile(r"^(?P<form>[a-z.]{2,7})(?:,)? au capital ", re.MULTILINE)


def read(text, home="", today=None, ours=()):
    """Return what the text says, a list of :class:`Finding`; the surest first of each question.

    :param home: ISO code of the country of whoever reads
    :param today: the day from which "in 3 months" counts
    :param ours: domains of whoever reads, which are nobody's answer
    """
    page = Page(text, home, today)
    page.country = country.hint(page)
    found = [*mails.find(page, ours), *identifiers.find(page), *web.find(page, ours)]
    found += phones.find(page)
    found += address.find(page)
    found += address.find_city_before_country(page)
    found += _foreign(country.find(page), home)
    told = list(labelled.find(page))
    deciders = list(decider.find(page))
    for finding in deciders:
        page.take(finding.start, finding.end)
    found += told
    found += _who(page, found, {finding.code for finding in told})
    found += deciders
    for name in [finding.value for finding in found if finding.code == "name"][:1]:
        found += decider.find_spoken_of(page, name)
    for find in (headcount.find, money.find, deadline.find):
        found += find(page)
    return _each_once(found)


def _foreign(findings, home):
    """Yield the first country named, if it is not that of whoever reads."""
    for finding in list(findings)[:1]:
        if finding.value != home:
            yield finding


def _who(page, found, told):
    """Yield name, civility, function and company, where no label has told them."""
    addresses = [finding.value for finding in found if finding.code == "email"]
    hosts = [host for finding in found if (host := _host(finding))]
    sender = _sender(page)
    blocks = [block for block in (signature.find(page, addresses, hosts), prose.find(page))]
    named = [block for block in blocks if block.name] or blocks
    block = named[0]
    company = block.company or (blocks[1].company if blocks[1].name in (None, block.name) else None)
    name = block.name or sender
    if "name" not in told and name:
        yield Finding("name", person(page.said(name)), *name)
    if "function" not in told and block.function:
        yield Finding("function", page.said(block.function), *block.function)
    if "company" not in told:
        yield from _company(page, company or _with_form(page) or _with_host(page, hosts))
    else:
        finding = next(each for each in found if each.code == "company")
        yield from _form(page, finding.value, (finding.start, finding.end))


def _sender(page):
    """Return the span of the name in "From: Julie Martin <...>"."""
    for line in page.senders:
        match = re.match(
            r"[^:]{2,10}: ?\"?(?P<name>[^<\[\"@\n]{3,60}?)\"? ?[<\[]",
            page.text[line.start : line.end],
        )
        if match:
            start = line.start + match.start("name")
            span = start, start + len(match["name"])
            if is_person(page.said(span), page.words(span), sure=True):
                return without_title(page, span)
    return None


def _company(page, span):
    if span:
        yield Finding("company", page.said(span), *span)
        yield from _form(page, page.said(span), span)


def _form(page, name, span):
    _name, code = split_legal_form(name, page.country)
    if code:
        yield Finding("legal_form", code, *span)
        return
    for line in page.lines:
        match = _FORM_RE.match(page.folded[line.start : line.end])
        _name, code = (
            split_legal_form(f"{name} {match['form']}", page.country) if match else ("", "")
        )
        if code:
            yield Finding("legal_form", code, line.start, line.start + match.end("form"))
            return


def _with_form(page):
    """Return the span of the first part that ends or begins with a legal form."""
    for _number, part in page.parts:
        said = page.said(part)
        if len(said) <= 60 and not page.is_taken(*part) and not said.endswith((",", "?", "!")):
            name, _code = split_legal_form(said, page.country)
            if name and name != said and said[0].isupper() and "capital" not in said:
                return part
    return None


def _with_host(page, hosts):
    """Return the span of the part that the domain of an address names."""
    for _number, part in page.parts:
        said = page.said(part)
        if len(said) > 50 or page.is_taken(*part) or not said[:1].isupper():
            continue
        if any(len(host) > 3 and letters(said) in (host, host.replace("-", "")) for host in hosts):
            return part
    return None


def _host(finding):
    if finding.code not in ("email", "website"):
        return ""
    host = finding.value.rpartition("@")[2].removeprefix("https://").removeprefix("www.")
    names = host.partition("/")[0].split(".")
    return "" if names[0] in _PROVIDERS else letters(names[0])


def _each_once(findings):
    seen, kept = set(), []
    for finding in findings:
        key = finding.code, str(finding.value)
        if key not in seen:
            seen.add(key)
            kept.append(finding)
    return kept


def read_signature(text, name, home="", today=None):
    """Return function and phones that a person wrote below their own name, nothing inferred.

    :param name: of the person: a signature with another one is somebody else's
    """
    page = Page(text, home, today)
    page.country = country.hint(page)
    found = list(mails.find(page))
    found += [*identifiers.find(page), *web.find(page)]
    numbers = list(phones.find(page))
    block = signature.find(page, [each.value for each in found if each.code == "email"], [])
    if not block.name or letters(page.said(block.name)) not in _ways(name):
        return []
    function = (
        [Finding("function", page.said(block.function), *block.function)] if block.function else []
    )
    lines = [line for line in page.lines if line.start >= page.line_of(block.name[0]).start]
    end = lines[: signature.AFTER + 1][-1].end
    return [*function, *(each for each in numbers if lines[0].start <= each.start < end)]


def _ways(name):
    first, last = split_name(name)
    return {letters(name), letters(f"{first} {last}"), letters(f"{last} {first}")}
