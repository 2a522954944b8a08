"""How somebody is reached, so that its owner recognises it and a stranger does not learn it."""


def masked_email(address):
    """Return the first letter and the domain of a normalised address.

    >>> masked_email("ada.lovelace@example.com"), masked_email(False)
    ('a…@example.com', '')
    """
    local, at, domain = (address or "").partition("@")
    return f"{local[:1]}…{at}{domain}" if at else ""


def masked_phone(number):
    """Return the end of a number.

    >>> masked_phone("+33612345678"), masked_phone("123"), masked_phone(False)
    ('… 78', '', '')
    """
    return f"… {number[-2:]}" if number and len(number) > 6 else ""
