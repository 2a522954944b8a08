"""A name and what it has, as people write it."""


def pair(env, name, text):
    """Return a name and what it has, in the punctuation of the language."""
    return env._("%(name)s: %(text)s", name=name, text=text) if text else name
