"""Chances, and the ways in which people write things."""

import string

from ...models.duplicates.keys.comparable import comparable
from ...tools.text.fold import without_accents
from . import vocabulary


class Generator:
    """Chances, and the ways in which people write things."""

    #: The share of copies that know another address.
    moves = 0.15

    def __init__(self, chance, rare=0.0):
        self.chance = chance
        self.rare = rare
        self.serial = 0

    def often(self, share):
        """Tell whether something that happens so often happens now."""
        return self.chance.random() < share

    def entity(self):
        """Return the number of a new customer."""
        self.serial += 1
        return self.serial

    def twins(self):
        """Return how many more records a customer has."""
        return self.chance.choices((0, 1, 2, 3), (63, 31, 5, 1))[0]

    def address(self, country):
        """Return a street, a postal code and a town."""
        code, _space, town = self.chance.choice(vocabulary.CITIES[country].split(";")).partition(
            " "
        )
        if self.rare:
            code = f"{code[:2]}{self.chance.randrange(150):03}"
        road = f"{self.chance.choice(vocabulary.ROADS)} {self.chance.choice(vocabulary.STREETS)}"
        return f"{self.chance.randint(1, 180)} {road}", code, town

    def phone(self, country, is_mobile=True):
        """Return a phone number."""
        if country == "FR":
            start = self.chance.choice("67" if is_mobile else "12345")
            return f"+33{start}{self.chance.randrange(10**7, 10**8)}"
        start = self.chance.choice(("61", "66", "67") if is_mobile else ("522", "537", "528"))
        size = 9 - len(start)
        return f"+212{start}{self.chance.randrange(10 ** (size - 1), 10**size)}"

    def birth(self):
        """Return a date of birth."""
        year, month = self.chance.randint(1940, 2006), self.chance.randint(1, 12)
        return f"{year}-{month:02}-{self.chance.randint(1, 28):02}"

    def family(self, usual):
        """Return a family name: a usual one, or one that nobody has but few."""
        if self.rare and self.often(self.rare):
            return "".join(
                self.chance.choice(part.split()) for part in vocabulary.SYLLABLES
            ).title()
        return self.chance.choice(usual)

    def spelled(self, name):
        """Return one of the usual spellings of a name."""
        return self.chance.choice(name.split("/")).replace("~", " ")

    def typo(self, text):
        """Return ``text`` with one letter wrong."""
        if len(text) < 3:
            return text
        where = self.chance.randrange(len(text) - 1)
        before, after = text[:where], text[where + 1 :]
        letter = self.chance.choice(string.digits if text[where].isdigit() else "aeirntslo")
        return self.chance.choice(
            (
                before + after,
                before + letter + after,
                before + text[where] + letter + after,
                before + text[where + 1] + text[where] + text[where + 2 :],
            )
        )

    def dressed(self, text):
        """Return ``text`` as another hand types it: capitals, accents, spaces."""
        if self.often(0.2):
            text = text.upper()
        elif self.often(0.1):
            text = text.lower()
        return without_accents(text) if self.often(0.3) else text

    def moved(self, address, country):
        """Return an address as another source has it: corrupt, partial or another one."""
        street, code, town = address
        if self.often(self.moves):
            return self.address(country)
        if self.often(0.1):
            code = self.typo(code)[:5]
        if self.often(0.1):
            town = self.typo(town)
        if self.often(0.1):
            street = self.typo(street)
        if self.often(0.08):
            code = ""
        if self.often(0.08):
            town = ""
        if self.often(0.25):
            street = ""
        return self.dressed(street), code, self.dressed(town)

    def number(self, phone, country):
        """Return a phone number as another hand types it."""
        if self.often(0.04):
            phone = phone[:-3] + self.typo(phone[-3:])
        if country == "FR" and self.often(0.6):
            local = "0" + phone[3:]
            return " ".join(local[i : i + 2] for i in range(0, len(local), 2))
        return phone


def have_common(one, other):
    """Tell whether two records share anything but the name."""
    one, other = comparable(one), comparable(other)
    address = one.street_number and (one.street_number, one.street) == (
        other.street_number,
        other.street,
    )
    place = one.zip == other.zip or one.city == other.city
    pairs = ((one.mailbox, other.mailbox), (one.birth, other.birth), (one.company, other.company))
    alike = any(first and first == second for first, second in pairs)
    return alike or bool({*one.phones} & {*other.phones}) or bool(address and place)
