"""What nearly agrees counts, and what speaks against it counts, too (M2, M3, M4)."""

from odoo.tests import tagged

from .common import MatchCase

HOME = {"street": "12 rue des Lilas", "zip": "69003", "city": "Lyon"}
PHONE = "06 12 34 56 78"
#: Two people whose names are one letter apart.
ONE_LETTER_APART = (
    ("Imane Martinel", "Imène Martinel"),
    ("Fatima Martinel", "Fatma Martinel"),
    ("Nicolas Martinel", "Nicola Martinel"),
    ("Omar Martinel", "Omer Martinel"),
    ("Yasmine Alaoui", "Yassine Alaoui"),
    ("Lina Bennani", "Dina Bennani"),
    ("Laura Noël", "Lara Noël"),
    ("René Martin", "Renée Martin"),
    ("Jean Faure", "Jeanne Faure"),
    ("André Lopez", "Andrée Lopez"),
    ("Hamid Tazi", "Hamad Tazi"),
    ("Julia Simon", "Julie Simon"),
    ("Marion Petit", "Marios Petit"),
    ("Paul Durand", "Raul Durand"),
    ("Marie Alaoui", "Maria Alaoui"),
    ("Hanna Kern", "Anna Kern"),
    ("Hugo Petit", "Ugo Petit"),
    ("Ahmed Tazi", "Hamed Tazi"),
)
#: What they may have in common beside their home and their phone.
ALSO_SHARED = ({}, {"email": "famille.du.lilas@gmail.com"}, {"sheet_birthdate": "2001-04-09"})
#: The day of birth as two lists have it, and what is said of it.
BIRTHS = (
    ("1971-06-24", "1971-06-24", "birth.same"),
    ("1971-06-24", "1971-05-24", "birth.near"),
    ("1971-06-24", "1971-06-21", "birth.near"),
    ("1971-06-24", "1981-06-24", "birth.near"),
    ("1971-06-21", "1971-06-12", "birth.near"),
    ("1971-03-08", "1971-08-03", "birth.near"),
    ("1971-10-08", "1971-01-08", "birth.near"),
    ("1971-06-24", "1917-06-24", "birth.near"),
    ("1971-06-24", "1988-06-24", "birth.year"),
    ("1971-06-24", "1971-07-05", "birth.close"),
    ("1970-12-29", "1971-01-07", "birth.close"),
    ("1971-06-24", "1979-06-14", "birth.digits"),
)
#: One mailbox as two lists have it, and what is said of it.
MAILBOXES = (
    ("ada.roussel@gmail.com", "ada.rousel@gmail.com", "email.near"),
    ("ada.roussel@gmail.com", "ada.roussel@gmial.com", "email.near"),
    ("ada.roussel@gmail.com", "ada.roussel@gmai.com", "email.near"),
    ("ada.roussel@gmail.com", "ada.roussel@orange.fr", "email.local"),
    ("ada.roussel@gmail.com", "adaa.rousele@gmail.com", "email.close"),
    ("ada.roussel@wanadoo.fr", "ada.roussel@wanado.fr", "email.near"),
    ("ada.roussel@gmail.com", "bruno75@gmail.com", "email.different"),
)
TOWNS = (
    ("Villeurbanne", "Vileurbane", "place.near"),
    ("Marseille", "Marsielle", "place.near"),
    ("London", "Lonon", "place.near"),
    ("Grenoble", "Grenbole", "place.near"),
    ("Saint-Étienne", "St Etienne", "place.city"),
    ("Clermont-Ferrand", "Marseille", "place.different"),
    ("Lyon", "Caen", "place.different"),
)
#: Ways to write one name, beside one day of birth and one town.
ONE_NAME = (
    ("Grace Delormeau", "Delormeau"),
    ("Grace Delormeau", "Grace"),
    ("Grace Delormeau", "Delormeau Grace"),
    ("Grace Delormeau", "GraceDelormeau"),
    ("Grace Delormeau", "Grace Delormau"),
    ("Grace Delormeau", "Garce Delromeau"),
    ("Grace Delormeau", "G. Delormeau"),
    ("Grace Delormeau", "Delormaeu"),
    ("Robert Delormeau", "Rob Delormeau"),
    ("Elizabeth Delormeau", "Liz Delormeau"),
    ("Sébastien Delormeau", "Seb Delormeau"),
)
#: One place in two lists: name and street.
ONE_PLACE = (
    (
        "Youth League - Oakwood Center",
        "3401 N. Ashland Ave.",
        "Oakwood Center",
        "3401 North Ashland",
    ),
    ("Oakwood Ctr., Inc.", "3401 N Ashland Ave", "Oakwood Center", "3401 N Ashland Avenue"),
    ("St. Ambrose North School", "12 Main St", "Saint Ambrose N. School", "12 Main Street"),
    (
        "Bright Willow Daycare",
        "77 Elm Street, 2nd Floor",
        "Bright Willow Day Care LLC",
        "77 Elm St.",
    ),
    ("Crèche Belledune", "8 av. du Maréchal Foch", "Belledune", "8 avenue du Maréchal Foch"),
    (
        "Sté Belledune Frères",
        "14 bd Saint-Michel",
        "Belledune Frères SARL",
        "14 boulevard St Michel",
    ),
    ("Ligue Laïque / École Belledune", "3 rue Ste Anne", "ECOLE BELLEDUNE", "3, r. Sainte-Anne"),
    (
        "Restaurant Chez Belledune",
        "9 quai Voltaire",
        "Resto chez Belledune",
        "9 quai Voltaire, bât. C",
    ),
    ("Garage Belledune Nord", "21 rte de Paris", "Garage Belledune N", "21 route de Paris"),
    ("Belledune & Fils", "5 pl. Carnot", "Belledune et Fils (Groupe Horizon)", "5 place Carnot"),
)


