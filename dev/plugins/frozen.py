"""A pytest plugin: what is loaded once for all tests is left out when garbage is looked for.

Odoo's classes, fields and views are a million objects, which Python would go through again and
again.
"""

import gc

#: Objects made before the young ones are looked through, and how often the old ones are.
SELDOM = 50_000, 20, 50


def pytest_collection_finish():
    """Freeze what is there when the first test begins."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*SELDOM)
