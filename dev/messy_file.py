"""Write demo/prospects.xlsx: a thousand rows as a salesperson keeps them, to try the import with.

`python dev/messy_file.py`, with a Python that has XlsxWriter.  The same rows each time.
"""

import sys
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random

import xlsxwriter

# As a script, Python looks for modules in dev/ itself; `tools` is beside it.
sys.path[0] = str(Path(__file__).resolve().parents[1])
sys.dont_write_bytecode = True

from dev import console, paths  # noqa: E402

FILE = paths.ROOT / "demo" / "prospects.xlsx"
ROWS = 1000
HEADERS = (
    "Société|Contact|Fonction|E-mail|Tél|Portable|Adresse|CP|Ville|Pays|SIRET|Effectif"
    "|CA annuel|Origine|1er contact|Besoin|Budget|Commentaires|Commercial|Newsletter"
).split("|")
TOWNS = (
    "01000 Bourg-en-Bresse|04100 Manosque|06000 Nice|06130 Grasse|07100 Annonay|08000 Sedan"
    "|13002 Marseille|21000 Dijon|25000 Besançon|29200 Brest|31000 Toulouse|33000 Bordeaux"
    "|34000 Montpellier|35000 Rennes|37000 Tours|38000 Grenoble|42100 Saint-Étienne|44000 Nantes"
    "|45000 Orléans|49000 Angers|51100 Reims|54000 Nancy|57000 Metz|59000 Lille|59500 Douai"
    "|63000 Clermont-Ferrand|64000 Pau|67000 Strasbourg|68100 Mulhouse|69003 Lyon|69100 Bron"
    "|72000 Le Mans|74000 Annecy|75011 Paris|76600 Le Havre|80000 Amiens|83000 Toulon|86000 Chinon"
    "|87000 Limoges|93200 Saint-Denis"
).split("|")
TRADES = (
    "Fonderie|Menuiserie|Imprimerie|Conserverie|Mécanique|Transports|Plasturgie|Électricité"
    "|Chaudronnerie|Biscuiterie|Brasserie|Garage|Pharmacie|Cabinet|Ateliers|Maçonnerie|Isolation"
    "|Logistique|Papeterie|Textiles|Boulangerie|Carrosserie|Charpente|Confiserie|Cosmétiques"
    "|Découpage|Emballages|Fromagerie|Horlogerie|Jouets|Laboratoire|Marbrerie|Métallerie|Optique"
    "|Pépinières|Quincaillerie|Sellerie|Tôlerie|Verrerie|Vins"
).split("|")
OWN_NAMES = (
    "Achard|Béal|Carrel|Delorme|Estève|Fabre|Garnier|Hamon|Imbert|Jourdan|Kermarec|Lacoste|Masson"
    "|Noël|Ollivier|Perrin|Quéré|Rolland|Sabatier|Texier|Ungerer|Vasseur|Weber|Yvon|Zeller|du Lac"
    "|de la Vallée|du Pont-Neuf|des Alpes|du Ponant"
).split("|")
FORMS = ("SARL", "SAS", "SA", "S.A.S.", "", "", "EURL")
FIRST = (
    "Julie|Marc|Claire|Thomas|Nadia|Julien|Isabelle|Karim|Sophie|Luc|Émilie|Hugo|Fatima|Paul"
    "|Chloé|Antoine|Hélène|Yann|Inès|Bruno"
).split("|")
LAST = (
    "Martin|Lambert|Faure|Benali|Le Goff|Roux|Petit|Moreau|Fontaine|Chevalier|Girard|Bonnet|Dupuis"
    "|Lefèvre|Marchand|Blanchard|Guérin|Colin|Barbier|Perret"
).split("|")
POSITIONS = (
    "Directeur général|DG|Gérante|Resp. achats|Responsable production|DAF|Directrice technique"
    "|chef d'atelier|Assistante|acheteur|"
).split("|")
SOURCES = (
    "Salon|salon Lyon|Site web|site|Bouche à oreille|Recommandation|LinkedIn|linkedin|Prospection"
    "|tel entrant|Emailing|Partenaire||?"
).split("|")
NEEDS = (
    "Devis pour 3 machines|Audit énergie|Maintenance|Remplacer le logiciel actuel|à rappeler"
    "|Extension de l'atelier|Formation de l'équipe|||xxx"
).split("|")
NOTES = (
    "Rappeler mardi|Très intéressé|ne répond jamais|Vu au salon, carte de visite|OK pour un devis"
    "|attention, mauvais payeur|En arrêt maladie jusqu'en mars|Délégué syndical CGT"
    "|préfère le tél||||||||||"
).split("|")
SELLERS = ("Sofia Martin", "sofia martin", "S. Martin", "", "", "")
FREE = ("gmail.com", "orange.fr", "wanadoo.fr", "gmial.com", "hotmail.fr")
#: Already customers of the demo, written as a salesperson would.
KNOWN = (
    ("FONDERIES DU GIER", "Claire LAMBERT", "DAF", "claire.lambert@fonderies-gier.example.com"),
    ("Conserverie Kerlann SA", "Le Goff", "", "gwenaelle.legoff@kerlann.example.com"),
    ("menuiserie altherr", "M. Altherr", "PDG", "marc.altherr@menuiserie-altherr.example.com"),
    (
        "Aero Composites Garonne",
        "Thomas Escudier",
        "acheteur",
        "thomas.escudier@aero-composites-garonne.example.com",
    ),
)


