"""An e-mail address as typed: what is wrong with it, and what it was meant to be."""

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged

from ...tools.contact import email_address
from ...tools.contact.email_address import check, combine
from ...tools.contact.email_typos import PROVIDERS, suggest_domain
from ...tools.verdict import DOUBTFUL, INVALID, UNCHECKED, VALID

DATA = Path(__file__).resolve().parents[2] / "data" / "quality"
SETTINGS = settings(max_examples=200, deadline=None, derandomize=True)

#: (as typed, as stored)
ACCEPTED = (
    ("salma@atlas-meca.ma", "salma@atlas-meca.ma"),
    ("  Salma.Bennani@Atlas-Meca.MA \n", "Salma.Bennani@atlas-meca.ma"),
    ("INFO@ATLAS.MA", "info@atlas.ma"),  # RFC 2142
    ("salma+salon2026@atlas.ma", "salma+salon2026@atlas.ma"),
    ("o'neil_x-1@a.b.c.d.fr", "o'neil_x-1@a.b.c.d.fr"),
    ("mailto:salma@atlas.ma?subject=Devis", "salma@atlas.ma"),
    ("MAILTO: salma@atlas.ma", "salma@atlas.ma"),
    ("Mél : salma@atlas.ma", "salma@atlas.ma"),
    ("Salma Bennani <salma@atlas.ma>", "salma@atlas.ma"),
    ('"Bennani, Salma" <salma@atlas.ma>', "salma@atlas.ma"),
    ("salma@atlas.ma<mailto:salma@atlas.ma>", "salma@atlas.ma"),
    ("Salma@atlas.ma <salma@atlas.ma>", "Salma@atlas.ma"),
    ("<salma@atlas.ma>;", "salma@atlas.ma"),
    ("'salma@atlas.ma'", "salma@atlas.ma"),
    ("salma@atlas.ma.", "salma@atlas.ma"),
    ("\ufeffsalma@\u200batlas.ma\u202c", "salma@atlas.ma"),
    ("salma＠atlas．ma", "salma@atlas.ma"),
    ("salma@société.fr", "salma@xn--socit-esab.fr"),
    ("salma@SOCIÉTÉ.fr", "salma@xn--socit-esab.fr"),
    ("salma@xn--socit-esab.fr", "salma@xn--socit-esab.fr"),
    ("سلمى@شركة.المغرب", "سلمى@xn--ogbpi5d.xn--mgbc0a9azcg"),
    ("😀@atlas.ma", "😀@atlas.ma"),
    ('"salma bennani"@atlas.ma', '"salma bennani"@atlas.ma'),
    ('"salma@home"@atlas.ma', '"salma@home"@atlas.ma'),
    ('"salma"@atlas.ma', "salma@atlas.ma"),
    (f"s{'alma' * 15}bcd@atlas.ma", f"s{'alma' * 15}bcd@atlas.ma"),
)
#: (as typed, reason, what was meant)
REFUSED = (
    ("salma", "no_at", ""),
    ("Salma Bennani", "no_at", ""),
    ("salma.gmail.com", "no_at", "salma@gmail.com"),
    ("salma.b.orange.fr", "no_at", "salma.b@orange.fr"),
    ("www.gmail.com", "no_at", ""),
    ("www.atlas-meca.ma", "no_at", ""),
    ("salmaàatlas.ma", "no_at", "salma@atlas.ma"),
    ("salma (at) atlas.ma", "no_at", "salma@atlas.ma"),
    ("écrire à salma.bennani", "no_at", ""),
    ("salma@@atlas.ma", "several_at", "salma@atlas.ma"),
    ("salma@atlas@ma.fr", "several_at", ""),
    ("salma@", "no_domain", ""),
    ("@", "no_domain", ""),
    ("salma@atlas", "no_dot", ""),
    ("salma@gmail", "no_dot", "salma@gmail.com"),
    ("salma@hotmail", "no_dot", ""),  # .com or .fr
    ("salma@gmailcom", "no_dot", "salma@gmail.com"),
    ("salma@hotmailfr", "no_dot", "salma@hotmail.fr"),
    ("salma@gmail,com", "no_dot", "salma@gmail.com"),
    ("salma@gmial,con", "no_dot", "salma@gmail.com"),
    ("@atlas.ma", "bad_local", ""),
    (".salma@atlas.ma", "bad_local", "salma@atlas.ma"),
    ("salma.@atlas.ma", "bad_local", "salma@atlas.ma"),
    ("salma..b@atlas.ma", "bad_local", "salma.b@atlas.ma"),
    ("salma,b@atlas.ma", "bad_local", "salma.b@atlas.ma"),
    ("sal(ma@atlas.ma", "bad_local", ""),
    ("\0salma@atlas.ma", "bad_local", ""),
    ("\ud800@atlas.ma", "bad_local", ""),
    ("salma@atlas..ma", "bad_domain", "salma@atlas.ma"),
    ("salma@.atlas.ma", "bad_domain", "salma@atlas.ma"),
    ("salma@-atlas.ma", "bad_domain", "salma@atlas.ma"),
    ("salma@at_las.ma", "bad_domain", ""),
    ("salma@[192.0.2.1]", "bad_domain", ""),
    ("salma@192.0.2.1", "bad_domain", ""),
    ("salma@😀.ma", "bad_domain", ""),
    ("salma@\ud800.ma", "bad_domain", ""),
    (f"salma@{'a' * 64}.ma", "bad_domain", ""),
    ("salma bennani@atlas.ma", "space", ""),
    ("salma @atlas.ma", "space", "salma@atlas.ma"),
    ("salma@atlas. ma", "space", "salma@atlas.ma"),
    ("salma@gmail com", "space", "salma@gmail.com"),
    ("salma@atlas meca.ma", "space", ""),
    ("salma@atlas.ma (bureau)", "space", "salma@atlas.ma"),
    (f"{'a' * 65}@atlas.ma", "too_long", ""),
    (f"salma@{'.'.join(['a' * 60] * 5)}.ma", "too_long", ""),
    (f"salma@{'é' * 130}.ma", "too_long", ""),
    ("a" * 1_000_000, "too_long", ""),
    ("salma@localhost", "reserved", ""),
    ("salma@server.local", "reserved", ""),
    ("salma@mail.test", "reserved", ""),
)
#: (as typed, reason, what was meant)
DOUBTED = (
    ("salma@example.com, karim@atlas.ma", "several", ""),
    ("salma@atlas.ma, karim@atlas.ma", "several", ""),
    ("salma@atlas.ma / karim@atlas.ma", "several", ""),
    ('"Bennani, S." <salma@atlas.ma>; Karim <karim@atlas.ma>', "several", ""),
    # V5: whoever asked got something to fill the field with
    ("pasdemail@gmail.com", "filler", ""),
    ("jaipasdemail@gmail.com", "filler", ""),
    ("sans@mail.fr", "filler", ""),
    ("votre@email.com", "filler", ""),
    ("keine@mail.de", "filler", ""),
    ("guest@guest.com", "filler", ""),
    ("fictif@atlas.ma", "filler", ""),
    ("nepossedepas@mail.fr", "filler", ""),
    ("salma@proton.m", "looks_mistyped", "salma@proton.me"),
    ("salma@menara.m", "looks_mistyped", "salma@menara.ma"),
    ("salma@aol.co", "looks_mistyped", "salma@aol.com"),
    ("pas-de.mail2@orange.fr", "filler", ""),
    ("NoEmail@gmail.com", "filler", ""),
    ("nomail@nomail.com", "filler", ""),
    ("sans_adresse@free.fr", "filler", ""),
    ("aucun@gmail.com", "filler", ""),
    ("inconnue@yahoo.fr", "filler", ""),
    ("a@a.fr", "filler", ""),
    ("x@y.com", "filler", ""),
    ("nc@nc.fr", "filler", ""),
    ("xxx@hotmail.fr", "filler", ""),
    ("test@test.fr", "filler", ""),
    ("martin@pasdemail.fr", "filler", ""),
    ("jenaipasdemail@gmail.com", "filler", ""),
    ("ilnapasdemail@gmail.com", "filler", ""),
    ("pas.internet@orange.fr", "filler", ""),
    ("ne.sait.pas@free.fr", "filler", ""),
    ("nonrenseigne@orange.fr", "filler", ""),
    ("noreply@atlas.ma", "never_answers", ""),
    ("no-reply+123@atlas.ma", "never_answers", ""),
    ("Ne_Pas_Repondre@atlas.ma", "never_answers", ""),
    ("factures.noreply@atlas.ma", "never_answers", ""),
    ("salma@gmail.fr", "looks_mistyped", "salma@gmail.com"),
    ("salma@www.atlas.ma", "looks_mistyped", "salma@atlas.ma"),
    ("hélène@orange.fr", "looks_mistyped", "helene@orange.fr"),
    ("hélène@gmial.com", "looks_mistyped", "helene@gmail.com"),
)
#: In domains reserved for documents.
IN_DOCUMENTS = (
    "salma@example.com salma@example.net salma@Example.ORG salma@mail.example"
    " salma@yourcompany.example.com noreply@example.com"
).split()
TYPOS = {
    "gmail.com": "gmial.com gamil.com gmal.com gmil.com gmai.com gmaill.com gmaik.com gnail.com"
    " gmsil.com gmasil.com ggmail.com gmali.com gmail.con gmail.cmo gmail.co gmail.cm gmail.fr"
    " gmail.ma gmial.fr gmail.com.com www.gmail.com gmeil.com",
    "hotmail.com": "hotmial.com hotmai.com hotmil.com hotmaill.com homtail.com otmail.com"
    " hotmail.con hotmail.om hotmqil.com hotmel.com",
    "hotmail.fr": "hotmial.fr hotamil.fr hotmail.f hotmail.ft hotmail.frr hotmal.fr",
    "yahoo.fr": "yahooo.fr yaho.fr yahoo.ft yhaoo.fr yahou.fr",
    "yahoo.com": "yaho.com yahooo.com yahoo.cm",
    "outlook.fr": "outlok.fr outloook.fr oulook.fr",
    "icloud.com": "icould.com iclould.com iclou.com icloud.co",
    "orange.fr": "orange.ft oragne.fr orangee.fr ornage.fr orange.f",
    "wanadoo.fr": "wanado.fr wanaoo.fr wandaoo.fr wanadoo.f wannadoo.fr wamadoo.fr",
    "laposte.net": "lapotse.net laposte.nte lapsote.net lapost.net",
    "protonmail.com": "protomail.com protnmail.com protomnail.com protonmial.com",
    "numericable.fr": "numericble.fr numéricable.fr numericcable.fr numericabel.ft",
    "skynet.be": "skynte.be skyynet.be",
    "menara.ma": "menra.ma mennara.ma",
    "atlas-meca.com": "atlas-meca.con www.atlas-meca.com",
    "menuiserie-martin.fr": "menuiserie-martin.frr",
}
#: Real domains, some of them close to a provider's.
REAL = (
    "mail.com email.com ymail.com gmx.com gmx.fr live.be live.fr hotmail.be hotmail.nl yahoo.co"
    " orange.ma orange.com orange.be orange.tn orange.sn orange.ci laposte.fr free.com sfr.com"
    " iam.ma inwi.ma gail.com lacoste.com lacoste.net orage.fr organe.fr grange.fr oranger.fr"
    " strange.fr hotel.com hotmaps.com hotmix.fr overlook.com outbook.com incloud.com icloudy.com"
    " cloud.com yoyo.com yatoo.fr waha.fr yahsat.ae wandoo.es wanda.fr planet.tn plante.fr"
    " topnet.ma skylet.be sky.net telnet.be telnet.fr telenor.no proximity.be maximus.be"
    " penara.ma manara.ma menar.com prontomail.com google.com googlemaps.com rocket.com"
    " total.com renault.fr bnpparibas.com edf.fr engie.com airbus.com lvmh.com carrefour.com"
    " decathlon.com leroymerlin.fr credit-agricole.fr ca-paris.fr sncf.fr ratp.fr dassault.fr"
    " proximus.com bpost.be colruyt.be solvay.com kbc.be belfius.be delhaize.be ucb.com"
    " ocpgroup.ma attijariwafa.com cosumar.co.ma managem.ma royalairmaroc.com bmce.ma lafarge.ma"
    " sonatrach.dz cevital.com djezzy.dz ooredoo.dz poulina.tn biat.com.tn tunisair.com.tn"
    " con.fr met.fr cm.com co.com om.net www.fr facebook.cm telecom.co ft.com fr.fr"
).split()
ROLES = (
    "contact info info2 CONTACT sales ventes compta rh accueil service-client rh.maroc"
    " contact+salon commercial.casa noreply recrutement75"
).split()
PEOPLE = "salma s.bennani jean-pierre claude.martin infos4u.salma contactez".split()

