from lxml import html

from odoo.exceptions import AccessError
from odoo.tests import JsonRpcException, tagged
from odoo.tools import mute_logger

from ..people import person
from .public_common import PublicCase

EMAIL = "prospecting:email:yes"
PHONE = "prospecting:phone:yes"
POST = "prospecting:post:no"


@tagged("post_install", "-at_install")
class TestConsentPreferences(PublicCase):
    def setUp(self):
        super().setUp()
        self.url = self.preference_path()

    def load(self):
        return self.form_of(self.get(self.url).text, "choices")

    def send(self, form, *boxes, decide="save", **options):
        data = {**form, "box": list(boxes), "decide": decide}
        return self.url_open(self.url, data=data, **options)

    # -- what is shown -------------------------------------------------------------

    def test_nothing_is_ticked_that_was_not_given(self):
        self.assertNotIn("box", self.load())
        self.decide(self.ada, "given")
        self.decide(self.ada, "refused", channel="phone")
        self.assertEqual(self.load()["box"], [EMAIL])

    def test_where_the_law_asks_for_no_consent_the_box_is_the_objection(self):
        self.assertIn("prospecting:post:no:0", self.load()["shown"].split())
        self.send(self.load(), POST)
        self.assertEqual(
            self.events_of(self.ada), [("prospecting", "post", "objected", "preference_centre")]
        )
        self.assertFalse(self.may(self.ada, channel="post"))
        self.assertIn("prospecting:post:yes:0", self.load()["shown"].split())

    def test_every_box_of_a_group_means_the_same(self):
        self.decide(self.ada, "given")
        boxes = html.fromstring(self.get(self.url).text).xpath(
            "//form[@id='choices']//*[@name='box']"
        )
        meant = {}
        for box in boxes:
            group = box.xpath("ancestor::fieldset[1]/legend")[0].text
            meant.setdefault(group, set()).add(box.get("value").rpartition(":")[2])
        self.assertEqual(meant.pop("What you can object to"), {"no"})
        self.assertGreaterEqual(len(meant), 2)
        self.assertEqual(set().union(*meant.values()), {"yes"})

    def test_a_box_to_object_names_its_purpose(self):
        page = html.fromstring(self.get(self.url).text)
        self.assertEqual(
            page.xpath(f"//label[@for='{POST}']")[0].text,
            "Prospecting: No longer write to me by post",
        )

    def folded(self):
        """Return ``{purpose: is it open}`` of the purposes that are folded."""
        page = html.fromstring(self.get(self.url).text)
        return {each.get("data-purpose"): "open" in each.attrib for each in page.xpath("//details")}

    def test_purposes_without_a_decision_are_folded(self):
        self.assertTrue(all(self.folded().values()), "a page of nothing but folds says nothing")
        self.decide(self.ada, "refused")
        folded = self.folded()
        self.assertIn("newsletter", folded)
        self.assertNotIn("prospecting", folded)
        self.assertFalse(any(folded.values()))

    def test_withdraw_everything_stands_first_and_last(self):
        page = html.fromstring(self.get(self.url).text)
        buttons = [button.get("value") for button in page.xpath("//main//button")]
        self.assertEqual(buttons, ["all", "save", "all"])

    def test_only_marketing_purposes_and_reachable_channels_are_shown(self):
        self.ada.phone = False
        shown = [box.split(":")[:2] for box in self.load()["shown"].split()]
        self.assertIn(["newsletter", "email"], shown)
        self.assertFalse({"phone", "sms"}.intersection(channel for _code, channel in shown))
        self.assertNotIn("customer", [code for code, _channel in shown])

    def test_nobody_can_agree_without_a_notice_in_force(self):
        self.purpose.notice_id = self.env["customer.sheet.consent.notice"].create({"name": "New"})
        self.decide(self.ada, "given")
        boxes = self.load()["shown"].split()
        self.assertIn("prospecting:email:yes:1", boxes, "what was given can be withdrawn")
        self.assertNotIn("prospecting:phone:yes:0", boxes)
        self.send({**self.load(), "shown": "prospecting:phone:yes:0"}, PHONE)
        self.assertEqual(len(self.events_of(self.ada)), 1)

    def test_the_page_speaks_the_persons_language_or_the_one_chosen(self):
        self.ada.lang = "fr_FR"
        self.assertIn('<html lang="fr-FR"', self.get(self.url).text)
        page = self.get(f"{self.url}?lang=en_US").text
        self.assertIn('<html lang="en-US"', page)
        self.assertIn('hreflang="fr-FR"', page)
        self.assertIn('<html lang="fr-FR"', self.get(f"{self.url}?lang=xx_XX").text)

    # -- GET changes nothing -------------------------------------------------------

    def test_get_and_head_change_nothing(self):
        self.decide(self.ada, "given")
        self.env["mail.blacklist"]._add("ada@example.fr")
        unsubscribe = self.path(self.ada._sheet_unsubscribe_url("prospecting"))
        before = self.ledger()
        for path in (self.url, f"{self.url}?decide=all&box={POST}", unsubscribe):
            self.assertEqual(self.get(path).status_code, 200)
            self.assertEqual(self.opener.head(self.base_url() + path).status_code, 200)
        self.assertEqual(self.ledger(), before)
        self.assertTrue(self.ada.is_blacklisted)

    # -- deciding -------------------------------------------------------------------

    def test_each_changed_box_is_one_event_with_its_evidence(self):
        form = self.load()
        headers = {"User-Agent": "Lynx", "Referer": "https://mail.example/?secret=1"}
        response = self.send(form, EMAIL, PHONE, headers=headers, allow_redirects=False)
        self.assertEqual(response.status_code, 303)
        self.assertIn("done=saved", response.headers["Location"])
        events = self.ada._sheet_consent_events().sorted("id")
        self.assertEqual(events.mapped("channel"), ["email", "phone"])
        event = events[0]
        self.assertEqual(
            (event.state, event.actor_kind, event.box), ("given", "subject", "unticked")
        )
        self.assertEqual(event.notice_version_id.lang, "en_US")
        payload = event.payload_ids._read()
        self.assertEqual(payload["label"], "Prospecting: Yes, you may write to me by e-mail")
        self.assertEqual(payload["submission"], form["submission"])
        self.assertEqual(payload["ip"], "127.0.0.0")
        self.assertEqual(payload["user_agent"], "Lynx")
        self.assertEqual(payload["referrer"], "https://mail.example/")

    def test_the_words_and_the_notice_of_the_language_shown_are_recorded(self):
        page = self.get(f"{self.url}?lang=fr_FR").text
        self.send(self.form_of(page, "choices"), EMAIL)
        self.assertEqual(self.ada._sheet_consent_events().notice_version_id.lang, "fr_FR")

    def test_the_address_of_the_visitor_is_kept_as_the_setting_says(self):
        parameters = self.env["ir.config_parameter"]
        for how, kept in (("full", "127.0.0.1"), ("none", None)):
            parameters.set_param("crm_customer_sheet.consent_keep_ip", how)
            boxes = self.load().get("box", [])
            self.send(self.load(), *([] if EMAIL in boxes else [EMAIL]))
            event = self.ada._sheet_consent_events().sorted("id")[-1]
            self.assertEqual(event.payload_ids._read().get("ip"), kept)

    def test_a_double_click_is_one_decision(self):
        form = self.load()
        for _click in range(2):
            self.assertEqual(self.send(form, EMAIL).status_code, 200)
        self.assertEqual(len(self.events_of(self.ada)), 1)

    def test_a_page_opened_earlier_does_not_undo_what_was_decided_since(self):
        form = self.load()
        self.decide(self.ada, "given")
        self.send(form, PHONE)
        self.assertEqual(self.standing(self.ada), ["given"])

    def test_unticking_withdraws(self):
        self.decide(self.ada, "given")
        self.send(self.load())
        self.assertEqual(self.standing(self.ada), ["withdrawn"])

    def test_saving_without_a_change_says_so(self):
        response = self.send(self.load())
        self.assertIn("You have not changed anything", response.text)
        self.assertFalse(self.events_of(self.ada))

    def test_invented_boxes_are_no_decisions(self):
        form = {**self.load(), "shown": "customer:email:yes:0 x:y:z:0 prospecting:fax:yes:0 ::: :"}
        self.send(form, "customer:email:yes", "x:y:z", "prospecting:fax:yes")
        self.assertFalse(self.events_of(self.ada))

    def test_one_click_withdraws_everything(self):
        self.decide(self.ada, "given")
        self.decide(self.ada, "given", purpose="newsletter", channel="sms")
        response = self.send(self.load(), decide="all")
        self.assertIn("Everything is withdrawn", response.text)
        self.assertEqual(self.standing(self.ada), ["withdrawn"])
        self.assertEqual(self.standing(self.ada, "newsletter", "sms"), ["withdrawn"])
        self.assertEqual(self.standing(self.ada, "prospecting", "post"), ["objected"])
        count = len(self.events_of(self.ada))
        self.send(self.load(), decide="all")
        self.assertEqual(len(self.events_of(self.ada)), count, "closed cells stay as they are")

    def test_only_the_owner_takes_the_address_off_the_do_not_contact_list(self):
        self.env["mail.blacklist"]._add("ada@example.fr")
        self.ada.invalidate_recordset()
        page = self.get(self.url).text
        self.assertIn("do-not-contact list", page)
        response = self.send(self.form_of(page), decide="unblock")
        self.assertIn("off the do-not-contact list", response.text)
        self.ada.invalidate_recordset()
        self.assertFalse(self.ada.is_blacklisted)

    def test_agreeing_to_one_purpose_leaves_the_do_not_contact_list_alone(self):
        self.env["mail.blacklist"]._add("ada@example.fr")
        self.send(self.load(), EMAIL)
        self.ada.invalidate_recordset()
        self.assertTrue(self.ada.is_blacklisted)
        self.assertFalse(self.may(self.ada))

    @mute_logger("odoo.http")
    def test_a_form_of_another_site_is_refused(self):
        form = {**self.load(), "csrf_token": "x"}
        self.assertEqual(self.send(form, EMAIL).status_code, 400)
        self.assertFalse(self.events_of(self.ada))

    # -- one click (RFC 8058) ----------------------------------------------------

    def test_one_click_is_at_once_empty_without_cookie_or_redirect(self):
        self.decide(self.ada, "given")
        path = self.path(self.ada._sheet_unsubscribe_url("prospecting"))
        self.opener.cookies.pop("session_id", None)
        for _retry in range(2):
            response = self.url_open(
                path, data={"List-Unsubscribe": "One-Click"}, allow_redirects=False
            )
            self.assertEqual((response.status_code, response.content), (200, b""))
            self.assertNotIn("Set-Cookie", response.headers)
        self.assertEqual(
            self.events_of(self.ada)[1:], [("prospecting", "email", "withdrawn", "one_click")]
        )

    def test_one_click_of_who_was_never_asked_is_an_objection(self):
        self.ada.sheet_typology = "b2b"
        path = self.path(self.ada._sheet_unsubscribe_url("prospecting"))
        self.url_open(path, files={"List-Unsubscribe": (None, "One-Click")})
        self.assertEqual(self.standing(self.ada), ["objected"])

    def test_an_old_unsubscribe_link_works_again_after_a_new_consent(self):
        path = self.path(self.ada._sheet_unsubscribe_url("prospecting"))
        for _round in range(2):
            self.decide(self.ada, "given")
            self.url_open(path, data={"List-Unsubscribe": "One-Click"})
            self.assertEqual(self.standing(self.ada), ["withdrawn"])

    def test_the_unsubscribe_page_asks_first(self):
        path = self.path(self.ada._sheet_unsubscribe_url("prospecting"))
        page = self.get(path)
        self.assertIn("Nothing changes before you do", page.text)
        self.assertIn("It is done", self.url_open(path, data=self.form_of(page.text)).text)
        self.assertEqual(self.standing(self.ada), ["objected"])

    # -- nothing else is open ------------------------------------------------------

    @mute_logger("odoo.http")
    def test_visitors_reach_nothing_of_the_room_by_rpc(self):
        visitor = person(self.env, "visitor")
        self.decide(self.ada, "given")
        self.authenticate(visitor.login, visitor.login)
        own = visitor.partner_id.id
        for model, method, args in (
            ("res.partner", "can_contact", [[own], "prospecting", "email"]),
            ("res.partner", "sheet_consent_history", [[own]]),
            ("res.partner", "action_sheet_consent_request", [[own]]),
            ("res.partner", "_sheet_preference_url", [[own]]),
            ("res.partner", "read", [[own], ["sheet_consents"]]),
            ("customer.sheet.consent.link", "_sign", ["preferences", [own]]),
            ("customer.sheet.consent.link.request", "search_read", [[]]),
            ("customer.sheet.consent.event", "search_read", [[]]),
            ("customer.sheet.consent.notice.version", "search_read", [[]]),
        ):
            params = {"model": model, "method": method, "args": args, "kwargs": {}}
            with self.assertRaises(JsonRpcException, msg=(model, method)):
                self.make_jsonrpc_request(f"/web/dataset/call_kw/{model}/{method}", params)

    def test_reps_cannot_read_who_asked_for_links(self):
        requests = self.env["customer.sheet.consent.link.request"]
        for user in (self.rep, self.steward, self.officer):
            with self.assertRaises(AccessError):
                requests.with_user(user).search([])
