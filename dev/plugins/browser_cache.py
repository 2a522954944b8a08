"""A pytest plugin: the tests of a class share a browser, and all of a run what it has loaded.

Odoo starts one for each test, with an empty profile, so that it would load and compile the whole
web client again.  Here the next test of the class finds a blank page in the browser of the one
before, without its cookies and its storage.
"""

import shutil
import signal
import tempfile
from pathlib import Path

from odoo.tests.common import ChromeBrowser

start, stop = ChromeBrowser._chrome_start, ChromeBrowser.stop
FOLDERS = ("Cache", "Code Cache")
shared = tempfile.TemporaryDirectory(suffix="_chrome_cache")  # removed when the run ends
#: By whether there is a touch screen: the process and its port.
running = {}
#: What a page may have kept, but for what it loaded.
STORED = "cookies,file_systems,indexeddb,local_storage,service_workers,cache_storage"


def chrome_start(self, user_data_dir, touch_enabled, headless=True, debug=False):
    """Go on with the browser of the class, or start one."""
    kind = (touch_enabled, headless, debug)
    if kind not in running or running[kind][0].poll() is not None:
        own, self.user_data_dir = self.user_data_dir, _profile()
        running[kind] = start(self, self.user_data_dir, touch_enabled, headless, debug)
        self.test_case.addClassCleanup(_end, kind, self.user_data_dir)
        self.user_data_dir = own
    return running[kind]


def _profile():
    """A new profile, whose caches are those of all others."""
    profile = tempfile.mkdtemp(suffix="_chrome_odoo")
    Path(profile, "Default").mkdir()
    for name in FOLDERS:
        folder = Path(shared.name, name)
        folder.mkdir(exist_ok=True)
        Path(profile, "Default", name).symlink_to(folder, target_is_directory=True)
    return profile


def _end(kind, profile):
    process, _port = running.pop(kind)
    process.kill()
    process.wait()
    shutil.rmtree(profile, ignore_errors=True)


def browser_stop(self):
    """Leave a blank page for the next test; after a failure it gets a browser of its own."""
    if self.had_failure or not hasattr(self, "ws"):
        stop(self)
        return
    self.screencaster.stop()
    origin = self.test_case.base_url()
    for method, parameters in (
        ("Page.stopLoading", {}),
        ("Runtime.evaluate", {"expression": "sessionStorage.clear()"}),
        ("Page.navigate", {"url": "about:blank"}),
        ("Network.clearBrowserCookies", {}),
        ("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": STORED}),
    ):
        self._websocket_request(method, params=parameters)
    self._result.cancel()
    self.ws.close()
    shutil.rmtree(self.user_data_dir)
    if self.sigxcpu_handler:
        signal.signal(signal.SIGXCPU, self.sigxcpu_handler)


ChromeBrowser._chrome_start = chrome_start
ChromeBrowser.stop = browser_stop
