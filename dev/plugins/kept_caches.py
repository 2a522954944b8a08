"""A pytest plugin: what a test has not changed need not be worked out again for the next one.

Odoo empties all caches after every test and every class.  The database is taken back to where it
was, though: what was cached when a test began holds again, and so does what it cached since of
views, pages and bundles if nobody has said that these changed.
"""

from odoo.modules.registry import _CACHES_BY_KEY, Registry
from odoo.tests.common import TransactionCase, get_db_name

#: Caches whose entries are slow to make and seldom given up.
SLOW = ("assets", "routing", "templates")
set_up, set_up_class = TransactionCase.setUp, TransactionCase.setUpClass.__func__
clear_cache, setup_models = Registry.clear_cache, Registry._setup_models__
#: What is cached of the database that all classes start from.
start = {name: {} for name in SLOW}
#: Which of these caches somebody has emptied since the class began.
given_up = set()


def _clear_cache(self, *names):
    given_up.update(*(_CACHES_BY_KEY[name] for name in names or ("default",)))
    clear_cache(self, *names)


def _setup_models(self, *args):
    given_up.update(SLOW)
    setup_models(self, *args)


def _set_up_class(cls):
    given_up.clear()
    _put_back(Registry(get_db_name()), start)
    set_up_class(cls)


def _set_up(self):
    kept = {}
    self.addCleanup(_put_back, self.registry, kept)  # after all that Odoo cleans up
    set_up(self)
    self.addCleanup(_keep, self.registry, kept)  # before
    kept.update(_cached(self.registry))


def _keep(registry, kept):
    for name in set(SLOW) - given_up:
        kept[name] = start[name] = registry._Registry__caches[name].snapshot


def _cached(registry):
    return {name: cache.snapshot for name, cache in registry._Registry__caches.items()}


def _put_back(registry, kept):
    for name, values in kept.items():
        cache = registry._Registry__caches[name]
        cache.clear()
        for key, value in values.items():
            cache[key] = value


Registry.clear_cache = _clear_cache
Registry._setup_models__ = _setup_models
TransactionCase.setUp = _set_up
TransactionCase.setUpClass = classmethod(_set_up_class)
