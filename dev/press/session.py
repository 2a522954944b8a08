"""One login, calling the server as the web client does."""

import urllib.error

from ..scenarios.client import Client, RpcError


class Session:
    """A signed-in user; every call of theirs is counted."""

    def __init__(self, address, database, login):
        self.client = Client(address)
        described = self.client.sign_in(database, login, login)
        self.uid = described["uid"]
        self.context = dict(described["user_context"])
        companies = described.get("user_companies") or {}
        self.companies = [int(each) for each in companies.get("allowed_companies") or (1,)]
        self.context["allowed_company_ids"] = self.companies
        self.calls, self.actions = 0, {}

    def call(self, model, method, *args, button=False, **kwargs):
        """The result of a public method of a model."""
        kwargs["context"] = {**self.context, **kwargs.get("context", {})}
        route = "call_button" if button else "call_kw"
        params = {"model": model, "method": method, "args": list(args), "kwargs": kwargs}
        return self.json(f"/web/dataset/{route}/{model}/{method}", params)

    def json(self, path, params):
        """The result of a JSON route."""
        self.calls += 1
        try:
            return self.client.rpc(path, params)
        except urllib.error.HTTPError as error:
            raise _as_fault(path, error) from error
        except TimeoutError as error:
            raise RpcError({"message": f"{path}: no answer"}) from error

    def get(self, path):
        """The text of a page; a page that is not there or not for this user is an empty one."""
        self.calls += 1
        try:
            return self.client.get(path)[1]
        except UnicodeDecodeError:
            return ""  # a file
        except urllib.error.HTTPError as error:
            if error.code < 500:
                return ""
            raise _as_fault(path, error) from error

    def action(self, action_id, context=None):
        """An action as the client loads it, once: what is selected does not change it."""
        if action_id not in self.actions:
            params = {"action_id": action_id, "context": {**self.context, **(context or {})}}
            self.actions[action_id] = self.json("/web/action/load", params)
        return self.actions[action_id]


def _as_fault(path, error):
    text = error.read().decode(errors="replace")[-2000:]
    return RpcError({"message": f"{path}: HTTP {error.code}", "data": {"debug": text}})
