"""The nasty files of ``files/``: run this to make them anew. And big ones, which are not kept."""

import io
import random
import struct
import sys
import zipfile
from datetime import date, datetime
from pathlib import Path

import xlsxwriter
import xlwt

FOLDER = Path(__file__).with_name("files")

_TEXTS = {
    # what French Excel writes: semicolons, Windows, a separator within quotation marks
    "windows.csv": (
        "cp1252",
        "Société;Ville;CA;Notes\r\n"
        '"Hélène; et fils";Orléans;1 234,50 €;"a dit ""oui""\r\net rappelle"\r\n'
        "Métallerie Dœuf;Nîmes;12,5 k€;œuvre à 5 €\r\n",
    ),
    "utf16.txt": ("utf-16", "Nom\tVille\r\nÉlodie\tGuéret\r\nفاطمة\tالرباط\r\n"),
    "macintosh.csv": (
        "mac_roman",
        "Prénom;Métier;Société\rHélène;Géomètre à façon;Société générale d'études\r"
        "Éric;Électricien, réseaux;Électricité réunie\rZoé;Chargée d’études;Études côtières\r",
    ),
    # the name of a report, uneven rows, titles again, both date orders, a total
    "report.csv": (
        "utf-8-sig",
        "Extraction clients;;;\n;;;\nEdité le 03/02/2025;;;\n"
        "Client;E-mail;Né le;Date de naissance\n"
        "Dupont;a@dupont.example;25/12/1980;12/25/1980\n"
        "Durand;b@durand.example\n"
        "Client;E-mail;Né le;Date de naissance\n"
        "Martin;c@martin.example;29/02/2025;25/12/1980;de trop;encore\n"
        "Total;3;;\n",
    ),
    # what Excel does to numbers
    "numbers.csv": (
        "utf-8",
        "Raison sociale,SIRET,Téléphone,CP\n"
        "Atelier Un,7.32829E+13,612345678,1000\n"
        "Atelier Deux,73282932000074,612345679.0,75001\n"
        "Atelier Trois,73282932000074.0,'0612345670,01000\n"
        'Atelier Quatre,"7,32829E+13","=""0612345671""",75002\n',
    ),
    "quotes.csv": (
        "utf-8",
        "Nom;Notes\n\ufeffDupont;\"n'a pas rappelé\n" + "Durand;tuyau\n" * 3000,
    ),
    "no_titles.csv": (
        "utf-8",
        "Julie Martin,julie@martin.example,0612345678\nPaul Roux,paul@roux.example,0612345679\n",
    ),
    "cards.vcf": (
        "utf-8",
        "BEGIN:VCARD\r\nVERSION:3.0\r\nN:Martin;Julie;;;\r\nFN:Julie Martin\r\nORG:Atlas Meca\r\n"
        "EMAIL:julie@atlas.example\r\nTEL;TYPE=CELL:06 12 34 56 78\r\nEND:VCARD\r\n"
        "BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Rou=C3=A9;Paul\r\n"
        "FN:Paul Roué\r\nEND:VCARD\r\n",
    ),
    "page.xls.html": ("utf-8", "<html><body><p>No table.</p></body></html>"),
    "blank.csv": ("utf-8", "\n  \n\n"),
    # quotation marks that two rows open and do not close, and one that goes on as it should
    "torn.csv": (
        "utf-8",
        'Nom;Notes;Ville\nAda;"à rappeler;Lyon\n'
        + "Bob;rien;Paris\n" * 3
        + 'Eva;"5"" de haut;Nice\nZoé;"a dit;\nau ""revoir""";Metz\n',
    ),
    "phone.vcf": (
        "latin-1",
        "BEGIN:VCARD\r\nVERSION:2.1\r\n"
        "N;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:Dupr=E9;Ren=E9e;;;\r\n"
        "TEL;CELL:0612345678\r\n"
        "NOTE;ENCODING=QUOTED-PRINTABLE:un=\r\n deux\r\nEND:VCARD\r\n"
        "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Ada Byron\r\nEMAIL;PREF=1:ada@atl\r\n as.example\r\n"
        'TEL;VALUE=uri;TYPE="voice,cell":tel:+33-6-12-34-56-79\r\nORG:Atlas\\, Méca;Ventes\r\n'
        "END:VCARD\r\n"
        "BEGIN:VCARD\r\nVERSION:4.0\r\nKIND:group\r\nFN:Amis\r\nEND:VCARD\r\n",
    ),
}
#: Two lists pasted into one, each in its encoding; what a broken program writes between letters.
_BYTES = {
    "mixed.csv": "Nom;Ville\nÉlodie;Guéret\nZoé;Bégard\n".encode()
    + "Hélène;Orléans\nRené;Nîmes\n".encode("cp1252"),
    "nul.csv": b"Nom;Ville\r\nA\0da;Ly\0on\r\nBob;\0\r\n",
}


