"""How much of a visitor's network address is kept as evidence."""

import ipaddress

#: What is left of an address: the network of a household or a company, not a device.
KEPT_BITS = {4: 24, 6: 48}


def truncate(text):
    """Return the network that an address belongs to, or an empty text.

    IPv4 keeps 24 bits and IPv6 48, the usual cut of anonymised server logs: enough to tell
    a country and a provider, not a person.

    >>> truncate("203.0.113.77"), truncate("2001:db8:abcd:12::7")
    ('203.0.113.0', '2001:db8:abcd::')
    >>> truncate("::ffff:203.0.113.77"), truncate("fe80::1%eth0"), truncate("unknown")
    ('203.0.113.0', 'fe80::', '')
    """
    address = parse(text)
    if not address:
        return ""
    network = ipaddress.ip_network((int(address), KEPT_BITS[address.version]), strict=False)
    return str(network.network_address)


def parse(text):
    """Return the address that ``text`` is, or None; IPv4 written as IPv6 is IPv4.

    >>> parse("203.0.113.77"), parse("::ffff:203.0.113.77"), parse(None)
    (IPv4Address('203.0.113.77'), IPv4Address('203.0.113.77'), None)
    """
    try:
        address = ipaddress.ip_address(str(text or "").strip().partition("%")[0])
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def kept(text, how):
    """Return what is kept of an address.

    :param how: ``truncated``, ``full`` or ``none``; anything else truncates

    >>> kept("203.0.113.77", "full"), kept("203.0.113.77", "none"), kept("203.0.113.77", "?")
    ('203.0.113.77', '', '203.0.113.0')
    """
    if how == "none":
        return ""
    return str(parse(text) or "") if how == "full" else truncate(text)
