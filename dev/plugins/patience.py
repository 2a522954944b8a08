"""A pytest plugin: a browser test never fails because the machine is busy.

Odoo gives each a minute, which two cores that other work is going on on may need for the first
page alone.  What only looks at a page is looked at once more before it counts as a failure: a
browser of two that run side by side may lose a file.  A tour is not, it has changed the data.
"""

from odoo.tests.common import HttpCase

SECONDS = 180
TOUR = "odoo.startTour"
original = HttpCase.browser_js


def browser_js(self, url_path, code, *args, timeout=0, **kwargs):
    """Run the test as Odoo does, with at least that many seconds."""
    given = {**kwargs, "timeout": max(timeout, SECONDS)}
    try:
        return original(self, url_path, code, *args, **given)
    except AssertionError:
        if code.startswith(TOUR):
            raise
        return original(self, url_path, code, *args, **given)


HttpCase.browser_js = browser_js
