"""What the tests of rights have in common."""

from odoo.tests import HttpCase


class RpcCase(HttpCase):
    """Calls that no screen of ours makes, as a browser would send them."""

    def call(self, model, method, *args, **kwargs):
        """Call a method over JSON-RPC as the user who is logged in."""
        params = {"model": model, "method": method, "args": args, "kwargs": kwargs}
        return self.make_jsonrpc_request(f"/web/dataset/call_kw/{model}/{method}", params)
