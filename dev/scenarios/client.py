"""A JSON-RPC client that calls a server as the web client does."""

import itertools
import json
import urllib.request
from http.cookiejar import CookieJar

TIMEOUT = 120


class RpcError(Exception):
    """What the server answered instead of a result."""

    def __init__(self, error):
        data = error.get("data", {})
        super().__init__(data.get("message") or error.get("message"))
        self.kind = data.get("name", "")
        self.debug = data.get("debug", "")


class Client:
    """One browser session."""

    def __init__(self, address):
        self.address = address
        self.cookies = CookieJar()
        handler = urllib.request.HTTPCookieProcessor(self.cookies)
        self.opener = urllib.request.build_opener(handler)
        self.numbers = itertools.count(1)

    def get(self, path):
        """The status and the text of a page."""
        with self.opener.open(self.address + path, timeout=TIMEOUT) as response:
            return response.status, response.read().decode()

    def sign_in(self, database, login, password):
        """Open a session; the server's description of it."""
        parameters = {"db": database, "login": login, "password": password}
        return self.rpc("/web/session/authenticate", parameters)

    def call(self, model, method, *arguments, **keywords):
        """Call a public method of a model."""
        parameters = {
            "model": model,
            "method": method,
            "args": arguments,
            "kwargs": keywords,
        }
        return self.rpc(f"/web/dataset/call_kw/{model}/{method}", parameters)

    def rpc(self, path, parameters):
        """The result of a JSON-RPC route.

        :raise RpcError: when the server answers an error
        """
        body = {"jsonrpc": "2.0", "id": next(self.numbers), "params": parameters}
        request = urllib.request.Request(
            self.address + path,
            data=json.dumps(body).encode(),
            headers={"Content-Type": "application/json"},
        )
        with self.opener.open(request, timeout=TIMEOUT) as response:
            answer = json.load(response)
        if "error" in answer:
            raise RpcError(answer["error"])
        return answer.get("result")  # nothing where the method returned nothing
