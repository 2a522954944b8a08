"""Who acts: a person, or one of the flows that move records about by themselves."""

from contextlib import contextmanager
from contextvars import ContextVar

#: Who acts, the innermost last.  Not a context key, which any RPC call can set.
_ACTORS = ContextVar("crm_customer_sheet_actors", default=("person",))

#: Flows that change many records at once: nobody is called, announced or routed for each.
BULK = {"import", "merge"}


@contextmanager
def acting(who):
    """Let what happens inside count as done by ``who``.

    :param who: ``import``, ``merge``, ``conversion``, ``rule`` or ``assignment``
    """
    token = _ACTORS.set((*_ACTORS.get(), who))
    try:
        yield
    finally:
        _ACTORS.reset(token)


def actor():
    """Return who acts just now: ``person`` unless a flow has said otherwise."""
    return _ACTORS.get()[-1]


def nearest(names):
    """Return who of these acts just now, the innermost, or ``""`` if none does."""
    return next((who for who in reversed(_ACTORS.get()) if who in names), "")


def in_bulk():
    """Tell whether an import or a merge is running, whoever acts inside it."""
    return bool(nearest(BULK))