def make():
    """Write the files."""
    FOLDER.mkdir(exist_ok=True)
    for name, (encoding, text) in _TEXTS.items():
        (FOLDER / name).write_bytes(text.encode(encoding))
    for name, content in {
        **_BYTES,
        "two_tables.xlsx": _two_tables(),
        "hidden.xlsx": _hidden(),
        "formulas.xlsx": _formulas(),
        "far_cell.xlsx": _far_cell(),
        "currencies.xlsx": _currencies(),
        "macintosh.xlsx": _workbook(_dates, {"date_1904": True}),
        "very_old.xls": _very_old(),
        "merged.xlsx": _merged(),
        "five_sheets.xlsx": _five_sheets(),
        "wide.xlsx": _wide(),
        "zeros.xlsx": _zeros(),
        "empty.xlsx": _workbook(lambda book: book.add_worksheet()),
        "cut_off.xlsx": _zeros()[:2000],
        "password.xlsx": _password(),
        "old.xls": _old(),
        "open.ods": _open(),
        "letter.docx": _archive({"word/document.xml": "<w/>"}),
    }.items():
        (FOLDER / name).write_bytes(content)


def _workbook(fill, options=None):
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, options)
    book.set_properties({"created": datetime(2025, 1, 1)})
    fill(book)
    book.close()
    return file.getvalue()


def _merged():
    """Two rows of titles with merged cells, as people make them for printing."""

    def fill(book):
        sheet, bold = book.add_worksheet(), book.add_format({"bold": True})
        sheet.merge_range("A3:A4", "Société", bold)
        sheet.merge_range("B3:C3", "Siège", bold)
        sheet.merge_range("D3:E3", "Contact", bold)
        sheet.write_row("B4", ["Nom", "Ville", "Nom", "E-mail"])
        sheet.write("A1", "Fichier clients")
        sheet.write_row("A5", ["Atlas", "Tour Un", "Lyon", "Julie Martin", "j@atlas.example"])
        sheet.write_row("A6", ["Verdon", None, "Castellane", "Paul Roux"])

    return _workbook(fill)


def _five_sheets():
    """The table is on the third sheet, made of formulas; a hidden one is bigger."""

    def fill(book):
        book.add_worksheet("Lisez-moi").write("A1", "À lire avant tout")
        book.add_worksheet("Vide")
        clients = book.add_worksheet("Clients")
        clients.write_row("A1", ["Nom", "Ville", "Total"])
        for row in range(1, 40):
            clients.write_formula(row, 0, '="Client "&ROW()', None, f"Client {row}")
            clients.write(row, 1, "Lyon")
            clients.write_formula(row, 2, "=1/0" if row == 2 else "=ROW()*1.5", None, row * 1.5)
        clients.write_formula(2, 2, "=1/0", None, "#DIV/0!")
        book.add_worksheet("Listes").write_column("A1", ["Lyon", "Paris"])
        hidden = book.add_worksheet("Calculs")
        hidden.hide()
        for row in range(500):
            hidden.write_row(row, 0, range(10))

    return _workbook(fill)


