"""How an identity is proved, and what people ask for in their own words."""

PROOFS = [
    ("mailbox", "The mailbox that we know"),
    ("account", "Their account"),
    ("told", "Something that only they can know"),
    ("seen", "We know them: face to face, by their voice"),
    ("document", "A copy of an identity document"),
]


def own_words(env):
    """Return what each right is in the words of whoever asks, the usual ones first."""
    return {
        "access": env._("See what you know about me"),
        "erasure": env._("Have my data deleted"),
        "rectification": env._("Correct something that is wrong"),
        "objection": env._("Object to what you do with my data"),
        "withdrawal": env._("Take back a consent that I gave"),
        "portability": env._("Get my data in a file, to take them elsewhere"),
        "restriction": env._("Have my data kept, but not used"),
        "automated": env._("Have a person decide about me, not only a machine"),
    }
