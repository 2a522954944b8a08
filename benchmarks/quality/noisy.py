"""People as careless hands leave them: every field wrong now and then, none of them sure.

Only name, date of birth, town and e-mail address are known.  A third of the copies has an error
in each of them: letters lost, doubled and swapped, parts of the name missing, swapped or typed
together, digits of the date wrong, day and month swapped, another year.  Beside them are those
who are not the same: brothers and sisters, spouses, twins, father and son of one name, namesakes.
"""

import datetime
from dataclasses import dataclass, replace

from ...models.duplicates.keys.comparable import MatchFacts, comparable
from ...tools.text.fold import without_accents
from . import vocabulary
from .typos import Generator


@dataclass
class Known:
    given: str
    family: str
    birth: datetime.date
    town: str
    email: str
    country: str


class Noisy(Generator):
    def records(self, count):
        """Return so many records of people, four of each on average."""
        found = []
        while len(found) < count:
            for person in self._people():
                found += self._written(self.entity(), person)
        self.chance.shuffle(found)
        return found[:count]

    # -- people ----------------------------------------------------------------

    def _people(self):
        first = self._person()
        kind = self.chance.random()
        if kind < 0.10:  # brothers, sisters and spouses
            return [first, self._relative(first, self._born())]
        if kind < 0.12:  # twins
            return [first, self._relative(first, first.birth)]
        if kind < 0.14:  # father and son
            years = self.chance.randint(20, 40)
            born = first.birth.replace(year=first.birth.year - years, month=self._month())
            return [first, replace(first, birth=born, email=self._mailbox(first))]
        if kind < 0.17:  # a namesake
            other = self._person(first.country)
            return [first, replace(other, given=first.given, family=first.family)]
        return [first]

    def _person(self, country=None):
        country = country or self.chance.choice(("GB", "FR"))
        given = vocabulary.GIVEN_EN if country == "GB" else vocabulary.GIVEN_FR
        family = vocabulary.FAMILY_EN if country == "GB" else vocabulary.FAMILY_FR
        person = Known(
            self.spelled(self.chance.choice(given)), self.spelled(self.family(family)),
            self._born(), self.spelled(self.chance.choice(vocabulary.TOWNS[country])), "", country,
        )  # fmt: skip
        person.email = self._mailbox(person)
        return person

    def _relative(self, person, born):
        other = self._person(person.country)
        while other.given == person.given:
            other = self._person(person.country)
        return replace(other, family=person.family, town=person.town, birth=born)

    def _born(self):
        return datetime.date(1940, 1, 1) + datetime.timedelta(self.chance.randrange(27000))

    def _month(self):
        return self.chance.choice((1, 3, 5, 7, 8, 10, 12))

    def _mailbox(self, person):
        given, family = (
            without_accents(name).lower().translate({ord(sign): None for sign in " '-"})
            for name in (person.given, person.family)
        )
        pattern = self.chance.choice(
            (f"{given}.{family}", f"{given}{family[0]}", f"{given}{self.chance.randint(1, 999)}",
             f"{given[0]}{family}{self.chance.randint(1, 99)}", f"{given}.{family}{family[0]}")
        )  # fmt: skip
        return f"{pattern}@{self.chance.choice(vocabulary.MAIL_HOSTS)}"

    # -- records ---------------------------------------------------------------

    def _written(self, entity, person):
        sizes = self.chance.choices((1, 2, 3, 4, 5, 6, 7), (14, 15, 17, 18, 16, 12, 8))[0]
        return [(entity, self._record(person)) for _number in range(sizes)]

    def _record(self, person):
        """Return what one source has of a person; at least two things of the four."""
        while True:
            facts = MatchFacts(
                person=self._name(person), birth=self._birth(person.birth),
                city=self._town(person.town), email=self._email(person.email),
                country=person.country,
            )  # fmt: skip
            known = comparable(facts)
            if sum(map(bool, (known.name, known.birth, known.city, known.email))) >= 2:
                return facts

    def _name(self, person):
        given, family = self._part(person.given), self._part(person.family)
        if self.often(0.05):
            given = vocabulary.SHORT.get(person.given, person.given[:3])
        kind = self.chance.random()
        if kind < 0.08:
            return family
        if kind < 0.14:
            return given
        if kind < 0.16:
            return ""
        if kind < 0.25:
            return f"{family} {given}"
        if kind < 0.27:
            return f"{given}{family}"
        return self.dressed(f"{given} {family}")

    def _part(self, name):
        return self._wrong(name, 0.14)

    def _wrong(self, text, share):
        """Return ``text`` with a letter wrong so often, sometimes with several."""
        while self.often(share):
            text, share = self.slip(text), 0.25
        return text

    def slip(self, text):
        """Return ``text`` with one slip: a typo, a strange letter or two letters swapped."""
        if len(text) < 3 or self.often(0.5):
            return self.typo(text)
        one, other = sorted(self.chance.sample(range(len(text)), 2))
        if self.often(0.5):
            return text[:one] + self.chance.choice("bcdfghjkmpquvwxyz") + text[one + 1 :]
        swapped = text[:one] + text[other] + text[one + 1 : other] + text[one]
        return swapped + text[other + 1 :]

    def _birth(self, born):
        kind = self.chance.random()
        text = born.isoformat()
        if kind < 0.04:
            return ""
        if kind < 0.13:
            return self._date_or(text, self._digit(text, (2, 3, 5, 6, 8, 9)))
        if kind < 0.15:
            return self._date_or(text, text[:8] + text[9] + text[8])
        if kind < 0.18:
            return self._date_or(text, f"{text[:4]}-{text[8:]}-{text[5:7]}")
        if kind < 0.21:
            return self._date_or(text, f"{born.year + self.chance.randint(-9, 9)}{text[4:]}")
        if kind < 0.24:
            return str(born + datetime.timedelta(self.chance.randint(-40, 40)))
        if kind < 0.26:
            return str(self._born())
        return text

    def _digit(self, text, places):
        where = self.chance.choice(places)
        return text[:where] + self.chance.choice("0123456789") + text[where + 1 :]

    @staticmethod
    def _date_or(usual, wrong):
        """Return a wrong date if there is such a day: a form takes no other."""
        try:
            return datetime.date.fromisoformat(wrong).isoformat()
        except ValueError:
            return usual

    def _town(self, town):
        return "" if self.often(0.18) else self._wrong(self.dressed(town), 0.16)

    def _email(self, email):
        kind = self.chance.random()
        local, _at, host = email.partition("@")
        if kind < 0.18:
            return ""
        if kind < 0.28:
            return f"{self._mail_slip(local)}@{host}"
        if kind < 0.31:
            return f"{local}@{self._mail_slip(host)}"
        if kind < 0.34:
            return f"{local}@{self.chance.choice(vocabulary.MAIL_HOSTS)}"
        return email

    def _mail_slip(self, text):
        wrong = self._wrong(text, 1.0)
        return wrong if wrong[0].isalnum() and wrong[-1].isalnum() and ".." not in wrong else text
