"""A pytest plugin: a browser test never fails because the machine is busy.

Odoo gives each a minute, which two cores that other work is going on on may need for the first
page alone.
"""

from odoo.tests.common import HttpCase

SECONDS = 180
original = HttpCase.browser_js


def browser_js(self, url_path, code, *args, timeout=0, **kwargs):
    """Run the test as Odoo does, with at least that many seconds."""
    return original(self, url_path, code, *args, timeout=max(timeout, SECONDS), **kwargs)


HttpCase.browser_js = browser_js
