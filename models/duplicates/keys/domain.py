"""The part of an e-mail address or a website that belongs to one organisation."""

from functools import lru_cache

import tldextract

from ....tools.contact import email_address

# no network and no cache folder: the list of public suffixes that came with the package
_extract = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None, fallback_to_snapshot=True)


@lru_cache(maxsize=8192)
def registrable(host):
    """Return the domain that somebody registered, ``""`` where there is none.

    >>> registrable("www.shop.atlas-meca.co.ma"), registrable("mail.atlas-meca.ma")
    ('atlas-meca.co.ma', 'atlas-meca.ma')
    >>> registrable("localhost"), registrable("")
    ('', '')
    """
    found = _extract(host or "")
    return f"{found.domain}.{found.suffix}" if found.domain and found.suffix else ""


def of_website(url):
    """Return the registrable domain of a website as typed.

    >>> of_website("HTTPS://www.Atlas-Meca.ma/contact?x=1"), of_website("atlas-meca.ma")
    ('atlas-meca.ma', 'atlas-meca.ma')
    >>> of_website("www.Société.ma") == of_website("xn--socit-esab.ma")
    True
    """
    url = (url or "").strip().lower()[:300]
    site = registrable(url)
    return site if site.isascii() else email_address.check(f"a@{site}").facts["domain"] or site


#: Providers that ignore dots before the @, and those that ignore all after a plus sign.
_DOTLESS = frozenset(("gmail.com", "googlemail.com"))


def mailbox(local, domain):
    """Return the one mailbox behind the addresses that a person can make of it.

    >>> mailbox("Salma.B+crm", "googlemail.com"), mailbox("s.b+x", "atlas.ma")
    ('salmab@gmail.com', 's.b@atlas.ma')
    """
    local, domain = local.lower().partition("+")[0] or local.lower(), domain.lower()
    if domain in _DOTLESS:
        return f"{local.replace('.', '')}@gmail.com"
    return f"{local}@{domain}"
