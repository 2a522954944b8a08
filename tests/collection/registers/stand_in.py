"""Public registers to talk to: real HTTP on a local port, each in its own protocol."""

import json
import threading
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import NamedTuple
from urllib.parse import parse_qsl, urlsplit


class Request(NamedTuple):
    """What a register was asked."""

    method: str
    path: str
    query: tuple
    body: object
    headers: dict

    def param(self, name):
        return dict(self.query).get(name, "")


class StandIn:
    """Answers as a register does, or goes wrong as it is told to.

    :ivar answer: ``f(request)`` that returns ``(status, data)``
    :ivar requests: what it was asked
    :ivar raw: the body instead, as bytes
    :ivar status: the status instead
    :ivar headers: more headers of the answer
    :ivar delay: seconds until it answers
    :ivar drip: seconds between two parts of the body; ``drip_headers``, of the headers
    """

    def __init__(self, answer):
        self.answer, self.requests = answer, []
        self.well()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        poll = {"poll_interval": 0.01}
        threading.Thread(target=self._server.serve_forever, kwargs=poll, daemon=True).start()

    def well(self):
        """Answer well again."""
        self.raw = self.status = None
        self.headers, self.delay, self.drip, self.drip_headers = {}, 0, 0, 0
        self.over = threading.Event()

    def stop(self):
        """Stop listening."""
        self.over.set()
        self._server.shutdown()
        self._server.server_close()

    def _handler(self):
        server = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self):
                place = urlsplit(self.path)
                size = int(self.headers.get("Content-Length") or 0)
                body = json.loads(self.rfile.read(size)) if size else None
                request = Request(
                    *(self.command, place.path, tuple(parse_qsl(place.query)), body),
                    dict(self.headers),
                )
                server.requests.append(request)
                status, data = server.answer(request)
                server.over.wait(server.delay)
                sent = json.dumps(data).encode() if server.raw is None else server.raw
                self.reply(server.status or status, sent)

            do_POST = do_GET

            def reply(self, status, sent):
                headers = {"Content-Type": "application/json", **server.headers}
                lines = [f"HTTP/1.0 {status} X", *(f"{n}: {v}" for n, v in headers.items())]
                head = ("\r\n".join([*lines, f"Content-Length: {len(sent)}"]) + "\r\n\r\n").encode()
                self.send_slowly(head, server.drip_headers)
                self.send_slowly(sent, server.drip)

            def send_slowly(self, sent, seconds):
                if not seconds:
                    self.wfile.write(sent)
                    return
                for place in range(0, len(sent), 4):
                    self.wfile.write(sent[place : place + 4])
                    self.wfile.flush()
                    if server.over.wait(seconds):
                        raise ConnectionAbortedError

            def handle(self):
                with suppress(ConnectionError):  # whoever asked has gone
                    return super().handle()

            def log_message(self, *args):
                pass

        return Handler


# -- protocols -----------------------------------------------------------------------


def france(companies):
    """Return how Recherche d'entreprises answers, which knows these companies."""

    def answer(request):
        if request.path != "/search":
            return 404, {"erreur": "Not found"}
        names = [name for name, _value in request.query]
        if "include" in names and "minimal" not in names[: names.index("include")]:
            return 400, {"erreur": "Veuillez indiquer si vous souhaitez une réponse minimale"}
        text = request.param("q").replace(" ", "")
        if len(text) < 3:
            return 400, {"erreur": "3 caractères minimum pour les termes de la requête"}
        if text.isdigit() and len(text) in (9, 14):
            found = [each for each in companies if each["siren"] == text[:9]]
        else:
            found = [each for each in companies if text.lower() in _joined(each["nom_complet"])]
        include = request.param("include").split(",")
        most = int(request.param("per_page") or 10)
        page = [_included(each, include) for each in found[:most]]
        return 200, {
            "results": page,
            "total_results": len(found),
            "page": 1,
            "per_page": most,
            "total_pages": -(-len(found) // most),
        }

    return answer


def _joined(text):
    return text.lower().replace(" ", "")


def _included(company, include):
    extras = {"siege", "tva", "matching_etablissements"} - set(include)
    return {name: value for name, value in company.items() if name not in extras}


def vies(companies, errors=()):
    """Return how VIES answers, which knows these numbers: ``{"BE0999999922": {...}}``.

    :param errors: ``{number: code of the error}``
    """

    def answer(request):
        if request.path != "/check-vat-number":
            return 404, {}
        body = request.body
        country, number = body["countryCode"], body["vatNumber"]
        if (country + number) in errors:
            return 200, _error(errors[country + number])
        if country == "GR" or not number:
            return 200, _error("INVALID_INPUT")
        if body.get("requesterNumber") == "0000":
            return 200, _error("INVALID_REQUESTER_INFO")
        known = companies.get(country + number)
        told = {"name": "---", "address": "---", **(known or {})}
        return 200, {
            "countryCode": country,
            "vatNumber": number,
            "requestDate": "2026-11-29T10:12:05.113Z",
            "valid": known is not None,
            "requestIdentifier": "WAPIAAAAaEDkvhHx" if body.get("requesterNumber") else "",
            **told,
            "traderName": "---",
            "traderNameMatch": "NOT_PROCESSED",
        }

    return answer


def _error(code):
    return {"actionSucceed": False, "errorWrappers": [{"error": code}]}


def sirene(units, places, key):
    """Return how INSEE Sirene answers those who know its key."""

    def answer(request):
        if request.headers.get("X-INSEE-Api-Key-Integration") != key:
            return 401, {"header": {"statut": 401, "message": "Clé inconnue"}}
        kind, number = request.path.split("/")[1:]
        found = {"siren": units, "siret": places}[kind].get(number)
        if not found:
            return 404, {
                "header": {"statut": 404, "message": f"Aucun élément trouvé pour {number}"}
            }
        name = {"siren": "uniteLegale", "siret": "etablissement"}[kind]
        return 200, {"header": {"statut": 200, "message": "OK"}, name: found}

    return answer


def cbe(companies, key):
    """Return how cbeapi.be answers those who know its key."""

    def answer(request):
        if request.headers.get("Authorization") != f"Bearer {key}":
            return 401, {"message": "Unauthenticated."}
        found = companies.get(request.path.rpartition("/")[2])
        return (200, {"data": found}) if found else (404, {"message": "Not found"})

    return answer
