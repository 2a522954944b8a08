"""What the tests of rights have in common."""

from odoo.tests import HttpCase

VERBS = ("create", "read", "write", "unlink")


def wrong_rights(case, rights):
    """Return what a table of rights and the database do not agree on.

    :param case: a test case with a user for each role, and ``outsider``, who may do nothing
    :param rights: ``{model: {role: letters}}``, a letter or "-" for each of :data:`VERBS`
    """
    return [
        (model, role, verb)
        for model, roles in rights.items()
        for role, letters in {**roles, "outsider": "----"}.items()
        for verb, letter in zip(VERBS, letters, strict=True)
        if case.env[model].with_user(getattr(case, role)).has_access(verb) != (letter != "-")
    ]


class RpcCase(HttpCase):
    """Calls that no screen of ours makes, as a browser would send them."""

    def call(self, model, method, *args, **kwargs):
        """Call a method over JSON-RPC as the user who is logged in."""
        params = {"model": model, "method": method, "args": args, "kwargs": kwargs}
        return self.make_jsonrpc_request(f"/web/dataset/call_kw/{model}/{method}", params)
