"""Places that several lists have: nurseries, restaurants, clubs, shops and their branches.

Only name, street, phone and sometimes town are known, in English and French.  Two lists write
"North" or "N", "Street" or "St", "Saint" or "St", with or without "Inc." or the association that
runs the place, and have another phone or none.  Beside them are those who are not the same:
branches of one chain, neighbours in one house, places with one switchboard.
"""

from dataclasses import dataclass, replace

from ...models.duplicates.keys.comparable import MatchFacts
from . import vocabulary
from .typos import Generator

#: Roads and directions, short forms after ``|``.
_ROADS = {
    "GB": "Street|St|St.;Avenue|Ave|Ave.|Av;Road|Rd|Rd.;Boulevard|Blvd|Blvd.;Drive|Dr;Lane|Ln;"
    "Court|Ct;Place|Pl;Parkway|Pkwy",
    "FR": "rue|r.;avenue|av.|av|ave;boulevard|bd|bvd|boul.;place|pl.;chemin|ch.;allée|all.;"
    "route|rte;faubourg|fg;quai;impasse|imp.",
}
_DIRECTIONS = {
    "GB": "North|N|N.;South|S|S.;East|E|E.;West|W|W.",
    "FR": "Nord|N;Sud|S;Est|E;Ouest|O",
}
_STREETS_EN = (
    "Main Oak Maple Cedar Elm Washington Lincoln Jefferson Madison Jackson Franklin Lake Hill"
    " Park Pine Church Mill River Spring Walnut Chestnut Highland Sunset Garfield Halsted Ashland"
    " Western Pulaski Cicero Kedzie Damen Clark Wells Devon Foster Belmont Addison Diversey"
    " 47th 63rd 79th 87th 5th 16th Martin~Luther~King Saint~Louis Michigan Wabash Racine"
).split()
_OWNERS = {
    "GB": "Salvation~Army;Catholic~Charities;Children's~Home~Association;Urban~League;"
    "Community~Services~Association;Hope~Foundation;Youth~Services;Family~Network;"
    "Christian~Mission;Neighborhood~Alliance;Education~Trust;Housing~Authority",
    "FR": "Croix-Rouge~Française;Secours~Populaire;Ligue~de~l'Enseignement;Léo~Lagrange;"
    "Association~Familiale;Mutualité~Française;Petits~Débrouillards;Fondation~Avenir;"
    "Amicale~Laïque;Groupe~Horizon;Maison~de~Quartier;Centre~Communal",
}
_KINDS = {
    "GB": "Center|Ctr|Ctr.|Centre;Child~Care~Center|Childcare~Center|Child~Care~Ctr;"
    "Day~Care|Daycare;Academy|Acad.;School|Sch.;Elementary~School|Elem~School;"
    "Restaurant|Rest.;Club;Bakery;Pharmacy;Hotel;Church;Community~Center|Comm.~Ctr.;Gallery;"
    "Early~Learning~Center;Head~Start;Bar~&~Grill|Bar~and~Grill;Coffee~House|Coffeehouse;Market",
    "FR": "Centre|Ctre;Crèche;École|Ecole;Restaurant|Rest.|Resto;Boulangerie;Pharmacie|Phie;"
    "Hôtel;Garage;Club;Librairie;Salon;Brasserie;Centre~Social;Halte-Garderie|Halte~Garderie;"
    "Maison~des~Jeunes;Institut|Inst.;Cabinet;Agence;Café",
}
_CHAINS = {
    "GB": "Bright~Start Sunny~Side Kiddy~Land Little~Angels Burger~Barn Corner~Bistro Fit~Zone"
    " City~Books Happy~Feet Blue~Door Kids~First Green~Leaf",
    "FR": "Petits~Lutins Babilou~Plus Chez~Marcel Optique~Claire Forme~Express Pain~d'Or"
    " Librairie~du~Coin Les~P'tits~Loups Cuisine~Nova Garage~Central Fleurs~d'Anaïs Bio~Marché",
}
_ENDS = {"GB": "Inc. LLC Inc Ltd Corp. Co.", "FR": "SARL SAS SA EURL"}


def _ways(text, separator=";"):
    return [each.replace("~", " ").split("|") for each in text.split(separator)]


@dataclass
class Site:
    country: str
    core: str  # what tells it from others of its owner
    kind: list  # ways to write what it is
    owner: str
    number: str
    direction: list
    road: list
    street: str
    phone: str
    town: str
    code: str


