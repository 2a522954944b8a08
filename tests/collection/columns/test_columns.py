from odoo.exceptions import UserError
from odoo.tests import tagged

from .columns_common import ColumnsCase

#: What the columns of exports become, in short: no prefix is that of a question.
EXPORTS = {
    "Odoo": "Opportunity=field:name; Contact Name=split:full_name; Company Name=company;"
    " Email=email; Phone=phone; Street=street; Street2=field:street2; City=city; Zip=zip;"
    " State=field:state_id; Country=country; Website=website; Job Position=function;"
    " Salesperson=field:user_id; Sales Team=field:team_id; Stage=field:stage_id;"
    " Tags=field:tag_ids; Expected Revenue=field:expected_revenue;"
    " Expected Closing=field:date_deadline; Notes=note; Language=language;"
    " Campaign=field:campaign_id; Referred By=field:referred",
    "HubSpot": "Record ID=; First Name=first_name; Last Name=last_name; Email=email;"
    " Phone Number=phone; Mobile Phone Number=field:sheet_phone2; Contact owner=field:user_id;"
    " Associated Company=company; Lead Status=field:stage_id; Create Date=first_contact_date;"
    " Job Title=function; Website URL=website; Street Address=street; City=city;"
    " State/Region=field:state_id; Postal Code=zip; Country/Region=country;"
    " Original Source=source; Industry=sector; Number of Employees=headcount;"
    " Annual Revenue=revenue; Last Activity Date=",
    "Salesforce": "First Name=first_name; Last Name=last_name; Title=function; Company=company;"
    " Email=email; Phone=phone; Mobile=field:sheet_phone2; Street=street; City=city;"
    " State/Province=field:state_id; Zip/Postal Code=zip; Country=country; Lead Source=source;"
    " Industry=sector; Annual Revenue=revenue; No. of Employees=headcount; Website=website;"
    " Description=note; Lead Owner=field:user_id; Email Opt Out=",
    "Pipedrive": "Person - Name=split:full_name; Person - Organization=company;"
    " Person - Phone=phone; Person - Email - Work=email; Person - Job title=function;"
    " Lead - Title=field:name; Lead - Value=budget; Lead - Source=source;"
    " Lead - Owner=field:user_id; Organization - Address=street",
    "Sellsy": "Civilité=civility; Nom=last_name; Prénom=first_name; Fonction=function;"
    " Email=email; Téléphone=phone; Mobile=field:sheet_phone2; Société=company;"
    " Siret=company_registry;"
    " Code NAF=nace_code; TVA Intracommunautaire=vat; Forme juridique=legal_form;"
    " Adresse=street; Complément d'adresse=field:street2; Code postal=zip; Ville=city;"
    " Pays=country; Site web=website; Chiffre d'affaires=revenue; Commentaire=note",
    "Google": "First Name=first_name; Last Name=last_name; Organization Name=company;"
    " Organization Title=function; E-mail 1 - Value=email; Phone 1 - Value=phone;"
    " Address 1 - Street=street; Address 1 - City=city; Address 1 - Region=field:state_id;"
    " Address 1 - Postal Code=zip; Address 1 - Country=country; Website 1 - Value=website;"
    " Notes=note; Labels=field:tag_ids; E-mail 1 - Label=",
    "Outlook": "Title=civility; First Name=first_name; Last Name=last_name; Company=company;"
    " Department=department; Job Title=function; Business Street=street; Business City=city;"
    " Business State=field:state_id; Business Postal Code=zip; Business Country/Region=country;"
    " Business Phone=phone; Mobile Phone=field:sheet_phone2; E-mail Address=email;"
    " Web Page=website; Notes=note",
    "Outlook, in French": "Prénom=first_name; Nom=last_name; Société=company;"
    " Rue (bureau)=street; Ville (bureau)=city; Code postal (bureau)=zip;"
    " Pays/Région (bureau)=country; Téléphone (bureau)=phone; Tél. mobile=field:sheet_phone2;"
    " Adresse de messagerie=email; Page Web=website",
    "LinkedIn": "First Name=first_name; Last Name=last_name; Email Address=email;"
    " Company=company; Position=function; Connected On=first_contact_date",
}


