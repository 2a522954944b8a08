"""Signed links to a request.  Nothing is stored: what a link is for is in it."""

from odoo.tools import hash_sign, verify_hash_signed


class Link:
    """One kind of link; it opens the request that it names as long as a key is the same.

    :param scope: what the links are for: those of another scope open nothing
    """

    def __init__(self, scope):
        self.scope = scope

    def sign(self, env, request_id, key, until):
        """Return the token that a mail carries.

        :param key: with another one the link opens nothing
        :param until: when it dies
        """
        return hash_sign(env, self.scope, [request_id, key], expiration=until)

    def opened(self, env, token):
        """Return ``(id of the request, key)``, or None: forged, expired, garbled."""
        try:
            values = verify_hash_signed(env, self.scope, token) if token else None
        except ValueError:  # what stock raises on anything that is no token
            return None
        return tuple(values) if values and len(values) == 2 else None


#: By it somebody confirms that a request is theirs; the key is a hash of the address mailed to.
CONFIRM = Link("crm_customer_sheet.privacy.confirm")
#: It leads to the file of a person; the key is when that was made: a newer one has another link.
ANSWER = Link("crm_customer_sheet.privacy.answer")
