"""Turn to the next lead by the pager in Chromium, with and without the module in turn.

Usage: pager.py, as a script for Odoo's Python. On standard input
{"browser": path, "servers": {side: [port, database]}, "pages": how many}; on standard output
{side: [{"painted": milliseconds, "complete": milliseconds}, ...]}.
"""

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

LOGIN = PASSWORD = "bench"
WARM_UP = 3  # pages that do not count
PATIENCE = 180  # seconds that the first page of a server may take: it makes its assets
LIST = "/odoo/action-crm.crm_lead_action_pipeline?view_type=list"
ROW = "document.querySelector('.o_data_row .o_data_cell[name=name]')"
FORM = "document.querySelector('.o_form_view .o_pager_next:not(:disabled)')"

SIGN_IN = """
    fetch("/web/session/authenticate", {
        method: "POST",
        headers: {"Content-Type": "application/json"},
        body: JSON.stringify({jsonrpc: "2.0", params: {login: %s, password: %s, db: %s}}),
    }).then((answer) => answer.json()).then((answer) => Boolean(answer.result?.uid))
"""

#: Seen is the first frame after the pager tells another number; complete is when nothing has
#: moved and nothing has arrived for a while, less that while.
TURN = """
    (async () => {
        const QUIET = 500;
        const pager = () => document.querySelector(".o_form_view .o_pager_value").textContent;
        const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
        const before = pager();
        const start = performance.now();
        let last = start;
        let painted = 0;
        const moved = new MutationObserver(() => (last = performance.now()));
        const shown = { subtree: true, childList: true, attributes: true, characterData: true };
        moved.observe(document.querySelector(".o_action_manager"), shown);
        const arrived = new PerformanceObserver((list) => {
            for (const entry of list.getEntries()) {
                last = Math.max(last, entry.responseEnd);
            }
        });
        arrived.observe({ type: "resource" });
        document.querySelector(".o_form_view .o_pager_next").click();
        while (!painted || performance.now() - last < QUIET) {
            await frame();
            if (!painted && pager() !== before) {
                await frame();
                painted = performance.now();
            }
            if (performance.now() - start > 30000) {
                throw new Error("The next record does not come");
            }
        }
        moved.disconnect();
        arrived.disconnect();
        return { painted: painted - start, complete: Math.max(last, painted) - start };
    })()
"""


class Tab:
    """A page of the browser, driven by DevTools."""

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


def main():
    """Measure both sides in turn."""
    told = json.load(sys.stdin)
    times = {side: [] for side in told["servers"]}
    with _browser(told["browser"]) as new_tab:
        tabs = {
            side: _lead(new_tab(port), database)
            for side, (port, database) in told["servers"].items()
        }
        for page in range(WARM_UP + told["pages"]):
            for side, tab in tabs.items() if page % 2 else reversed(tabs.items()):
                tab.send("Page.bringToFront")
                found = tab.run(TURN)
                if page >= WARM_UP:
                    times[side].append(found)
    print(json.dumps(times))


def _lead(tab, database):
    """Open the first lead of the pipeline's list."""
    tab.send("Page.bringToFront")  # a hidden page draws nothing
    tab.open("/web/login")
    tab.wait("document.querySelector('.oe_login_form')")
    if not tab.run(SIGN_IN % tuple(map(json.dumps, (LOGIN, PASSWORD, database)))):
        raise RuntimeError("The salesperson cannot sign in")
    tab.open(LIST)
    tab.wait(ROW)
    tab.run(f"{ROW}.click()")
    tab.wait(FORM)
    return tab


@contextmanager
def _browser(path):
    """A function that opens a tab for a server's port, with cookies of its own."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        options = (
            *("--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run"),
            *("--remote-debugging-port=0", "--remote-allow-origins=*"),
            *("--disable-background-timer-throttling", "--disable-renderer-backgrounding"),
            *("--window-size=1366,768", f"--user-data-dir={profile}"),
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


if __name__ == "__main__":
    main()
