"""The signed link to the file of a person.  It dies with the file that it was made for."""

from odoo.tools import hash_sign, verify_hash_signed

SCOPE = "crm_customer_sheet.privacy.answer"


def sign(env, request_id, made_on, until):
    """Return the token that the letter of an answer carries.

    :param made_on: when the file was made: a newer file has another link
    :param until: when the link dies
    """
    return hash_sign(env, SCOPE, [request_id, made_on], expiration=until)


def opened(env, token):
    """Return ``(id of the request, when its file was made)``, or None: forged, ended, garbled."""
    try:
        values = verify_hash_signed(env, SCOPE, token) if token else None
    except ValueError:  # what stock raises on anything that is no token
        return None
    return tuple(values) if values and len(values) == 2 else None
