"""The rehearsal of docs/rehearsal.md: from the public page to the certificate, in two languages."""

import re
import time
import urllib.parse
import urllib.request

from . import scenario
from .client import TIMEOUT, Client

PAGE = "/customer_sheet/privacy"
TICKET = re.compile(r'name="ticket" value="([^"]+)"')
LINK = re.compile(rf"{PAGE}/[\w%.~-]+")
#: People type longer than this.
SECONDS = 4
#: Who asks to be forgotten, and in which language.
PEOPLE = {
    "fr_FR": ("Nicolas Perrin", "nicolas.perrin@mail.example.org"),
    "en_US": ("Charlotte Verhaegen", "charlotte.verhaegen@mail.example.org"),
}
#: How the letter that answers them begins.
SAID = {"fr_FR": "Votre demande", "en_US": "Your request"}


class Visitor(Client):
    """Somebody without a login."""

    def send(self, path, **values):
        """The page that answers a form."""
        data = urllib.parse.urlencode(values).encode()
        request = urllib.request.Request(self.address + path, data=data)
        with self.opener.open(request, timeout=TIMEOUT) as response:
            return response.read().decode()


class TestRehearsal(scenario.Scenario):
    def test_from_the_public_page_to_the_certificate(self):
        server = self.server(self.demo_database(), workers=0)
        self.admin, self.officer = server.client(), server.client("privacy")
        self.visitor = Visitor(self.officer.address)
        for lang, (name, email) in PEOPLE.items():
            with self.subTest(lang):
                self.ask(lang, name, email)
                request = self.confirm(name)
                self.assertIn(f"request_{request}", self.due())
                erasure = self.erase(request)
                self.answer(request)
                self.check(erasure, request, lang, name, email)

    def ask(self, lang, name, email):
        """Send the form of the public page."""
        _status, page = self.visitor.get(f"{PAGE}?lang={lang}")
        [ticket] = TICKET.findall(page)
        time.sleep(SECONDS)
        values = {"kind": "erasure", "person_name": name, "email": email, "words": ""}
        self.visitor.send(PAGE, lang=lang, ticket=ticket, **values)

    def confirm(self, name):
        """Follow the link of the mail as its owner; the request that is theirs."""
        self.chores("prompt")
        [request] = self.read(
            "customer.sheet.request",
            [["person_name", "=", name], ["channel", "=", "form"]],
            ["state"],
        )
        self.assertEqual(request["state"], "asked")
        mails = self.admin.call(
            "mail.mail",
            "search_read",
            [["body_html", "like", f"%{PAGE}/%"]],
            ["body_html"],
            limit=1,
            order="id desc",
        )
        link = LINK.search(mails[0]["body_html"])[0]
        self.visitor.get(link)
        self.assertEqual(self.state(request), "asked")  # a scanner of mails may have followed it
        self.visitor.send(link, answer="yes")
        self.assertEqual(self.state(request), "working")
        return request["id"]

    def erase(self, request):
        """Prepare, have approved where it must be, erase; the erasure."""
        action = self.officer.call("customer.sheet.request", "action_prepare_erasure", [request])
        number = action["res_id"]
        erasure = "customer.sheet.erasure"
        self.chores("prompt")
        found = self.officer.call(
            "customer.sheet.erasure.text",
            "search",
            [["erasure_id", "=", number], ["decision", "=", False]],
        )
        if found:
            self.officer.call("customer.sheet.erasure.text", "write", found, {"decision": "cut"})
        self.officer.call(erasure, "write", [number], {"backups_until": "2027-12-31"})
        [read] = self.officer.call(erasure, "read", [number], ["two_people", "refused"])
        self.assertFalse(read["refused"])
        if read["two_people"]:
            self.officer.call(erasure, "action_ask", [number])
            self.admin.call(erasure, "action_approve", [number])
            self.assertIn("erasures_to_start", self.due())
        self.officer.call(erasure, "action_erase", [number])
        self.wait(lambda: self.chores("prompt") or self.erased(number))
        return number

    def erased(self, number):
        fields = ["state", "failure", "left_text"]
        [read] = self.officer.call("customer.sheet.erasure", "read", [number], fields)
        self.assertNotIn(read["state"], ("unfinished", "failed"), read)
        return read["state"] == "done"

    def answer(self, request):
        """Write the letter that says what was done."""
        steps = "customer.sheet.request.step"
        context = {"active_id": request, "active_model": "customer.sheet.request"}
        values = {"step": "answered", "request_id": request, "words": "OK"}
        dialog = self.officer.call(steps, "create", [values], context=context)
        self.officer.call(steps, "action_apply", dialog)

    def check(self, erasure, request, lang, name, email):
        """Nothing is left of them, they know it, and it can be shown."""
        self.assertNotIn(f"request_{request}", self.due())
        [read] = self.officer.call("customer.sheet.erasure", "read", [erasure], ["certificate"])
        self.assertIn("2027", read["certificate"])  # when the last backup ends
        self.assertNotIn(name, read["certificate"])
        fields = ["state", "in_time", "letter"]
        [read] = self.read("customer.sheet.request", [["id", "=", request]], fields)
        self.assertEqual((read["state"], read["in_time"]), ("answered", True))
        self.assertIn(SAID[lang], read["letter"])
        anyone = ["|", ["name", "=", name], ["email", "=", email], ["active", "in", [True, False]]]
        self.assertEqual(self.admin.call("res.partner", "search_count", anyone), 0)

    # -- by the way ----------------------------------------------------------------

    def due(self):
        """The codes of what is due for the officer."""
        page = self.officer.call("customer.sheet.desk", "action_open_page")["res_id"]
        [read] = self.officer.call("customer.sheet.desk", "read", [page], ["due"])
        return [line["code"] for line in read["due"] or ()]

    def read(self, model, domain, fields):
        return self.officer.call(model, "search_read", domain, fields)

    def state(self, request):
        [read] = self.read("customer.sheet.request", [["id", "=", request["id"]]], ["state"])
        return read["state"]

    def chores(self, round_):
        """Run the scheduled action that does the chores of a round."""
        job = self.admin.call(
            "ir.model.data", "search_read", [["name", "=", f"ir_cron_sheet_{round_}"]], ["res_id"]
        )
        self.admin.call("ir.cron", "method_direct_trigger", [job[0]["res_id"]])