class Sites(Generator):
    def records(self, count):
        """Return so many records of places."""
        found = []
        while len(found) < count:
            for site in self._sites():
                found += self._written(self.entity(), site)
        self.chance.shuffle(found)
        return found[:count]

    # -- places ----------------------------------------------------------------

    def _sites(self):
        first = self._site(self.chance.choice(("GB", "FR")))
        kind = self.chance.random()
        if kind < 0.10:  # branches of a chain
            brand = self.chance.choice(_CHAINS[first.country].split()).replace("~", " ")
            first.core = (
                brand if self.often(0.2) else f"{brand} {self.family(vocabulary.FAMILY_EN)}"
            )
            first.owner = ""
            return [first, *(self._branch(first) for _n in range(self.chance.randint(1, 4)))]
        if kind < 0.20:  # places of one owner
            first.owner = first.owner or self._owner(first.country)
            return [first, *(self._sister(first) for _n in range(self.chance.randint(1, 3)))]
        if kind < 0.27:  # neighbours in one house, a few behind one switchboard
            other = self._at(self._site(first.country), first)
            return [first, replace(other, phone=first.phone) if self.often(0.25) else other]
        return [first]

    def _site(self, country):
        families = vocabulary.FAMILY_EN if country == "GB" else vocabulary.FAMILY_FR
        pool = _STREETS_EN if country == "GB" else vocabulary.ROOTS
        core = self.chance.choice(
            (self.spelled(self.family(families)),
             f"{self.chance.choice(vocabulary.ROOTS)} {self.spelled(self.chance.choice(pool))}",
             f"Saint {self.spelled(self.chance.choice(vocabulary.GIVEN_FR))}",
             f"{self.spelled(self.chance.choice(pool))} {self.spelled(self.family(families))}")
        )  # fmt: skip
        streets = _STREETS_EN if country == "GB" else vocabulary.STREETS
        directions = [["", ""], ["", ""], *_ways(_DIRECTIONS[country])]
        if country == "FR":
            directions = [["", ""]] * 9 + directions
        code, _space, town = self.chance.choice(vocabulary.CITIES["FR"].split(";")).partition(" ")
        if country == "GB":
            code, town = str(self.chance.randint(60600, 60660)), "Chicago"
        return Site(
            country, core, self.chance.choice(_ways(_KINDS[country])),
            self._owner(country) if self.often(0.25) else "", str(self.chance.randint(1, 9900)),
            self.chance.choice(directions), self.chance.choice(_ways(_ROADS[country])),
            self.spelled(self.chance.choice(streets)), self._number(country), town, code,
        )  # fmt: skip

    def _owner(self, country):
        return self.chance.choice(_OWNERS[country].split(";")).replace("~", " ")

    def _number(self, country):
        if country == "GB":
            return f"+1312{self.chance.randint(2, 9)}{self.chance.randrange(10**5, 10**6)}"
        return self.phone("FR", is_mobile=False)

    @staticmethod
    def _at(site, there):
        where = ("number", "direction", "road", "street", "town", "code")
        return replace(site, **{name: getattr(there, name) for name in where})

    def _branch(self, site):
        other = self._at(site, self._site(site.country))
        return replace(other, phone=other.phone if self.often(0.2) else self._number(site.country))

    def _sister(self, site):
        return replace(self._site(site.country), owner=site.owner)

    # -- records ---------------------------------------------------------------

    def _written(self, entity, site):
        sizes = self.chance.choices((1, 2, 3, 4, 5), (40, 30, 16, 9, 5))[0]
        return [(entity, self._record(site)) for _number in range(sizes)]

    def _record(self, site):
        knows_town = self.often(0.5)
        return MatchFacts(
            firm=self._name(site), is_company=True, typology="b2b",
            phones=self._phones(site), street=self._street(site),
            zip=site.code if knows_town and self.often(0.7) else "",
            city=site.town if knows_town else "", country="US" if site.country == "GB" else "FR",
        )  # fmt: skip

    def _one_of(self, ways, share=0.4):
        return self.chance.choice(ways[1:]) if len(ways) > 1 and self.often(share) else ways[0]

    def _name(self, site):
        core = self._saint(site.core)
        if site.direction[0] and len(core) < 8:
            core = f"{core} {self._one_of(site.direction)}"
        name = core if self.often(0.08) else self._joined(site, core, self._one_of(site.kind))
        if self.often(0.10):
            name = self.typo(name)
        if site.owner and self.often(0.6):
            name = self.chance.choice(
                (f"{site.owner} - {name}", f"{site.owner} {name}", f"{site.owner}/{name}",
                 f"{name} ({site.owner})")
            )  # fmt: skip
        if self.often(0.15):
            name = f"{name} {self.chance.choice(_ENDS[site.country].split())}"
        return self.dressed(name)

    @staticmethod
    def _joined(site, core, kind):
        return f"{core} {kind}" if site.country == "GB" else f"{kind} {core}"

    def _saint(self, text):
        return text.replace("Saint ", self.chance.choice(("Saint ", "St ", "St. ", "St-")))

    def _street(self, site):
        if self.often(0.04):
            return ""
        direction = self._one_of(site.direction, 0.6) if self.often(0.85) else ""
        road = self._one_of(site.road, 0.6)
        if self.often(0.07):
            road = self.chance.choice(_ways(_ROADS[site.country]))[0]
        elif self.often(0.06):
            road = ""
        street = self._saint(site.street)
        if self.often(0.08):
            street = self.typo(street)
        number = site.number
        if self.often(0.04):
            number = self.typo(number)
        if site.country == "GB":
            parts = (number, direction, street, road)
        else:
            parts = (number + ("," if self.often(0.3) else ""), road, street, direction)
        text = " ".join(filter(None, parts))
        if self.often(0.08):
            end = ("Suite 2", "2nd Floor", "Unit B", "#3", "bât. C", "2e étage", "BP 12")
            text = f"{text}, {self.chance.choice(end)}"
        return self.dressed(text)

    def _phones(self, site):
        kind = self.chance.random()
        if kind < 0.15:
            return ()
        if kind < 0.33:
            return (self._number(site.country),)
        phone = site.phone
        if kind < 0.37:
            phone = phone[:-3] + self.typo(phone[-3:])
        return (phone,)
