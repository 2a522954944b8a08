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
REASONS = [
    *GROUNDS,
    ("others", "Rights of other people (GDPR, Art. 15(4))"),
    ("secret", "Business secrets (GDPR, Art. 15(4))"),
]
