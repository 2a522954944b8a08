"""Private persons and their households."""

from dataclasses import dataclass

from ...models.duplicates.keys.comparable import MatchFacts
from ...tools.text.fold import without_accents
from . import vocabulary
from .typos import Generator, have_common


@dataclass
class Person:
    given: str
    family: str
    country: str
    female: bool = False
    email: str = ""
    phone: str = ""
    address: tuple = ("", "", "")  # street, postal code, town
    birth: str = ""


class People(Generator):
    def records(self, count):
        """Return the records of so many persons."""
        found = []
        while self.serial < count:
            family = self._household() if self.often(0.15) else [self._person()]
            for person in family:
                found += self._written(self.entity(), person)
        self.chance.shuffle(found)
        return found

    def _person(self, country=None, family=None):
        country = country or self.chance.choice(("FR", "FR", "MA"))
        local = country == "MA" or self.often(0.2)
        given = self.chance.choice(vocabulary.GIVEN_MA if local else vocabulary.GIVEN_FR)
        family = family or self.family(vocabulary.FAMILY_MA if local else vocabulary.FAMILY_FR)
        person = Person(given, family, country)
        person.email = self._mailbox(person) if self.often(0.75) else ""
        person.phone = self.phone(country) if self.often(0.75) else ""
        person.address = self.address(country)
        person.birth = self.birth() if self.often(0.4) else ""
        return person

    def _mailbox(self, person):
        given, family = (
            without_accents(self.spelled(name)).lower().replace(" ", "").replace("'", "")
            for name in (person.given, person.family)
        )
        number = self.chance.choice(("", "", str(self.chance.randint(1, 99))))
        sign = self.chance.choice((".", "", "_", "."))
        pattern = self.chance.choice(
            (f"{given}{sign}{family}{number}", f"{given[0]}{sign}{family}{number}",
             f"{family}{sign}{given}{number}", f"{given}{number or 7}{family[:3]}")
        )  # fmt: skip
        return f"{pattern}@{self.chance.choice(vocabulary.FREE_MAIL)}"

    def _household(self):
        """Return people who share their address, often the phone, sometimes the e-mail."""
        first = self._person()
        found = [first]
        for _number in range(self.chance.randint(1, 3)):
            other = self._person(first.country, first.family)
            other.address = first.address
            if any(other.given == each.given for each in found):
                continue
            if self.often(0.5):
                other.phone = first.phone
            if self.often(0.08):
                other.email = first.email
            found.append(other)
        return found

    def _written(self, entity, person):
        written = [self._facts(person)]
        for _number in range(self.twins()):
            written.append(self._copy(person, written))
        return [(entity, facts) for facts in written]

    def _facts(self, who, **changes):
        street, code, town = who.address
        values = {
            "person": f"{self.spelled(who.given)} {self.spelled(who.family)}",
            "email": who.email,
            "phones": (who.phone,),
            "street": street,
            "zip": code,
            "city": town,
            "birth": who.birth,
            "country": who.country,
        }
        return MatchFacts(**{**values, **changes})

    def _copy(self, person, written):
        """Return what another source knows of a person."""
        while True:
            street, code, town = self.moved(person.address, person.country)
            birth = person.birth if self.often(0.6) else ""
            if birth and self.often(0.05):
                birth = birth[:-1] + self.chance.choice("12345678")
            copy = self._facts(
                person, person=self._name(person), email=self._other_email(person),
                phones=(self._other_phone(person),), birth=birth,
                street=street, zip=code, city=town,
            )  # fmt: skip
            if all(have_common(other, copy) for other in written):
                return copy

    def _name(self, person):
        given, family = self.spelled(person.given), self.spelled(person.family)
        if self.often(0.07):
            given = self.typo(given)
        if self.often(0.07):
            family = self.typo(family)
        if self.often(0.03):
            given = given[0]
        name = f"{family} {given}" if self.often(0.25) else f"{given} {family}"
        if self.often(0.08):
            name = f"{self.chance.choice(('M.', 'Mme', 'Dr'))} {name}"
        return self.dressed(name)

    def _other_email(self, person):
        if self.often(0.3):
            return ""
        if self.often(0.12):
            return self._mailbox(person)
        email = person.email
        if email and self.often(0.04):
            local, _at, domain = email.partition("@")
            return f"{self.typo(local)}@{domain}"
        if email and self.often(0.05):
            return email.replace("@", "+crm@")
        return email.upper() if self.often(0.05) else email

    def _other_phone(self, person):
        if self.often(0.3):
            return ""
        if self.often(0.12):
            return self.phone(person.country)
        return self.number(person.phone, person.country) if person.phone else ""