def _whole(code):
    """Return the code of a target."""
    return code if not code or ":" in code or code == "note" else f"question:{code}"


@tagged("post_install", "-at_install")
class TestColumns(ColumnsCase):
    """What the columns of a file are suggested to become, and how a person decides."""

    def test_french_and_english_titles_are_known(self):
        titles = "Société|Contact|Fonction|E-mail|Tél|Portable|Adresse|CP|Ville|Pays".split("|")
        desk = self.imported(titles)
        self.assertEqual(
            self.targets(desk),
            [
                "question:company",
                "split:full_name",
                "question:function",
                "question:email",
                "question:phone",
                "field:sheet_phone2",
                "question:street",
                "question:zip",
                "question:city",
                "question:country",
            ],
        )
        titles = "First Name|Last Name|Account Name|Lead Source|No. of Employees".split("|")
        self.assertEqual(
            self.targets(self.imported(titles)),
            [
                "question:first_name",
                "question:last_name",
                "question:company",
                "question:source",
                "question:headcount",
            ],
        )

    def test_titles_of_the_messy_file_need_no_click(self):
        titles = (
            "Société|Contact|Fonction|E-mail|Tél|Portable|Adresse|CP|Ville|Pays|SIRET|Effectif"
            "|CA annuel|Origine|1er contact|Besoin|Budget|Commentaires|Commercial|Newsletter"
        ).split("|")
        self.assertNotIn("", self.targets(self.imported(titles)))
        self.assertNotIn("", self.targets(self.imported(titles, host="res.partner"))[:12])

    def test_name_beside_a_first_name_is_the_last_name(self):
        desk = self.imported(["Nom", "Prénom", "Mobile"])
        self.assertEqual(
            self.targets(desk), ["question:last_name", "question:first_name", "question:phone"]
        )

    def test_companies_without_persons_are_the_contacts(self):
        self.assertEqual(
            self.targets(self.imported(["Société", "Ville"], host="res.partner"))[0],
            "question:name",
        )
        desk = self.imported(["Société", "Nom", "Ville"], host="res.partner")
        self.assertEqual(self.targets(desk)[:2], ["field:parent", "question:name"])

    def test_column_without_title_is_known_by_what_is_in_it(self):
        rows = [[f"julie.{number}@ateliers.example.com", "x"] for number in range(4)]
        self.assertEqual(self.targets(self.imported(["", ""], *rows)), ["question:email", ""])

    def test_misspelt_title_is_known_and_says_why(self):
        desk = self.imported(["Télephonne", "Zzz"])
        [column, other] = desk.desk()["columns"]["columns"]
        self.assertEqual(column["target"], "question:phone")
        self.assertIn("téléphone", column["why"])
        self.assertFalse(other["suggested"])

    def test_last_file_with_the_same_titles_is_remembered(self):
        first = self.imported(["Zzz", "Canal"], ["Ada", "salon de Lyon"])
        zzz, source = first.column_ids
        first.map_column(zzz.id, "question:name")
        first.map_value(source.value_ids.id, "match", "trade_fair")
        second = self.imported(["Canal", "Zzz"], ["Salon de Lyon", "Bob"])
        self.assertEqual(self.targets(second), ["question:source", "question:name"])
        self.assertEqual(self.values(second, "salon de Lyon")["question:source"], "trade_fair")

    def test_codes_of_a_template_need_no_click(self):
        desk = self.imported(["E-mail", "?"], suggest=False)
        desk.sudo().looked = {"format": "csv", "codes": ["field:referred", "question:email"]}
        desk.sudo()._columns_read()
        self.assertEqual(self.targets(desk), ["field:referred", "question:email"])

    def test_person_chooses_another_target_or_none(self):
        desk = self.imported(["Nom"], user=self.sales)
        column = desk.column_ids
        shown = desk.map_column(column.id, "field:referred")["columns"]["columns"][0]
        self.assertEqual((shown["target"], shown["suggested"]), ("field:referred", False))
        desk.map_column(column.id, "")
        self.assertFalse(column.target)
        with self.assertRaises(UserError):
            desk.map_column(column.id, "field:probability")

    def test_what_a_user_may_not_write_is_not_offered(self):
        targets = self.imported(["Nom"], user=self.sales)._target_map()
        self.assertNotIn("field:probability", targets)
        self.assertIn("field:user_id", targets)

    def test_nobody_maps_the_columns_of_another_import(self):
        mine, other = self.imported(["Nom"]), self.imported(["Nom"])
        with self.assertRaises(UserError):
            mine.map_column(other.column_ids.id, "")

    def test_warnings_say_what_is_missing(self):
        shown = self.imported(["Ville", "Town", "Newsletter"]).desk()["columns"]["warnings"]
        self.assertIn("No column says who", shown[0])
        self.assertIn("Consents without", shown[-1])

    def test_exports_of_other_programs(self):
        for program, expected in EXPORTS.items():
            with self.subTest(program=program):
                titles, codes = zip(
                    *(pair.split("=") for pair in expected.split("; ")), strict=True
                )
                found = dict(zip(titles, self.targets(self.imported(titles)), strict=True))
                self.assertEqual(found, dict(zip(titles, map(_whole, codes), strict=True)))


