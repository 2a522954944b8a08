"""A pytest plugin: the tests of a process share a browser, which knows the web client already.

Odoo starts one for each test, with an empty profile.  Here the next test finds a blank page in the
browser of the one before, without its cookies, its storage and its history.
"""

import atexit
import shutil
import signal
import tempfile

from odoo.tests.common import ChromeBrowser

start, stop = ChromeBrowser._chrome_start, ChromeBrowser.stop
#: By whether there is a touch screen: the process, its port and its profile.
running = {}
#: What a page may have kept, but for what it loaded.
STORED = "cookies,file_systems,indexeddb,local_storage,service_workers,cache_storage"


def chrome_start(self, user_data_dir, touch_enabled, headless=True, debug=False):
    """Go on with a browser, or start one."""
    kind = (touch_enabled, headless, debug)
    if kind in running and running[kind][0].poll() is None:
        return running[kind]
    own, self.user_data_dir = self.user_data_dir, tempfile.mkdtemp(suffix="_chrome_odoo")
    running[kind] = start(self, self.user_data_dir, touch_enabled, headless, debug)
    atexit.register(_end, running[kind][0], self.user_data_dir)
    self.user_data_dir = own
    return running[kind]


def _end(process, profile):
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