@tagged("post_install", "-at_install")
class TestMatchEvidence(MatchCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # as if there were so many, of whose names nothing is known yet
        cls.env["customer.sheet.match.term"].search([]).unlink()
        cls.env["ir.config_parameter"].set_param("crm_customer_sheet.match_records", "4096")
        ref = cls.env.ref
        cls.civilities = [
            ref(f"crm_customer_sheet.option_civility_{code}") for code in ("mr", "mrs")
        ]

    def match_of(self, stored, typed, **about):
        """Return what the form says of one saved record, ``None`` where it is not found."""
        record = self.contact(**stored)
        found = [each for each in self.find(typed, **about) if each["id"] == record.id]
        record.sudo().unlink()
        return found[0] if found else None

    def codes(self, match):
        return {each["code"] for each in match["reasons"]} if match else set()

    # -- M4: nobody merges without asking --------------------------------------

    def test_m4_names_one_letter_apart_are_at_most_probable(self):
        shared = {**HOME, "phone": PHONE}
        for one, other in ONE_LETTER_APART:
            for more in ALSO_SHARED:
                with self.subTest(one=one, other=other, more=more):
                    known = {**shared, **more}
                    match = self.match_of({"name": one, **known}, {"name": other, **known})
                    self.assertNotEqual(match and match["band"], "certain")

    def test_m4_civility_is_evidence(self):
        mr, mrs = self.civilities
        known = {**HOME, "phone": PHONE, "email": "claude.martinel@gmail.com"}
        named = {"name": "Claude Martinel", **known}
        alike = self.match_of(named, named)
        self.assertEqual(alike["band"], "certain")
        against = (
            ({"sheet_civility_id": mr.id}, {"sheet_civility_id": mrs.id}),
            ({"name": "M. Claude Martinel"}, {"name": "Mme Claude Martinel"}),
            ({"name": "Mr Claude Martinel"}, {"sheet_civility_id": mrs.id}),
            ({"sheet_civility_id": mrs.id}, {"name": "Monsieur Claude MARTINEL"}),
            ({"name": "Miss Claude Martinel"}, {"name": "Mr. Claude Martinel"}),
        )
        for one, other in against:
            with self.subTest(one=one, other=other):
                match = self.match_of({**named, **one}, {**named, **other})
                self.assertIn("civility.different", self.codes(match))
                self.assertLess(match["score"], alike["score"])
                self.assertNotEqual(match["band"], "certain")
        match = self.match_of(
            {**named, "name": "Dr Claude Martinel"}, {**named, "sheet_civility_id": mr.id}
        )
        self.assertEqual(match["band"], "certain")

    def test_m4_a_civility_that_changes_is_compared_anew(self):
        mr, mrs = self.civilities
        known = {"name": "Claude Martinel", "email": "claude.martinel@gmail.com", **HOME}
        saved = self.contact(**known, sheet_civility_id=mr.id)
        typed = {**known, "sheet_civility_id": mrs.id}
        self.assertIn("civility.different", self.codes(self.find(typed)[0]))
        saved.with_user(self.rep).sheet_civility_id = mrs
        self.assertNotIn("civility.different", self.codes(self.find(typed)[0]))

    # -- M2: a wrong day is not another person ---------------------------------

    def test_m2_days_of_birth_have_levels(self):
        for one, other, code in BIRTHS:
            with self.subTest(one=one, other=other):
                named = {"name": "Ada Roussel", "city": "Lyon"}
                match = self.match_of(
                    {**named, "sheet_birthdate": one}, {**named, "sheet_birthdate": other}
                )
                self.assertIn(code, self.codes(match))
                if code != "birth.same":
                    self.assertNotEqual(match["band"], "certain")

    def test_m2_a_day_far_away_rules_out_where_nothing_else_identifies(self):
        named = {"name": "Ada Roussel", **HOME}
        days = ({"sheet_birthdate": "1951-02-03"}, {"sheet_birthdate": "1986-11-17"})
        self.assertIsNone(self.match_of({**named, **days[0]}, {**named, **days[1]}))
        for mailbox in ("ada.roussel@gmail.com", "ada.rousel@gmail.com", "ada.roussel@free.fr"):
            with self.subTest(mailbox=mailbox):
                match = self.match_of(
                    {**named, **days[0], "email": "ada.roussel@gmail.com"},
                    {**named, **days[1], "email": mailbox},
                )
                self.assertIn("birth.doubtful", self.codes(match))
                self.assertEqual(match["band"], "probable")

    def test_m2_father_and_son_are_two(self):
        home = {"name": "Jean Roussel", **HOME, "phone": "04 72 00 11 22"}
        match = self.match_of(
            {**home, "sheet_birthdate": "1951-02-03"}, {**home, "sheet_birthdate": "1980-05-19"}
        )
        self.assertIn(match and match["band"], (None, "possible"))

    def test_m2_twins_are_not_certain(self):
        home = {**HOME, "phone": PHONE, "sheet_birthdate": "2001-04-09"}
        for one, other in (("Lina Roussel", "Ines Roussel"), ("Tom Roussel", "Hugo Roussel")):
            match = self.match_of({"name": one, **home}, {"name": other, **home})
            self.assertNotEqual(match and match["band"], "certain")

    def test_m2_mailboxes_have_levels(self):
        for one, other, code in MAILBOXES:
            with self.subTest(one=one, other=other):
                named = {"name": "Ada Roussel", **HOME}
                match = self.match_of({**named, "email": one}, {**named, "email": other})
                self.assertIn(code, self.codes(match))

    def test_m2_a_brothers_mailbox_one_letter_away_makes_no_pair(self):
        one = {"name": "Luc Roussel", "email": "l.roussel@gmail.com", **HOME}
        other = {"name": "Jean Roussel", "email": "j.roussel@gmail.com", **HOME}
        match = self.match_of(one, other)
        self.assertIn(match and match["band"], (None, "possible"))

    def test_m2_towns_may_have_a_letter_wrong(self):
        for one, other, code in TOWNS:
            with self.subTest(one=one, other=other):
                named = {"name": "Ada Roussel", "sheet_birthdate": "1971-06-24"}
                match = self.match_of({**named, "city": one}, {**named, "city": other})
                self.assertIn(code, self.codes(match))

    def test_m2_names_in_part_in_any_order_and_together(self):
        known = {"sheet_birthdate": "1971-06-24", "city": "Lyon"}
        for one, other in ONE_NAME:
            with self.subTest(one=one, other=other):
                match = self.match_of({"name": one, **known}, {"name": other, **known})
                self.assertIn(match and match["band"], ("certain", "probable"))

    # -- M3: places and companies ----------------------------------------------

    def test_m3_one_place_with_another_phone_is_probable(self):
        for name1, street1, name2, street2 in ONE_PLACE:
            with self.subTest(one=name1, other=name2):
                match = self.match_of(
                    {"name": name1, "street": street1, "is_company": True, "phone": "0472001122"},
                    {"name": name2, "street": street2, "is_company": True, "phone": "0478334455"},
                    typology="b2b",
                )
                self.assertIn(match and match["band"], ("certain", "probable"))

    def test_m3_neighbours_and_branches_are_not_one(self):
        home = {"is_company": True, "street": "3 place Carnot", "zip": "69002", "city": "Lyon"}
        one = {"name": "Cabinet Belledune", "phone": "0472001122", **home}
        pairs = (
            ({"name": "Pharmacie Ardouin"}, "a neighbour"),
            ({"name": "Pharmacie Ardouin", "phone": "0478334455"}, "with a phone of its own"),
            ({"name": "Cabinet Ardouin", "phone": "0478334455"}, "of the same trade"),
            ({"street": "90 cours Gambetta", "phone": "0478334455"}, "a branch"),
            (
                {"street": "90 cours Gambetta", "zip": "31000", "city": "Toulouse"},
                "one switchboard",
            ),
        )
        for changes, told in pairs:
            with self.subTest(told):
                match = self.match_of(one, {**one, **changes}, typology="b2b")
                found = match and match["kind"] == "duplicate" and match["band"]
                self.assertIn(found, (None, False, "possible", "not"))

    # -- the size of the database ----------------------------------------------

    def test_m2_in_a_small_database_less_is_needed_but_for_certain(self):
        thresholds = self.env["customer.sheet.match.rule"]._thresholds
        usual, small, tiny, big = (thresholds(bits) for bits in (12.0, 11.0, 3.0, 20.0))
        self.assertEqual((usual["probable"], usual["possible"]), (12.0, 8.0))
        self.assertEqual((small["probable"], small["possible"]), (11.0, 7.0))
        self.assertEqual((tiny["probable"], tiny["possible"]), (10.0, 6.0))
        self.assertEqual(big, usual)
        self.assertEqual({each["certain"] for each in (usual, small, tiny)}, {26.0})
        self.env["ir.config_parameter"].set_param("crm_customer_sheet.match_probable", "15")
        self.assertEqual(thresholds(3.0)["probable"], 15.0)
