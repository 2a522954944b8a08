"""How public registers are asked: one request, an answer in time, or a reason why there is none."""

import json
import threading
import time
from dataclasses import dataclass
from datetime import datetime, timezone
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

import requests
from requests.adapters import HTTPAdapter

from .answer import Silent

#: Seconds until there must be a connection, and until the whole answer must be there: whoever
#: waits has something to read after four.
CONNECT, WHOLE = 2, 3.7
#: Bytes of an answer; more is none.
LONGEST = 1_000_000
#: How often a register may send elsewhere, on its own host.
REDIRECTS = 2
#: No register is believed that asks to wait longer (seconds).
LONGEST_WAIT = 24 * 3600
#: Bytes read at once: few, as reading waits for all of them, and registers may be slow.
_CHUNK = 128


@dataclass(frozen=True)
class Reply:
    """What came back.

    :ivar data: the JSON of the body, ``None`` where it is none
    """

    status: int
    data: Any = None

    def content(self):
        """Return the object that answers the question.

        :raise Silent: it is no such thing
        """
        if self.status in (401, 403):
            raise Silent("refused")
        if self.status >= 500:
            raise Silent("failing")
        if self.status >= 400:
            raise Silent("not_understood")
        if self.status != 200 or not isinstance(self.data, dict):
            raise Silent("nonsense")
        return self.data


class Http:
    """One look-up in a register, of as many requests as it takes.

    All of them together are over after ``seconds``, whatever happens: no name server that does
    not answer and no body that comes drop by drop makes anybody wait longer.

    :param base: address of the register
    :param agent: who asks, as registers want to know
    :param headers: sent with every request
    :param turn: called with the seconds left before each request; it waits until the register
        may be asked, or raises :class:`Silent`
    """

    def __init__(self, base, agent, headers=None, turn=None, seconds=WHOLE):
        self.base, self.turn = base.rstrip("/"), turn
        self.headers = {
            "User-Agent": _of_header(agent),
            "Accept": "application/json",
            "Accept-Encoding": "identity",  # what is small on the way is not always small here
            **{name: _of_header(value) for name, value in (headers or {}).items()},
        }
        self.ends = time.monotonic() + seconds

    def get(self, path, **params):
        """Return the :class:`Reply` to a question.

        :raise Silent: there is none
        """
        return self._within(lambda: self._asked("GET", path, params=params))

    def post(self, path, body):
        """Return the :class:`Reply` to a question that is sent as JSON."""
        return self._within(lambda: self._asked("POST", path, json=body))

    @property
    def left(self):
        """Seconds until an answer must be there."""
        return self.ends - time.monotonic()

    def _within(self, ask):
        """Return what ``ask`` gives, in time.

        Time-outs of sockets bound neither the look-up of a name nor what comes drop by drop, so
        that the caller is the one to stop waiting.  The thread touches nothing of Odoo.
        """
        if self.turn:
            self.turn(self.left)
        done = {}

        def run():
            try:
                done["reply"] = ask()
            except Silent as silent:
                done["silent"] = silent
            except requests.Timeout:
                done["silent"] = Silent("slow")
            except requests.exceptions.ContentDecodingError:
                done["silent"] = Silent("nonsense")
            except (requests.RequestException, OSError, ValueError):
                done["silent"] = Silent("unreachable")

        thread = threading.Thread(target=run, name="register", daemon=True)
        thread.start()
        thread.join(max(self.left, 0))
        if "reply" in done:
            return done["reply"]
        raise done.get("silent") or Silent("slow" if thread.is_alive() else "unreachable")

    def _asked(self, method, path, **question):
        url, waiting = self.base + path, max(self.left, 0.1)
        options = {"headers": self.headers, "allow_redirects": False, "stream": True}
        with requests.Session() as session:
            for start in ("https://", "http://"):
                session.mount(start, _InTime())
            for _time in range(REDIRECTS + 1):
                with session.request(
                    method, url, timeout=waiting, **options, **question
                ) as response:
                    if not response.is_redirect:
                        return self._reply(response)
                    url = _moved(method, url, response.headers["Location"])
                    question = {}  # the new address says it all
        raise Silent("nonsense")

    def _reply(self, response):
        if response.status_code == 429 or (
            response.status_code == 503 and "Retry-After" in response.headers
        ):
            raise Silent("asked_to_wait", retry_after(response.headers.get("Retry-After")))
        return Reply(response.status_code, _json(self._body(response)))

    def _body(self, response):
        body = bytearray()
        for chunk in response.iter_content(_CHUNK):
            body += chunk
            if self.left < 0:
                raise Silent("slow")
            if len(body) > LONGEST:
                raise Silent("nonsense")
        return bytes(body)


class _InTime(HTTPAdapter):
    """Waits less for a connection than for an answer."""

    def send(self, request, stream=False, timeout=None, **options):
        """Send a request."""
        return super().send(request, stream, (CONNECT, timeout), **options)


def retry_after(text, now=None):
    """Return the seconds that a register asks to wait, however it says so; 1 where it does not.

    >>> retry_after("120"), retry_after("soon"), retry_after("-5")
    (120, 1, 1)
    >>> ten = datetime(2026, 11, 29, 10, tzinfo=timezone.utc)
    >>> retry_after("Sun, 29 Nov 2026 10:01:00 GMT", ten)
    60
    """
    text = (text or "").strip()
    if text.isdecimal() and text.isascii():
        seconds = int(text[:9])
    else:
        try:
            until = parsedate_to_datetime(text)
        except ValueError:
            return 1
        until = until if until.tzinfo else until.replace(tzinfo=timezone.utc)
        seconds = round((until - (now or datetime.now(timezone.utc))).total_seconds())
    return min(max(seconds, 1), LONGEST_WAIT)


def _moved(method, url, location):
    """Return where a redirect leads, if that is still the same register.

    :raise Silent: it is not
    """
    place, there = urlsplit(url), urlsplit(urljoin(url, location))
    if method != "GET" or (place.scheme, place.netloc) != (there.scheme, there.netloc):
        raise Silent("nonsense")
    return there.geturl()


def _json(body):
    try:
        return json.loads(body)
    except (ValueError, RecursionError):
        return None


def _of_header(text):
    """Return a text as a header holds it: one line of Latin letters.

    >>> _of_header("Ateliers Mosans\\r\\nX: 1 Œ")
    'Ateliers Mosans X: 1 ?'
    """
    return " ".join(text.split()).encode("latin-1", "replace").decode("latin-1")
