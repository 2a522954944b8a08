"""The signed link by which somebody confirms that a request is theirs.  Nothing is stored."""

from odoo.tools import hash_sign, verify_hash_signed

SCOPE = "crm_customer_sheet.privacy.confirm"


def sign(env, request_id, address_hash, until):
    """Return the token that the mail for a request carries.

    :param address_hash: of the address that it is mailed to: with another one it opens nothing
    :param until: when it dies
    """
    return hash_sign(env, SCOPE, [request_id, address_hash], expiration=until)


def opened(env, token):
    """Return ``(id of the request, hash of the address)``, or None: forged, expired, garbled."""
    try:
        values = verify_hash_signed(env, SCOPE, token) if token else None
    except ValueError:  # what stock raises on anything that is no token
        return None
    return tuple(values) if values and len(values) == 2 else None
