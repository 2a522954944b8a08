"""Why data are kept, but not used."""

#: The stronger come later: a new ground takes the place of a weaker one only.
GROUNDS = [
    ("request", "They asked for it"),
    ("restored", "Restored from a backup, after it was erased"),
    ("claims", "Kept for legal claims"),
    ("duty", "The law wants it kept (accounting)"),
]
STRENGTH = {ground: strength for strength, (ground, _label) in enumerate(GROUNDS)}
#: Grounds that end by themselves, on their day: what is left is erased then.
ENDING = ("claims", "duty")