@tagged("post_install", "-at_install")
class TestValues(ColumnsCase):
    """Which value of a list a text of the file is."""

    def setUp(self):
        super().setUp()
        texts = ["site web", "Trade fair", "Bouche à oreille", "zyx", "zyx", "n/a"]
        self.desk = self.imported(["Source", "Nom"], *([text, "Ada"] for text in texts))
        self.column = self.desk.column_ids[0]

    def of(self, text):
        return self.column.value_ids.filtered(lambda each: each.text == text)

    def test_names_in_any_language_and_spellings_are_matched(self):
        decided = {each.text: each.value for each in self.column.value_ids}
        self.assertEqual(
            decided,
            {
                "site web": "website",
                "Trade fair": "trade_fair",
                "Bouche à oreille": "referral",
                "zyx": False,
            },
        )
        self.assertEqual(self.of("zyx").count, 2)

    def test_unknown_value_is_kept_in_the_note_until_somebody_decides(self):
        self.assertEqual(self.values(self.desk, "zyx"), {"note": "Source: zyx"})
        self.desk.map_value(self.of("zyx").id, "skip")
        self.assertEqual(self.values(self.desk, "zyx"), {})
        self.desk.map_value(self.of("zyx").id, "match", "partner")
        self.assertEqual(self.values(self.desk, "ZYX"), {"question:source": "partner"})

    def test_steward_adds_a_value_to_the_list(self):
        self.desk.map_values(self.column.id, "add")
        [added] = self.env["customer.sheet.option"].search([("name", "=", "zyx")])
        self.assertEqual((added.kind, added.code), ("source", "zyx"))
        self.assertEqual(self.values(self.desk, "zyx"), {"question:source": "zyx"})
        self.desk.map_value(self.of("zyx").id, "add")
        self.assertEqual(self.env["customer.sheet.option"].search_count([("name", "=", "zyx")]), 1)

    def test_salesperson_adds_nothing_to_lists(self):
        desk = self.imported(["Source"], ["zyx"], user=self.sales)
        self.assertFalse(desk.desk()["columns"]["values"][0]["may_add"])
        with self.assertRaisesRegex(UserError, "data steward"):
            desk.map_values(desk.column_ids.id, "add")

    def test_value_that_is_not_in_the_list_is_refused(self):
        with self.assertRaises(UserError):
            self.desk.map_value(self.of("zyx").id, "match", "nothing")
