"""Customers with their truth: who is who in data as messy as real ones. Seeded.

A *record* is ``(entity, facts)``; two records of one entity are duplicates.  What makes it hard:
typos, other spellings, swapped names, people who moved or changed their phone, corrupt postal
codes and towns; and those who look like twins without being any: households with one phone and
one address, namesakes, colleagues with one switchboard and one role mailbox, establishments of
one SIREN, subsidiaries with one domain.  A duplicate keeps its name in some form and at least
one of e-mail, phone, address, date of birth or company number: nothing could find the others.
"""

import random
import string
import unicodedata
from dataclasses import dataclass, field

from stdnum import luhn

from ...tools.match_profile import Facts, profile
from . import words


def people(count, seed, rare=0.0):
    """Return records of ``count`` private persons, a third of whom are there twice or more.

    :param rare: the share of family names that are made up: a big database needs more names,
        and more postal codes, than the lists here have
    """
    return _People(random.Random(f"people {seed}"), rare).records(count)


def companies(count, seed, rare=0.0):
    """Return records of ``count`` companies and of people who work for them."""
    return _Companies(random.Random(f"companies {seed}"), rare).records(count)


@dataclass
class _Person:
    given: str
    family: str
    country: str
    female: bool = False
    email: str = ""
    phone: str = ""
    address: tuple = ("", "", "")  # street, postal code, town
    birth: str = ""


@dataclass
class _Company:
    name: str
    country: str
    siren: str
    nic: str
    domain: str
    phone: str
    address: tuple
    email: str = ""
    people: list = field(default_factory=list)
    has_sites: bool = False


class _Generator:
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
        code, _space, town = self.chance.choice(words.CITIES[country].split(";")).partition(" ")
        if self.rare:
            code = f"{code[:2]}{self.chance.randrange(150):03}"
        road = f"{self.chance.choice(words.ROADS)} {self.chance.choice(words.STREETS)}"
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
            return "".join(self.chance.choice(part.split()) for part in words.SYLLABLES).title()
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
        return plain(text) if self.often(0.3) else text

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
    one, other = profile(one), profile(other)
    address = one.street_number and (one.street_number, one.street) == (
        other.street_number,
        other.street,
    )
    place = one.zip == other.zip or one.city == other.city
    pairs = ((one.mailbox, other.mailbox), (one.birth, other.birth), (one.company, other.company))
    alike = any(first and first == second for first, second in pairs)
    return alike or bool({*one.phones} & {*other.phones}) or bool(address and place)


def plain(text):
    """Return ``text`` without accents."""
    text = unicodedata.normalize("NFKD", text)
    return "".join(char for char in text if not unicodedata.combining(char))


class _People(_Generator):
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
        given = self.chance.choice(words.GIVEN_MA if local else words.GIVEN_FR)
        family = family or self.family(words.FAMILY_MA if local else words.FAMILY_FR)
        person = _Person(given, family, country)
        person.email = self._mailbox(person) if self.often(0.75) else ""
        person.phone = self.phone(country) if self.often(0.75) else ""
        person.address = self.address(country)
        person.birth = self.birth() if self.often(0.4) else ""
        return person

    def _mailbox(self, person):
        given, family = (
            plain(self.spelled(name)).lower().replace(" ", "").replace("'", "")
            for name in (person.given, person.family)
        )
        number = self.chance.choice(("", "", str(self.chance.randint(1, 99))))
        sign = self.chance.choice((".", "", "_", "."))
        pattern = self.chance.choice(
            (f"{given}{sign}{family}{number}", f"{given[0]}{sign}{family}{number}",
             f"{family}{sign}{given}{number}", f"{given}{number or 7}{family[:3]}")
        )  # fmt: skip
        return f"{pattern}@{self.chance.choice(words.FREE_MAIL)}"

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
        return Facts(**{**values, **changes})

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


