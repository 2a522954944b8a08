"""How an identity is proved."""

PROOFS = [
    ("mailbox", "The mailbox that we know"),
    ("account", "Their account"),
    ("told", "Something that only they can know"),
    ("seen", "We know them: face to face, by their voice"),
    ("document", "A copy of an identity document"),
]