label = st.from_regex(r"[a-z0-9]([a-z0-9-]{0,8}[a-z0-9])?", fullmatch=True).filter(
    lambda text: text[2:4] != "--"
)
atom = st.from_regex(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]{1,8}", fullmatch=True)
addresses = st.builds(
    lambda atoms, labels, end: f"{'.'.join(atoms)}@{'.'.join(labels)}.{end}",
    st.lists(atom, min_size=1, max_size=3).filter(lambda atoms: atoms[0][0] != atoms[-1][-1]),
    st.lists(label, min_size=1, max_size=3),
    st.sampled_from(("fr", "com", "ma", "co.uk", "xn--p1ai")),
)
noise = st.text(
    st.one_of(
        st.sampled_from(list("@@@.., ;<>\"'()[]\\àé-_+/|:?\n\t\0\u200b\u202e\ud800＠。😀")),
        st.sampled_from("abgmailcomfrs"),
        st.characters(),
    ),
    max_size=40,
)


@tagged("post_install", "-at_install")
class TestEmailAddress(BaseCase):
    def test_no_address_is_no_fault(self):
        for blank in (None, False, "", " \n\u00a0", "\u200b", 0, b"salma@atlas.ma", [], "<>;"):
            verdict = check(blank)
            self.assertEqual((verdict.status, verdict.reason, verdict.value), (UNCHECKED, "", ""))

    def test_address_is_stored_in_one_form(self):
        for typed, stored in ACCEPTED:
            with self.subTest(typed=typed):
                verdict = check(typed)
                self.assertEqual((verdict.status, verdict.reason), (UNCHECKED, ""))
                self.assertEqual(verdict.value, stored)
                self.assertEqual(check(verdict.value).value, verdict.value)
                self.assertEqual(check(verdict.shown).value, verdict.value)
                self.assertEqual(verdict.facts["suggestion"], "")

    def test_domain_is_shown_in_its_own_script(self):
        self.assertEqual(check("salma@xn--socit-esab.fr").shown, "salma@société.fr")

    def test_ill_formed_address_is_invalid_for_a_reason(self):
        for typed, reason, meant in REFUSED:
            with self.subTest(typed=typed[:80]):
                verdict = check(typed)
                self.assertEqual((verdict.status, verdict.reason), (INVALID, reason))
                self.assertEqual((verdict.value, verdict.shown), ("", ""))
                self.assertEqual(verdict.facts["suggestion"], meant)

    def test_odd_address_is_doubtful_for_a_reason(self):
        for typed, reason, meant in DOUBTED:
            with self.subTest(typed=typed):
                verdict = check(typed)
                self.assertEqual((verdict.status, verdict.reason), (DOUBTFUL, reason))
                self.assertEqual(verdict.facts["suggestion"], meant)
                self.assertTrue(verdict.value)

    def test_nothing_is_said_of_a_domain_for_documents(self):
        for typed in IN_DOCUMENTS:
            with self.subTest(typed=typed):
                verdict = check(typed)
                self.assertEqual((verdict.status, verdict.reason), (UNCHECKED, "reserved"))
                self.assertEqual(verdict.value.lower(), typed.lower())
                self.assertEqual(verdict.facts["suggestion"], "")

    def test_every_reason_is_listed_and_given(self):
        given_ = {reason for _typed, reason, _meant in REFUSED + DOUBTED}
        by_domain = {"disposable", "no_mail_server", "refuses_mail"}
        self.assertEqual(given_ | by_domain, set(email_address.REASONS))

    def test_first_of_several_is_checked(self):
        self.assertEqual(check("Salma <s@x.ma>, karim@y.ma").value, "s@x.ma")

    def test_mailbox_of_a_function_is_told_from_a_person(self):
        for local in ROLES:
            self.assertTrue(check(f"{local}@atlas.ma").facts["role"], local)
        for local in PEOPLE:
            self.assertFalse(check(f"{local}@atlas.ma").facts["role"], local)

    def test_typing_error_of_a_provider_is_recognised(self):
        for meant, typos in TYPOS.items():
            for typo in typos.split():
                self.assertEqual(suggest_domain(typo), meant, typo)

    def test_real_domain_gets_no_suggestion(self):
        for domain in (*REAL, *PROVIDERS):
            self.assertEqual(suggest_domain(domain), "", domain)

    def test_two_ways_to_write_an_address_are_equal(self):
        normalise = email_address.normalise
        self.assertEqual(normalise("<Salma@Société.fr>"), normalise("salma@xn--socit-esab.fr"))
        self.assertEqual(normalise("salma@"), "")

    @SETTINGS
    @given(addresses)
    def test_well_formed_address_stays_as_it_is(self, address):
        verdict = check(address)
        self.assertNotEqual(verdict.status, INVALID)
        self.assertEqual(verdict.value.lower(), address.lower())
        self.assertEqual(check(verdict.value), verdict)

    @SETTINGS
    @given(noise)
    def test_any_text_gets_a_verdict(self, text):
        verdict = check(text)
        self.assertIn(verdict.reason, ("", *email_address.REASONS))
        self.assertEqual(verdict.status == INVALID, not verdict.value and verdict.reason != "")
        self.assertEqual(set(verdict.facts), {"local", "domain", "role", "suggestion"})
        if verdict.value:
            self.assertEqual(check(verdict.value).value, verdict.value)
        if verdict.facts["suggestion"]:  # a suggestion can be taken over without another warning
            again = check(verdict.facts["suggestion"])
            self.assertNotEqual(again.status, INVALID)
            self.assertEqual(again.facts["suggestion"], "")