def _wide():
    """300 columns."""

    def fill(book):
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, [f"Colonne {number}" for number in range(300)])
        sheet.write_row(1, 0, [f"valeur {number}" for number in range(300)])

    return _workbook(fill)


def _zeros():
    """Numbers that are shown with zeros which they have not; dates; yes and no."""

    def fill(book):
        sheet = book.add_worksheet("Clients")
        phone = book.add_format({"num_format": '0#" "##" "##" "##" "##'})
        code = book.add_format({"num_format": "00000"})
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        hour = book.add_format({"num_format": "dd/mm/yyyy hh:mm"})
        sheet.write_row(0, 0, ["Nom", "Tél.", "CP", "Depuis", "Vu le", "Actif", "SIRET"])
        sheet.write_row(1, 0, ["Atlas", None, None, None, None, True, 73282932000074])
        sheet.write_number(1, 1, 612345678, phone)
        sheet.write_number(1, 2, 1000, code)
        sheet.write_datetime(1, 3, datetime(2025, 2, 28), day)
        sheet.write_datetime(1, 4, datetime(2025, 2, 28, 10), hour)

    return _workbook(fill)


def _two_tables():
    """A table beside that of the customers, and one below."""

    def fill(book):
        sheet = book.add_worksheet("Clients")
        sheet.write_row("A1", ["Nom", "E-mail", "Ville", None, "Produit", "Prix"])
        for row in range(1, 6):
            sheet.write_row(row, 0, [f"Client {row}", f"c{row}@atlas.example", "Lyon"])
        sheet.write_row("E2", ["Vis", 3])
        sheet.write_row("A10", ["Commercial", "Objectif"])
        sheet.write_row("A11", ["Julie", 12])

    return _workbook(fill)


def _hidden():
    """A filter hides rows, somebody has hidden a column."""

    def fill(book):
        sheet = book.add_worksheet("Clients")
        sheet.write_row("A1", ["Nom", "Marge", "Ville"])
        for row in range(1, 5):
            sheet.write_row(row, 0, [f"Client {row}", 0.5, "Lyon"])
        sheet.set_column(1, 1, 10, None, {"hidden": True})
        sheet.set_row(3, None, None, {"hidden": True})

    return _workbook(fill)


def _formulas():
    """Formulas without their results, as programs write them that cannot calculate."""

    def fill(book):
        sheet = book.add_worksheet("Clients")
        sheet.write_row("A1", ["Nom", "E-mail", "Ville"])
        for row in range(1, 4):
            sheet.write(row, 0, f"Client {row}")
            sheet.write_formula(row, 1, f'=LOWER(A{row + 1})&"@atlas.example"', None, "?")
            sheet.write(row, 2, "Lyon")

    path = "xl/worksheets/sheet1.xml"
    with zipfile.ZipFile(io.BytesIO(_workbook(fill))) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    return _archive({**parts, path: parts[path].replace(b"<v>?</v>", b"")})


def _far_cell():
    """A cell that somebody has touched at the very end of the sheet."""

    def fill(book):
        sheet = book.add_worksheet("Clients")
        sheet.write_row("A1", ["Nom", "Ville"])
        sheet.write_row("A2", ["Ada", "Lyon"])
        sheet.write(1_048_575, 16_383, "x")

    return _workbook(fill)


def _currencies():
    """Amounts whose currency is a matter of how they are shown."""

    def fill(book):
        sheet = book.add_worksheet("Clients")
        sheet.write_row("A1", ["Nom", "Budget"])
        shown = ("#,##0.00 [$€-40C]", "[$$-409]#,##0.00", '#,##0 "DH"', "#,##0.00")
        for row, code in enumerate(shown, 1):
            sheet.write(row, 0, f"Client {row}")
            sheet.write_number(row, 1, row * 1000.5, book.add_format({"num_format": code}))

    return _workbook(fill)


