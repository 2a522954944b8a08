"""Why data are kept, but not used."""

GROUNDS = [
    ("request", "They asked for it"),
    ("duty", "The law wants it kept (accounting)"),
    ("claims", "Kept for legal claims"),
    ("restored", "Restored from a backup"),
]
