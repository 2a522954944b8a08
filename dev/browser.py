"""Chromium driven by DevTools.  For scripts of Odoo's Python, which has ``websocket``."""

import itertools
import json
import subprocess
import sys
import tempfile
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import websocket

PATIENCE = 90  # seconds that the first page of a server may take: it makes its assets

CALL = """
    fetch(%s, {
        method: "POST",
        headers: {"Content-Type": "application/json"},
        body: JSON.stringify({jsonrpc: "2.0", params: %s}),
    }).then((answer) => answer.json())
"""


class Tab:
    """A page of the browser on one server."""

    def __init__(self, address, page):
        self.address = address
        self.numbers = itertools.count(1)
        self.socket = websocket.create_connection(page["webSocketDebuggerUrl"], timeout=PATIENCE)

    def send(self, method, **parameters):
        """Send a command; return its result."""
        number = next(self.numbers)
        self.socket.send(json.dumps({"id": number, "method": method, "params": parameters}))
        while True:
            answer = json.loads(self.socket.recv())
            if answer.get("id") == number:
                return answer["result"]

    def run(self, script):
        """Run a script in the page; return its value."""
        done = self.send(
            "Runtime.evaluate", expression=script, awaitPromise=True, returnByValue=True
        )
        if "exceptionDetails" in done:
            raise RuntimeError(done["exceptionDetails"]["exception"].get("description"))
        return done["result"].get("value")

    def open(self, path):
        """Go to a page of the server."""
        self.send("Page.navigate", url=self.address + path)

    def wait(self, condition):
        """Wait until a condition holds in the page."""
        limit = time.monotonic() + PATIENCE
        while not self.run(f"Boolean({condition})"):
            if time.monotonic() > limit:
                raise RuntimeError(f"{condition}: {self.run('document.body.innerText')[:400]}")
            time.sleep(0.2)

    def sign_in(self, database, login, password):
        """Open a session."""
        self.send("Page.bringToFront")  # a hidden page draws nothing
        self.open("/web/login")
        self.wait("document.querySelector('.oe_login_form')")
        given = {"db": database, "login": login, "password": password}
        self.user = self.call("/web/session/authenticate", given)["uid"]

    def set_language(self, code):
        """Let the user who is signed in read in this language."""
        given = {"model": "res.users", "method": "write", "kwargs": {}}
        given["args"] = [[self.user], {"lang": code}]
        self.call("/web/dataset/call_kw/res.users/write", given)

    def call(self, path, given):
        """Return what the server answers to the page's session."""
        answer = self.run(CALL % (json.dumps(path), json.dumps(given)))
        if "result" not in answer:
            raise RuntimeError(f"{path}: {answer}")
        return answer["result"]

    def close(self):
        """Close the tab."""
        self.send("Page.close")
        self.socket.close()


@contextmanager
def opened(path):
    """A function that opens a tab for a server's port, with cookies of its own."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        options = (
            *("--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run"),
            *("--remote-debugging-port=0", "--remote-allow-origins=*"),
            *("--disable-background-timer-throttling", "--disable-renderer-backgrounding"),
            *("--hide-scrollbars", "--window-size=1366,768", f"--user-data-dir={profile}"),
        )
        browser = subprocess.Popen(
            [path, *options, "about:blank"], stdout=sys.stderr, stderr=sys.stderr
        )
        try:
            port = _debugging_port(Path(profile) / "DevToolsActivePort")
            yield lambda server: Tab(f"http://{_host(server)}", _page(port))
        finally:
            browser.terminate()
            browser.wait(30)


def _host(server):
    """Each server under a name of its own: cookies do not tell ports apart."""
    return f"server{server}.localhost:{server}"


def _debugging_port(file):
    limit = time.monotonic() + PATIENCE
    while not (file.exists() and file.read_text().strip()):
        if time.monotonic() > limit:
            raise RuntimeError("The browser does not start")
        time.sleep(0.1)
    return int(file.read_text().split()[0])


def _page(port):
    request = urllib.request.Request(f"http://127.0.0.1:{port}/json/new?about:blank", method="PUT")
    with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
        return json.load(answer)
