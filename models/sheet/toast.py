"""What the client tells a user in passing, once a button has done its work."""


def toast(message, then=None, kind="success"):
    """Return the action that shows a message for some seconds.

    :param then: the action that follows; by default a dialog is closed
    :param kind: ``success``, ``info`` or ``warning``
    """
    then = then or {"type": "ir.actions.act_window_close"}
    params = {"type": kind, "message": message, "next": then}
    return {"type": "ir.actions.client", "tag": "display_notification", "params": params}


#: What lets a list show what has changed, without losing its place.
RELOAD = {"type": "ir.actions.client", "tag": "soft_reload"}