def checked(digits):
    """Return digits with the one that makes their sum right, as SIREN and SIRET have it."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return digits + str(-total % 10)


def plain(text):
    """Return a text as it stands in an address of the web."""
    table = str.maketrans("àâéèêëîïôöùûüç", "aaeeeeiioouuuc")
    return "".join(sign for sign in text.lower().translate(table) if sign.isalnum())


def phone(random, start):
    """Return a number of those that France keeps for stories, written in one of many ways."""
    digits = start + f"{random.randrange(10000):04}"
    pairs = [digits[place : place + 2] for place in range(0, 10, 2)]
    return random.choice(
        [
            " ".join(pairs),
            " ".join(pairs),
            ".".join(pairs),
            digits,
            int(digits),
            "+33 " + " ".join(pairs)[1:],
            f"{' '.join(pairs)} / {' '.join(reversed(pairs[1:]))}" if start[1] == "1" else digits,
        ]
    )


def day(random):
    """Return a day of the last three years: a date, or a text in one of two orders."""
    when = date(2026, 10, 30) - timedelta(days=random.randrange(1100))
    return random.choice(
        [
            datetime(when.year, when.month, when.day),
            datetime(when.year, when.month, when.day),
            when.strftime("%d/%m/%Y"),
            when.strftime("%d/%m/%y"),
            when.strftime("%m/%d/%Y"),
            when.strftime("%Y"),
            "",
        ]
    )


def person(random):
    """Return a name, and how a salesperson types it."""
    first, last = random.choice(FIRST), random.choice(LAST)
    typed = random.choice(
        [f"{first} {last}", f"{last.upper()} {first}", f"M. {last}", f"{first} {last.upper()}"]
    )
    return first, last, typed


def customer(random, trade, own):
    """Return the row of somebody new."""
    name = " ".join(part for part in (trade, own, random.choice(FORMS)) if part)
    first, last, typed = person(random)
    zip_code, town = random.choice(TOWNS).split(" ", 1)
    domain = f"{plain(trade)}-{plain(own)}.example.com"
    email = f"{plain(first)}.{plain(last)}@{domain}"
    siret = checked(checked(f"{random.randrange(10**8):08}") + "0001")
    return [
        random.choice([name, name, name.upper()]),
        typed,
        random.choice(POSITIONS),
        random.choice([email] * 9 + [f"{plain(first)}{plain(last)}@{random.choice(FREE)}"]),
        phone(random, random.choice(["019900", "046571", "035301"])),
        random.choice([phone(random, "063998"), ""]),
        f"{random.randrange(1, 180)} {random.choice(['rue', 'av.', 'bd'])} {random.choice(LAST)}",
        random.choice([int(zip_code), zip_code]),
        random.choice([town, town, town.upper()]),
        random.choice(["France", "FR", "", "france"]),
        random.choice([float(siret), siret, f"{int(siret):.5E}".replace(".", ","), "", "", ""]),
        random.choice(["11-50", "1 à 9", "50-99", "250+", 12, 45, 130, "", "?"]),
        random.choice(["1,2 M€", "450 k€", 2500000, "", "", "n.c."]),
        random.choice(SOURCES),
        day(random),
        random.choice(NEEDS),
        random.choice(["", "", 5000, 12000, "15 k€", "20 000 €"]),
        random.choice(NOTES),
        random.choice(SELLERS),
        random.choice(["oui", "non", "", "x"]),
    ]


def again(random, row):
    """Return the same customer, typed once more by somebody who did not look."""
    other = list(row)
    other[0] = random.choice([row[0].lower(), row[0].replace("é", "e"), f"{row[0]} "])
    other[1] = person(random)[2] if random.random() < 0.3 else row[1]
    other[14:18] = [day(random), random.choice(NEEDS), "", random.choice(NOTES)]
    return other


def spoil(random, row):
    """Type nonsense into some cells, as happens."""
    if random.random() < 0.02:
        row[3] = random.choice(["test@test.fr", "aaa", "pas d'email", "julie.martin@"])
    if random.random() < 0.015:
        row[8] = row[8].encode().decode("cp1252", "replace")
    if random.random() < 0.01:
        row[4] = random.choice(["00 00 00 00 00", "idem", "06 12"])
    if random.random() < 0.008:
        row[0], row[1] = random.choice(["", "xxx", "N/A"]), ""
    return row


def rows():
    """Return the rows of the file, headers excepted."""
    random = Random(19)
    names = [(trade, own) for trade in TRADES for own in OWN_NAMES]
    random.shuffle(names)
    made = []
    while len(made) < ROWS:
        if made and random.random() < 0.08:
            row = again(random, random.choice(made))
        else:
            row = customer(random, *names.pop())
        if len(made) in range(100, 500, 100):
            row[:4] = KNOWN[len(made) // 100 - 1]
        made.append(spoil(random, row))
    return made


def main():
    """Write the file: two lines of title above the headers, formats as Excel sets them."""
    with xlsxwriter.Workbook(FILE) as book:
        book.set_properties({"created": datetime(2026, 11, 1)})
        title = book.add_format({"bold": True, "font_size": 14})
        header = book.add_format({"bold": True, "bg_color": "#D9E2F3", "border": 1})
        as_date = book.add_format({"num_format": "dd/mm/yyyy"})
        sheet = book.add_worksheet("Prospects")
        sheet.write(0, 0, "Prospects salon + anciens fichiers (NE PAS EFFACER)", title)
        sheet.write_row(2, 0, HEADERS, header)
        for line, row in enumerate(rows(), start=3):
            for column, cell in enumerate(row):
                if isinstance(cell, datetime):
                    sheet.write_datetime(line, column, cell, as_date)
                elif isinstance(cell, str):
                    sheet.write_string(line, column, cell) if cell else None
                else:
                    sheet.write_number(line, column, cell)
        sheet.set_column(0, len(HEADERS), 16)
        book.add_worksheet("Feuil2").write(0, 0, "brouillon")
    console.say(f"{FILE}: {ROWS} rows, {FILE.stat().st_size // 1000} kB")


if __name__ == "__main__":
    main()
