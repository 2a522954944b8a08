"""Whatever a register does, whoever asks it has an answer or a reason, in time."""

import time
from datetime import datetime, timedelta, timezone
from email.utils import format_datetime

from odoo.tests import BaseCase, tagged

from ....models.collection.registers.answer import Silent
from ....models.collection.registers.http import LONGEST, Http
from .stand_in import StandIn


@tagged("post_install", "-at_install")
class TestHttp(BaseCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.server = StandIn(lambda request: (200, {"path": request.path}))
        cls.addClassCleanup(cls.server.stop)

    def setUp(self):
        super().setUp()
        self.addCleanup(self.server.well)
        self.server.requests.clear()

    def http(self, seconds=4, **options):
        return Http(
            self.server.url, "Customer sheet of Ateliers Mosans", seconds=seconds, **options
        )

    def reason(self, http=None):
        """Return why there is no answer, and after how long it was told."""
        started = time.monotonic()
        with self.assertRaises(Silent) as caught:
            (http or self.http()).get("/x").content()
        self.waited = time.monotonic() - started
        return caught.exception.reason, caught.exception.wait

    def test_who_asks_is_told(self):
        agent = "Customer sheet of Café\r\nX-Evil: 1 Œuvre"
        reply = Http(self.server.url + "/", agent, {"X-Key": "k"}).get("/search", q="a b", page=1)
        self.assertEqual(reply.content(), {"path": "/search"})
        [request] = self.server.requests
        self.assertEqual(request.query, (("q", "a b"), ("page", "1")))
        self.assertEqual(request.headers["User-Agent"], "Customer sheet of Café X-Evil: 1 ?uvre")
        self.assertNotIn("X-Evil", request.headers)
        self.assertEqual(request.headers["X-Key"], "k")

    def test_reasons(self):
        """Each way to go wrong: status, body and headers of the answer, and the reason."""
        page = b"<html><title>502 Bad Gateway</title></html>"
        for status, raw, headers, expected in [
            (500, b'{"erreur": "Erreur interne"}', {}, ("failing", None)),
            (502, page, {"Content-Type": "text/html"}, ("failing", None)),
            (503, b"", {}, ("failing", None)),
            (503, b"", {"Retry-After": "30"}, ("asked_to_wait", 30)),
            (429, b"slow down", {"Retry-After": "2"}, ("asked_to_wait", 2)),
            (429, b"", {}, ("asked_to_wait", 1)),
            (429, b"", {"Retry-After": "99999999999999"}, ("asked_to_wait", 24 * 3600)),
            (400, b'{"erreur": "..."}', {}, ("not_understood", None)),
            (401, b"", {}, ("refused", None)),
            (403, page, {}, ("refused", None)),
            (200, page, {}, ("nonsense", None)),
            (200, b"", {}, ("nonsense", None)),
            (200, b"[]", {}, ("nonsense", None)),
            (200, b'{"a": ', {}, ("nonsense", None)),
            (200, b'{"a": "\xff"}', {}, ("nonsense", None)),
            (200, b"[" * 100_000, {}, ("nonsense", None)),
            (200, b'{"a": ' + b"9" * 5000 + b"}", {}, ("nonsense", None)),
            (200, b'"' + b"x" * (2 * LONGEST) + b'"', {}, ("nonsense", None)),
            (204, b"", {}, ("nonsense", None)),
            (302, b"", {"Location": "http://localhost:9/"}, ("nonsense", None)),
            (302, b"", {"Location": "//example.com/x"}, ("nonsense", None)),
            (302, b"", {"Location": "http://127.0.0.1:9/"}, ("nonsense", None)),
            (301, b"", {"Location": "file:///etc/passwd"}, ("nonsense", None)),
            (302, b"", {"Location": "/y"}, ("nonsense", None)),  # in a circle
            (200, b"{} but no gzip", {"Content-Encoding": "gzip"}, ("nonsense", None)),
            (200, b"{}", {"Transfer-Encoding": "chunked"}, ("unreachable", None)),  # breaks off
        ]:
            self.server.status, self.server.raw, self.server.headers = status, raw, headers
            with self.subTest(status=status, raw=raw[:30], headers=headers):
                self.assertEqual(self.reason(), expected)
                self.assertLess(self.waited, 4)

    def test_retry_after_as_a_date(self):
        later = datetime.now(timezone.utc) + timedelta(minutes=5)
        self.server.status = 429
        self.server.headers = {"Retry-After": format_datetime(later, usegmt=True)}
        reason, wait = self.reason()
        self.assertEqual(reason, "asked_to_wait")
        self.assertAlmostEqual(wait, 300, delta=5)

    def test_silence_and_drops(self):
        """The whole answer counts, not each part of it."""
        for name, value in (("delay", 12), ("drip", 0.1), ("drip_headers", 0.1)):
            self.server.well()
            self.server.raw = b" " * 400
            setattr(self.server, name, value)
            with self.subTest(name):
                self.assertEqual(self.reason(self.http(seconds=0.4)), ("slow", None))
                self.assertLess(self.waited, 2)
            self.server.over.set()  # lets it go

    def test_nobody_there(self):
        gone = StandIn(None)
        gone.stop()
        self.assertEqual(self.reason(Http(gone.url, "x")), ("unreachable", None))
        self.assertEqual(self.reason(Http("http://[::bad", "x")), ("unreachable", None))
        self.assertEqual(self.reason(Http("http://" + "a" * 70, "x")), ("unreachable", None))

    def test_a_redirect_within_the_register_is_followed(self):
        answers = iter([(302, {"Location": "/y?z=1"}), (200, {})])

        def answer(request):
            self.server.status, self.server.headers = next(answers)
            return 200, {"path": request.path}

        self.server.answer, former = answer, self.server.answer
        self.addCleanup(setattr, self.server, "answer", former)
        self.assertEqual(self.http().get("/x").content(), {"path": "/y"})
        self.assertEqual(self.server.requests[-1].query, (("z", "1"),))
        self.server.answer = lambda request: (302, {})
        self.server.status, self.server.headers = 302, {"Location": "/y"}
        with self.assertRaises(Silent):  # what is sent goes nowhere else
            self.http().post("/x", {})

    def test_a_look_up_ends_as_a_whole(self):
        """Two requests share the time, and whoever is not to ask yet does not."""

        def turn(left):
            turns.append(left)
            if len(turns) == 3:
                raise Silent("busy", 7)

        turns, http = [], self.http(turn=None)
        http.turn = turn
        http.get("/x")
        http.get("/x")
        self.assertLess(turns[1], turns[0])
        self.assertEqual(self.reason(http), ("busy", 7))
        self.assertEqual(len(self.server.requests), 2)