class _Companies(_People):
    #: Companies move less often than people do.
    moves = 0.08

    def records(self, count):
        """Return the records of so many companies and their people."""
        found = []
        while self.serial < count:
            group = self._group()
            for company in group:
                found += self._company_written(self.entity(), company)
                for person in company.people:
                    found += self._employee_written(self.entity(), person, company)
        self.chance.shuffle(found)
        return found

    def _group(self):
        """Return a company, perhaps with its establishments or with subsidiaries."""
        first = self._company()
        group = [first]
        if self.often(0.12):
            first.has_sites = True
            for _number in range(self.chance.randint(1, 3)):
                group.append(self._establishment(first))
        elif self.often(0.06):
            other = self._company(first.country, first.name.split()[0])
            other.domain, other.email = first.domain, ""
            group.append(other)
        return group

    def _company(self, country=None, root=None):
        country = country or self.chance.choice(("FR", "FR", "MA"))
        families = words.FAMILY_MA if country == "MA" else words.FAMILY_FR
        root = root or self.chance.choice(
            (self.chance.choice(words.ROOTS), self.spelled(self.chance.choice(families)),
             f"{self.chance.choice(words.ROOTS)} {self.spelled(self.family(families))}")
        )  # fmt: skip
        name = f"{root} {self.chance.choice(words.ACTIVITIES)}"
        tag = "".join(char for char in plain(name).lower() if char.isalnum())
        number = self.chance.choice(("", str(self.chance.randint(1, 999))))
        domain = f"{tag}{number}.{'fr' if country == 'FR' else 'ma'}"
        siren = self._siren() if country == "FR" else str(self.chance.randrange(10**8, 10**9))
        company = _Company(
            name, country, siren, self._nic(siren, country), domain if self.often(0.8) else "",
            self.phone(country, is_mobile=False), self.address(country),
        )  # fmt: skip
        if company.domain and self.often(0.7):
            company.email = f"{self.chance.choice(words.ROLES)}@{domain}"
        company.people = [self._employee(company) for _n in range(self.chance.choice((0, 0, 1, 2)))]
        return company

    def _siren(self):
        body = str(self.chance.randrange(10**7, 10**8))
        return body + luhn.calc_check_digit(body)

    def _nic(self, siren, country):
        if country == "FR":
            body = siren + f"{self.chance.randrange(1, 9999):04}"
            return body[9:] + luhn.calc_check_digit(body)
        body = siren + f"{self.chance.randrange(1, 9999):04}"
        return f"{body[9:]}{97 - int(body) * 100 % 97:02}"

    def _establishment(self, company):
        address = self.address(company.country)
        while address[2] == company.address[2]:
            address = self.address(company.country)
        nic = company.nic
        while nic == company.nic:
            nic = self._nic(company.siren, company.country)
        return _Company(
            company.name, company.country, company.siren, nic, company.domain,
            company.phone if self.often(0.15) else self.phone(company.country, is_mobile=False),
            address, company.email, has_sites=True,
        )  # fmt: skip

    def _employee(self, company):
        person = self._person(company.country)
        person.address, person.birth = company.address, ""
        local = plain(f"{person.given.split('/')[0]}.{person.family.split('/')[0]}").lower()
        local = local.replace("~", "").replace("'", "")
        person.email = f"{local}@{company.domain}" if company.domain else person.email
        person.phone = company.phone if self.often(0.4) else person.phone
        return person

    # -- records ---------------------------------------------------------------

    def _company_written(self, entity, company):
        written = [self._company_facts(company)]
        for _number in range(self.twins()):
            written.append(self._company_copy(company, written))
        return [(entity, facts) for facts in written]

    def _registry(self, company):
        """Return a company id as one source has it: establishment, entity, VAT or nothing."""
        if company.country == "MA":
            whole = company.siren + company.nic
            return (whole, "") if self.often(0.6) else ("", "")
        if self.often(0.85 if company.has_sites else 0.5):
            return company.siren + company.nic, ""
        if self.often(0.25):
            return company.siren, ""
        key = (12 + 3 * (int(company.siren) % 97)) % 97
        return ("", f"FR{key:02}{company.siren}") if self.often(0.3) else ("", "")

    def _company_facts(self, company, **changes):
        street, code, town = company.address
        registry, vat = self._registry(company)
        form = self.chance.choice(words.FORMS[company.country])
        values = {
            "firm": f"{company.name} {form}".strip(),
            "is_company": True,
            "typology": "b2b",
            "email": company.email,
            "phones": (company.phone,) if self.often(0.8) else (),
            "registry": registry,
            "vat": vat,
            "website": f"www.{company.domain}" if company.domain and self.often(0.6) else "",
            "street": street,
            "zip": code,
            "city": town,
            "country": company.country,
        }
        return Facts(**{**values, **changes})

    def _company_copy(self, company, written):
        while True:
            street, code, town = self.moved(company.address, company.country)
            registry, vat = self._registry(company)
            copy = self._company_facts(
                company, firm=self._firm(company), phones=(self._other_phone(company),),
                email=company.email if self.often(0.6) else "", registry=registry, vat=vat,
                street=street, zip=code, city=town,
            )  # fmt: skip
            if all(have_common(other, copy) for other in written):
                return copy

    def _firm(self, company):
        name = self.typo(company.name) if self.often(0.1) else company.name
        if self.often(0.2):
            name = f"{self.chance.choice(('Sté', 'Ets', 'Groupe', 'SARL'))} {name}"
        elif self.often(0.4):
            name = f"{name} {self.chance.choice(words.FORMS[company.country])}".strip()
        return self.dressed(name)

    def _employee_written(self, entity, person, company):
        written = [self._facts(person)._replace(firm=company.name, typology="b2b")]
        for _number in range(self.twins()):
            copy = self._copy(person, written)
            firm = self.dressed(company.name) if self.often(0.7) else ""
            written.append(copy._replace(firm=firm, typology="b2b"))
        return [(entity, facts) for facts in written]
