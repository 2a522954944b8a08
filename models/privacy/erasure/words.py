"""What happens to a place, to a text, to an erasure: codes and what people read."""

from ..map.place import GROUNDS as MAP_GROUNDS

#: Steps of an erasure, in their order; each is a transaction of its own and may be done again.
STEPS = (
    "entry",
    "restrict",
    "derived",
    "messages",
    "copies",
    "texts",
    "files",
    "own",
    "ledger",
    "scan",
    "certificate",
)
#: Steps of an erasure that does not look for texts elsewhere: of many people, or after a restore.
SHORT = tuple(step for step in STEPS if step != "scan")

#: Whose rows go only together with the key of their person.
LEDGER = "customer_sheet_consent_payload"

WHY = [
    ("request", "They asked to be erased"),
    ("term", "Their time is over"),
    ("restored", "A restored backup had brought them back"),
]
DECISIONS = [
    ("delete", "Delete"),
    ("empty", "Empty"),
    ("replace", "Replace"),
    ("cut", "Cut out"),
    ("keep", "Keep"),
]
#: What is decided on a text elsewhere in which the person stands.
TEXT_DECISIONS = [
    ("cut", "Cut out"),
    ("delete", "Delete"),
    ("keep", "Keep"),
]
GROUNDS = [
    *MAP_GROUNDS,
    ("others", "It is about somebody else"),
    ("secret", "Business secrets"),
    ("words", "Said by who prepared the erasure"),
]
