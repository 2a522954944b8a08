"""What is decided on a request, and why something is kept or withheld, in words."""

from ..map.place import CATEGORIES as ALL_CATEGORIES
from ..map.place import GROUNDS

#: What is decided on: categories of the map that hold something about a person.
CATEGORIES = [each for each in ALL_CATEGORIES if each[0] != "none"]
ANSWERS = [
    ("give", "Give"),
    ("withhold", "Withhold"),
    ("erase", "Erase"),
    ("keep", "Keep"),
]
#: What can be answered to each right; other rights are answered in words alone.
ANSWERS_OF = {
    "access": ("give", "withhold"),
    "portability": ("give", "withhold"),
    "erasure": ("erase", "keep"),
}
#: Rights whose answer is a file.
WITH_FILE = ("access", "portability")
REASONS = [
    *GROUNDS,
    ("others", "Rights of other people (GDPR, Art. 15(4))"),
    ("secret", "Business secrets (GDPR, Art. 15(4))"),
]

#: Why a place was found in which the person stands, but which is not theirs alone.
PASSAGES = [
    ("others", "In a record of somebody else"),
    ("shared", "In a record that names another person, too"),
    ("unsure", "A record that may be of somebody else"),
]


def withheld_words(env):
    """Return why something is not in the file, by code, as the person reads it."""
    return {
        "others": env._("It stands in the record of somebody else, whose rights it touches."),
        "shared": env._("It is about other people, too, whose rights it touches."),
        "unsure": env._("It is not certain that this is you."),
        "secret": env._("It is a business secret."),
        "duty": env._("A law forbids to give it."),
        "claims": env._("It is needed for a dispute."),
        "objection": env._("It serves to honour your objection."),
        "company": env._("Another company of our group holds it: ask there."),
        "machinery": env._(
            "The application keeps it for its own work, and deletes most of it by itself."
        ),
        "traces": env._("It was noted while your requests were answered: you have the letters."),
        "orphan": env._("A file that was deleted; its last copy goes within days."),
        "key": env._("It opens something: handed over it would be no secret any more."),
        "provided": env._("You did not give it to us yourself: ask for access to get it."),
    }
