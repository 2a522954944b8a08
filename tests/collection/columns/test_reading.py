from odoo.tests import tagged

from .columns_common import ColumnsCase


@tagged("post_install", "-at_install")
class TestReading(ColumnsCase):
    """What the cells of a row say, as plain values."""

    def test_numbers_that_a_spreadsheet_spoilt(self):
        desk = self.imported(["SIRET", "Tél", "CP"])
        values = self.values(desk, 73282932000074.0, 612345678, 1000.0)
        self.assertEqual(values["question:company_registry"], "73282932000074")
        self.assertEqual(values["question:phone"], "0612345678")
        self.assertEqual(values["question:zip"], "01000")
        values, [problem] = desk._row_values(["7,32829E+13"])
        self.assertEqual(values, {"note": "SIRET: 7,32829E+13"})
        self.assertIn("“SIRET”", problem["words"])
        self.assertTrue(problem["soft"])

    def test_zeros_are_put_back_only_where_the_country_proves_it(self):
        desk = self.imported(["CP", "Pays", "Tél"])
        values = self.values(desk, 1000, "Belgique", 612345678)
        self.assertEqual(values["question:zip"], "1000")
        self.assertEqual(values["question:country"], "BE")
        self.assertEqual(self.values(desk, 1000, "", 4165551234)["question:phone"], "4165551234")

    def test_dates_in_the_order_of_their_column(self):
        american = self.imported(["1er contact"], ["03/25/2025"], ["03/04/2025"])
        self.assertEqual(
            self.values(american, "03/04/2025")["question:first_contact_date"], "2025-03-04"
        )
        french = self.imported(["Premier contact"], ["25/03/2025"])
        for cell in ("03/04/2025", "3.4.25", "2025-04-03", "2025-04-03T10:00:00", 45750):
            with self.subTest(cell=cell):
                found = self.values(french, cell)["question:first_contact_date"]
                self.assertEqual(found, "2025-04-03")
        for cell in ("29/02/2025", "2024", "bientôt"):
            self.assertEqual(self.codes(french, cell), ["not_day"])

    def test_dates_that_typing_refuses_are_told_and_not_refused(self):
        desk = self.imported(["Date de naissance"], host="res.partner")
        self.assertEqual(self.codes(desk, "2999-01-01"), ["future"])
        [problem] = desk._row_values(["2999-01-01"])[1]
        self.assertTrue(problem["soft"])
        values, [problem] = self.imported(["Échéance"])._row_values(["2020-01-01"])
        self.assertEqual(values, {"question:deadline": "2020-01-01"})
        self.assertTrue(problem["soft"])

    def test_amounts_as_people_write_them(self):
        desk = self.imported(["Budget"])
        for cell in ("1 234,50 €", "1\u202f234,50", 1234.5, "EUR 1,234.50"):
            self.assertEqual(self.values(desk, cell), {"question:budget": 1234.5})
        self.assertEqual(self.values(desk, "1,2 M€"), {"question:budget": 1200000.0})
        self.assertEqual(self.values(desk, 0), {})
        self.assertEqual(self.codes(desk, "à voir"), ["not_number"])

    def rate(self, code, per_euro):
        """Say what one euro is in another currency."""
        currency = self.env["res.currency"].with_context(active_test=False)
        currency = currency.search([("name", "=", code)])
        rate = {"currency_id": currency.id, "name": "2020-01-01", "rate": per_euro}
        self.env["res.currency.rate"].create(rate)

    def test_amounts_in_another_currency_are_converted_and_told(self):
        self.rate("USD", 1.25)
        self.rate("MAD", 10)
        desk = self.imported(["Budget"])
        for cell, euros in (("$1,250", 1000), ("12 500 US$", 10000), ("10 000 DH", 1000)):
            with self.subTest(cell=cell):
                values, [problem] = desk._row_values([cell])
                self.assertEqual(values["question:budget"], euros)
                self.assertIn(cell.strip("$USDH ").replace(" ", ","), values["note"])
                self.assertEqual((problem["code"], problem["soft"]), ("converted", True))
        desk = self.imported(["Devise", "Budget", "Budget min"])
        self.assertEqual(self.targets(desk)[:2], ["currency", "question:budget"])
        for devise in ("MAD", "dirhams", "mad"):
            self.assertEqual(self.values(desk, devise, 5000)["question:budget"], 500)
        self.assertEqual(self.values(desk, "$", 1250)["question:budget"], 1000)
        self.assertEqual(self.values(desk, "MAD", "5000 €"), {"question:budget": 5000})
        self.assertEqual(self.values(desk, "", 5000), {"question:budget": 5000})
        [column] = self.imported(["Budget (USD)"]).column_ids
        self.assertEqual(self.values(column.import_id, 1250)["question:budget"], 1000)

    def test_an_amount_of_which_no_rate_is_known_is_kept_in_the_note(self):
        self.env["res.currency.rate"].search([("rate", ">", 0)]).unlink()
        values, [problem] = self.imported(["Budget"])._row_values(["5000 CHF"])
        self.assertEqual(values, {"note": "Budget: 5000 CHF"})
        self.assertEqual((problem["code"], problem["soft"]), ("no_rate", True))
        self.assertIn("CHF", problem["words"])

    def test_what_the_title_says_of_the_numbers_counts(self):
        desk = self.imported(["Budget k€", "CA en M€"])
        self.assertEqual(self.values(desk, 15), {"question:budget": 15000})
        self.assertEqual(self.values(desk, "15 000 €"), {"question:budget": 15000})
        self.assertEqual(self.values(desk, None, "1,2"), {"question:revenue": "500k_2m"})

    def test_bands_of_headcount_and_revenue(self):
        desk = self.imported(["Effectif", "CA annuel"])
        for cell, code in (
            (45, "20_49"),
            ("11-50", "20_49"),
            ("250+", "250_499"),
            ("10k", "5000_more"),
            ("environ 30 ETP", "20_49"),
            ("1 à 9", "1_9"),
        ):
            self.assertEqual(self.values(desk, cell), {"question:headcount": code})
        for cell, code in (("1,2 M€", "500k_2m"), (2500000, "2m_10m"), ("450 k€", "100k_500k")):
            self.assertEqual(self.values(desk, None, cell), {"question:revenue": code})

    def test_one_column_says_several_things(self):
        desk = self.imported(["CA/Effectif", "Adresse complète", "Contact"])
        values = self.values(
            desk, "1,2 M€ / 45", "12 rue des Forges, 69003 Lyon, France", "Mme Ada BYRON"
        )
        self.assertEqual(
            values,
            {
                "question:revenue": "500k_2m",
                "question:headcount": "20_49",
                "question:street": "12 rue des Forges",
                "question:zip": "69003",
                "question:city": "Lyon",
                "question:country": "FR",
                "question:name": "Ada BYRON",
                "question:civility": "mrs",
            },
        )

    def test_several_phone_numbers_in_a_cell(self):
        cell = "01 42 68 53 00 / 06 12 34 56 78 ou 04 65 71 00 01"
        self.assertEqual(
            self.values(self.imported(["Tél"]), cell),
            {
                "question:phone": "01 42 68 53 00",
                "field:sheet_phone2": "06 12 34 56 78",
                "note": "Tél: 04 65 71 00 01",
            },
        )
        self.assertIn("06 12", self.values(self.imported(["Tél", "Mobile"]), cell)["note"])

    def test_several_columns_make_one_text(self):
        desk = self.imported(["Zzz", "Besoin"])
        desk.map_column(desk.column_ids[0].id, "question:need")
        self.assertEqual(self.values(desk, "Audit", "énergie"), {"question:need": "Audit énergie"})

    def test_column_of_its_own_comes_before_a_part(self):
        desk = self.imported(["Adresse complète", "Ville"])
        values = self.values(desk, "1 rue X, 69003 Lyon", "Villeurbanne")
        self.assertEqual(values["question:city"], "Villeurbanne")

    def test_malformed_address_holds_the_row_and_a_filler_does_not(self):
        desk = self.imported(["E-mail"])
        values, [problem] = desk._row_values(["julie.martin@"])
        self.assertEqual((values, problem["soft"]), ({}, False))
        self.assertIn("“E-mail”", problem["words"])
        self.assertEqual(desk._row_values(["n/a"]), ({}, []))
        values = self.values(desk, "a.roux@acme.example.com; b.roux@acme.example.com")
        self.assertEqual(values["question:email"], "a.roux@acme.example.com")
        self.assertIn("b.roux", values["note"])

    def test_several_values_in_a_cell(self):
        desk = self.imported(["Étiquettes"])
        self.env["crm.tag"].create([{"name": "Gold, silver"}, {"name": "VIP tag"}])
        ids = self.env["crm.tag"].search([("name", "in", ["Gold, silver", "VIP tag"])]).ids
        self.assertEqual(set(self.values(desk, "vip tag; Gold, Silver")["field:tag_ids"]), set(ids))

    def test_salesperson_by_name_initial_or_login(self):
        desk = self.imported(["Commercial"])
        for cell in ("sofia martin", "S. Martin", "columns_sales"):
            self.assertEqual(self.values(desk, cell), {"field:user_id": self.sales.id})

    def test_legal_form_is_the_one_of_the_country_of_the_row(self):
        desk = self.imported(["Forme juridique", "Pays"], ["SARL", "Maroc"], ["SARL", ""])
        self.assertEqual(self.values(desk, "SARL", "Maroc")["question:legal_form"], "ma_sarl")
        self.assertEqual(self.values(desk, "SARL", "")["question:legal_form"], "fr_sarl")

    def test_lists_in_the_other_language_and_yes_or_no(self):
        desk = self.imported(["Type de client", "Newsletter", "Date du consentement"])
        values = self.values(desk, "Particulier", "x", "01/02/2025")
        self.assertEqual(
            values,
            {
                "question:typology": "b2c",
                "consent:newsletter:email": "yes",
                "consent_date": "2025-02-01",
            },
        )
        self.assertEqual(self.codes(desk, None, "peut-être"), ["not_yes_no"])

    def test_reading_a_thousand_rows_asks_as_often_as_ten(self):
        desk = self.imported(["Société", "E-mail", "Pays", "Source", "Effectif"])
        rows = [
            [f"Acme {number}", f"a{number}@x{number}.example.com", "France", "salon", number]
            for number in range(1000)
        ]
        desk._row_reader().all(rows[:10])
        with self.assertQueryCount(12):
            desk._row_reader().all(rows)
