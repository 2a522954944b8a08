"""Who acts: a person, or one of the flows that move records about by themselves."""

from contextlib import contextmanager
from contextvars import ContextVar

#: Everybody who may act: a person, the import of a file, a merge or its undo, Odoo's conversion of
#: a lead, a routing rule, Odoo's assignment of leads, a public form, incoming mail, a job.
ACTORS = frozenset("person import merge conversion rule assignment form mail job".split())

#: Who acts, the innermost last.  Not a context key, which any RPC call can set.
_ACTING = ContextVar("crm_customer_sheet_actors", default=("person",))

#: Flows that change many records at once: nobody is called, announced or routed for each.
BULK = {"import", "merge"}


@contextmanager
def acting(*who):
    """Let what happens inside count as done by ``who``, the innermost last.

    :param who: some of :data:`ACTORS`
    :raise ValueError: nobody of this name acts
    """
    for name in who:
        if name not in ACTORS:
            raise ValueError(f"Nobody called {name!r} acts.")
    token = _ACTING.set((*_ACTING.get(), *who))
    try:
        yield
    finally:
        _ACTING.reset(token)


def actor():
    """Return who acts just now: ``person`` unless a flow has said otherwise."""
    return _ACTING.get()[-1]


def actors():
    """Return all who act just now, the innermost last: what :func:`acting` takes again."""
    return _ACTING.get()


def nearest(names):
    """Return who of these acts just now, the innermost, or ``""`` if none does."""
    return next((who for who in reversed(_ACTING.get()) if who in names), "")


def in_bulk():
    """Tell whether an import or a merge is running, whoever acts inside it."""
    return bool(nearest(BULK))
