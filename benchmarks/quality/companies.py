"""Companies, their establishments and subsidiaries, and the people who work there."""

from dataclasses import dataclass, field

from stdnum import luhn

from ...models.duplicates.keys.comparable import MatchFacts
from ...tools.text.fold import without_accents
from . import vocabulary
from .people import People
from .typos import have_common


@dataclass
class Company:
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


class Companies(People):
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
        families = vocabulary.FAMILY_MA if country == "MA" else vocabulary.FAMILY_FR
        root = root or self.chance.choice(
            (self.chance.choice(vocabulary.ROOTS), self.spelled(self.chance.choice(families)),
             f"{self.chance.choice(vocabulary.ROOTS)} {self.spelled(self.family(families))}")
        )  # fmt: skip
        name = f"{root} {self.chance.choice(vocabulary.ACTIVITIES)}"
        tag = "".join(char for char in without_accents(name).lower() if char.isalnum())
        number = self.chance.choice(("", str(self.chance.randint(1, 999))))
        domain = f"{tag}{number}.{'fr' if country == 'FR' else 'ma'}"
        siren = self._siren() if country == "FR" else str(self.chance.randrange(10**8, 10**9))
        company = Company(
            name, country, siren, self._nic(siren, country), domain if self.often(0.8) else "",
            self.phone(country, is_mobile=False), self.address(country),
        )  # fmt: skip
        if company.domain and self.often(0.7):
            company.email = f"{self.chance.choice(vocabulary.ROLES)}@{domain}"
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
        return Company(
            company.name, company.country, company.siren, nic, company.domain,
            company.phone if self.often(0.15) else self.phone(company.country, is_mobile=False),
            address, company.email, has_sites=True,
        )  # fmt: skip

    def _employee(self, company):
        person = self._person(company.country)
        person.address, person.birth = company.address, ""
        local = without_accents(
            f"{person.given.split('/')[0]}.{person.family.split('/')[0]}"
        ).lower()
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
        form = self.chance.choice(vocabulary.FORMS[company.country])
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
        return MatchFacts(**{**values, **changes})

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
            name = f"{name} {self.chance.choice(vocabulary.FORMS[company.country])}".strip()
        return self.dressed(name)

    def _employee_written(self, entity, person, company):
        written = [self._facts(person)._replace(firm=company.name, typology="b2b")]
        for _number in range(self.twins()):
            copy = self._copy(person, written)
            firm = self.dressed(company.name) if self.often(0.7) else ""
            written.append(copy._replace(firm=firm, typology="b2b"))
        return [(entity, facts) for facts in written]