def _dates(book):
    """Days since 1904, as Excel counted them on a Macintosh."""
    sheet, day = book.add_worksheet("Clients"), book.add_format({"num_format": "dd/mm/yyyy"})
    sheet.write_row("A1", ["Nom", "Depuis"])
    sheet.write("A2", "Ada")
    sheet.write_datetime("B2", datetime(2025, 2, 28), day)


def _very_old():
    """What Excel 2 wrote, and some machines still do."""

    def record(code, body):
        return struct.pack("<HH", code, len(body)) + body

    cells = {(0, 0): "Nom", (0, 1): "Ville", (1, 0): "Hélène", (1, 1): "Nîmes"}
    labels = b"".join(
        record(4, struct.pack("<HH3xB", *place, len(text)) + text.encode("cp1252"))
        for place, text in cells.items()
    )
    return record(9, struct.pack("<HH", 2, 16)) + labels + record(10, b"")


def _old():
    """What Excel wrote until 2007."""
    book = xlwt.Workbook()
    sheet = book.add_sheet("Clients")
    for column, title in enumerate(["Nom", "CP", "Depuis", "Tél."]):
        sheet.write(0, column, title)
    sheet.write(1, 0, "Hélène")
    sheet.write(1, 1, 1000, xlwt.easyxf(num_format_str="00000"))
    sheet.write(1, 2, date(2025, 2, 28), xlwt.easyxf(num_format_str="dd/mm/yyyy"))
    sheet.write(1, 3, 612345678)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _open():
    """What LibreOffice writes: repeated cells, a comment, a date, zeros that are shown."""
    names = ("office", "table", "text")
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in names
    )

    def cell(text, kind="string", **attributes):
        more = "".join(f' office:{key}="{value}"' for key, value in attributes.items())
        note = "<office:annotation><text:p>Remarque</text:p></office:annotation>"
        return (
            f'<table:table-cell office:value-type="{kind}"{more}>{note}<text:p>{text}</text:p>'
            "</table:table-cell>"
        )

    rows = [
        [cell("Nom"), cell("CP"), cell("Depuis"), cell("CA")],
        [
            cell("Hélène"),
            cell("01000", "float", value="1000"),
            cell("28/02/25", "date", **{"date-value": "2025-02-28"}),
            cell("1 234,50", "float", value="1234.5"),
        ],
    ]
    table = "".join(f"<table:table-row>{''.join(cells)}</table:table-row>" for cells in rows)
    filler = (
        '<table:table-row table:number-rows-repeated="1048574">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )
    content = (
        f"<office:document-content {spaces}><office:body><office:spreadsheet>"
        f'<table:table table:name="Clients">{table}{filler}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    return _archive({"META-INF/manifest.xml": "<manifest/>", "content.xml": content})


def _password():
    """The outside of an encrypted workbook: what is in it, nobody can read."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500) + "EncryptedPackage".encode("utf-16-le")


def _archive(parts):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name, text in parts.items():
            archive.writestr(zipfile.ZipInfo(name), text)
    return file.getvalue()


def big(rows=50_000, columns=20):
    """Return a workbook of customers, every tenth of them twice, the same each time."""
    chance = random.Random(19)

    def fill(book):
        sheet = book.add_worksheet("Clients")
        zeros = book.add_format({"num_format": "00000"})
        titles = ["Société", "E-mail", "Téléphone", "CP", "Ville", "CA"]
        titles += [f"Colonne {number}" for number in range(len(titles), columns)]
        sheet.write_row(0, 0, titles)
        for row in range(1, rows + 1):
            number = row if chance.random() < 0.9 else chance.randint(1, row)
            cells = [f"Société {number}", f"contact@societe-{number}.example"]
            cells += [600_000_000 + number, None, "Lyon", number * 1.5]
            cells += [f"valeur {chance.randint(0, 99)}" for _column in range(len(cells), columns)]
            sheet.write_row(row, 0, cells)
            sheet.write_number(row, 3, 1000 + number % 90_000, zeros)

    return _workbook(fill)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        Path(sys.argv[1]).write_bytes(big())
    else:
        make()