@tagged("post_install", "-at_install")
class TestEmailDomainFacts(BaseCase):
    def test_what_is_known_of_the_domain_decides(self):
        cases = (
            ("salma@atlas.ma", None, UNCHECKED, ""),
            ("salma@atlas.ma", {}, UNCHECKED, ""),
            ("salma@atlas.ma", {"mx": "unchecked"}, UNCHECKED, ""),
            ("salma@atlas.ma", {"mx": "found"}, VALID, ""),
            ("salma@atlas.ma", {"mx": "none"}, INVALID, "no_mail_server"),
            ("salma@atlas.ma", {"mx": "refused"}, INVALID, "refuses_mail"),
            ("salma@atlas.ma", {"mx": "found", "kind": "disposable"}, DOUBTFUL, "disposable"),
            ("salma@atlas.ma", {"mx": "none", "kind": "disposable"}, INVALID, "no_mail_server"),
            ("salma@atlas.ma", {"mx": "unchecked", "kind": "free"}, VALID, ""),
            ("salma@gmail.com", None, VALID, ""),
            ("salma@gmail.com", {"mx": "none", "kind": "free"}, INVALID, "no_mail_server"),
            ("noreply@gmail.com", {"mx": "found"}, DOUBTFUL, "never_answers"),
            ("noreply@atlas.ma", {"mx": "none"}, INVALID, "no_mail_server"),
            ("salma@gmial.com", {"mx": "found"}, DOUBTFUL, "looks_mistyped"),
            ("salma@", {"mx": "found"}, INVALID, "no_domain"),
            ("", {"mx": "found"}, UNCHECKED, ""),
        )
        for address, known, status, reason in cases:
            with self.subTest(address=address, known=known):
                verdict = combine(check(address), known)
                self.assertEqual((verdict.status, verdict.reason), (status, reason))
                self.assertEqual(verdict.value, check(address).value)

    def test_nothing_is_known_of_a_domain_for_documents(self):
        everything = (
            {"mx": mx, "kind": kind, "suggestion": suggestion}
            for mx in ("unchecked", "found", "none", "refused")
            for kind in ("ordinary", "free", "disposable")
            for suggestion in ("", "atlas.ma")
        )
        for known in (None, {}, *everything):
            for address in (*IN_DOCUMENTS, "salma@example.com, karim@atlas.ma"):
                with self.subTest(address=address, known=known):
                    self.assertEqual(combine(check(address), known), check(address))

    def test_domain_of_the_list_that_was_meant_is_suggested(self):
        known = {"mx": "found", "kind": "ordinary", "suggestion": "atlas.ma"}
        verdict = combine(check("salma@atals.ma"), known)
        self.assertEqual((verdict.status, verdict.reason), (DOUBTFUL, "looks_mistyped"))
        self.assertEqual(verdict.facts["suggestion"], "salma@atlas.ma")

    def test_suggestion_survives_a_missing_server(self):
        verdict = combine(check("salma@gmial.com"), {"mx": "none"})
        self.assertEqual(verdict.reason, "no_mail_server")
        self.assertEqual(verdict.facts["suggestion"], "salma@gmail.com")


@tagged("post_install", "-at_install")
class TestEmailDomainLists(BaseCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.lists = {}
        for kind in ("free_mail", "disposable"):
            lines = (DATA / f"{kind}_domains.txt").read_text(encoding="utf-8").splitlines()
            cls.lists[kind] = [line for line in lines if not line.startswith("#")]

    def test_lists_hold_each_domain_once_in_order(self):
        for domains in self.lists.values():
            self.assertEqual(domains, sorted(set(domains)))
            self.assertTrue(all(name.isascii() and name == name.lower() for name in domains))
        self.assertFalse(set(self.lists["free_mail"]) & set(self.lists["disposable"]))

    def test_providers_are_free_and_throw_away_ones_are_not(self):
        free = set(self.lists["free_mail"])
        self.assertLessEqual(PROVIDERS, free)
        self.assertLessEqual({"menara.ma", "djaweb.dz", "gnet.tn", "voo.be", "9online.fr"}, free)
        self.assertLessEqual({"yopmail.com", "mailinator.com"}, set(self.lists["disposable"]))

    def test_no_typing_error_is_in_the_list_of_providers(self):
        self.assertFalse([name for name in self.lists["free_mail"] if suggest_domain(name)])
