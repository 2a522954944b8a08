"""Ask DNS whether a domain receives mail."""

import time

import dns.exception
import dns.name
import dns.resolver

FOUND, NONE, REFUSED, UNCHECKED = "found", "none", "refused", "unchecked"

#: Everything that ``lookup`` returns.
REASONS = (
    FOUND,  # a server takes mail for the domain
    NONE,  # the domain does not exist, or has no server at all
    REFUSED,  # the domain says that it takes no mail (null MX, RFC 7505)
    UNCHECKED,  # no answer that can be relied on
)


def lookup(domain, timeout, resolver=None):
    """Tell whether ``domain`` receives mail: "found", "none", "refused" or "unchecked".

    Without MX records, an address of the domain itself counts (RFC 5321, 5.1).  Whatever goes
    wrong is "unchecked"; nothing is raised.

    :param domain: in ASCII; one in Unicode is read by the rules of 2003 (IDNA)
    :param timeout: seconds for all questions together
    :param resolver: made by ``resolver``; by default the one of the system
    """
    try:
        name = dns.name.from_text(domain)
        if name == dns.name.root:
            return UNCHECKED
        ask = _asker(resolver or _system_resolver(), timeout)
        found = _receives(ask, name)
        # Behind some firewalls every name is said not to exist, the root of DNS included.
        return found if found != NONE or ask(dns.name.root, "NS") else UNCHECKED
    except (dns.exception.DNSException, OSError, ValueError):
        return UNCHECKED


def resolver(nameservers=None, port=53, timeout=3.0):
    """Return what asks DNS; without servers, every ``lookup`` with it is "unchecked".

    :param nameservers: their IP addresses; by default those of the system
    :param timeout: seconds after which every server has been asked
    :raise ValueError: when a name server is no IP address
    """
    try:
        made = dns.resolver.Resolver(configure=not nameservers)
    except (dns.resolver.NoResolverConfiguration, UnicodeError):
        made = dns.resolver.Resolver(configure=False)
    if nameservers:
        made.nameservers = list(nameservers)
    made.port = port
    made.timeout = timeout / (len(made.nameservers) or 1)
    return made


def _system_resolver():
    return resolver()


def _asker(resolver, seconds):
    """Return a function that gives the records of a kind, within ``seconds`` for all calls."""
    end = time.monotonic() + seconds

    def ask(name, kind):
        left = max(end - time.monotonic(), 0)
        return resolver.resolve(name, kind, raise_on_no_answer=False, lifetime=left).rrset

    return ask


def _receives(ask, name):
    try:
        servers = ask(name, "MX")
        if servers:
            null = all(server.exchange == dns.name.root for server in servers)
            return REFUSED if null else FOUND
        return FOUND if ask(name, "A") or ask(name, "AAAA") else NONE
    except dns.resolver.NXDOMAIN:
        return NONE
