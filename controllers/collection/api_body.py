"""What another program sends, taken apart: a refusal names what is wrong with it."""

import json
import uuid
from datetime import datetime, timezone
from typing import NamedTuple

from ...models.sheet import takes

#: What may stand in the body, and what each is.
PARTS = {
    "submission_id": str,
    "values": dict,
    "consents": list,
    "message": str,
    "lang": str,
    "context": dict,
}
#: No consent that counts is older: what says so is a default of some program.
EARLIEST = datetime(1970, 1, 2, tzinfo=timezone.utc)
STATES = {"given": True, "refused": False}
#: What a consent says, beside its state.
SAID = ("purpose", "channel", "text", "at")


class Malformed(ValueError):
    """The body is not what it should be: ``reason`` is a key of the sentences, about ``name``."""

    def __init__(self, reason, name=""):
        super().__init__(reason)
        self.reason = reason
        self.name = name


class Sent(NamedTuple):
    """One submission as another program sent it."""

    uuid: str
    values: dict
    consents: list
    message: str
    lang: str
    context: dict


def read(octets, header=""):
    """Return the :class:`Sent` of a body.

    :param header: ``Idempotency-Key``, which may stand instead of ``submission_id``
    :raise Malformed: it is none

    >>> read(b'{"values": {"need": "Audit"}}', '"8E03978E40D543E894C07D45E1F4A39E"').uuid
    '8e03978e-40d5-43e8-94c0-7d45e1f4a39e'
    """
    body = _object(octets)
    for name, value in body.items():
        if name not in PARTS:
            raise Malformed("unknown", name[:60])
        if not isinstance(value, PARTS[name]):
            raise Malformed("type", name)
    if not takes.is_storable(body):
        raise Malformed("signs")
    if "values" not in body:
        raise Malformed("needed", "values")
    consents = [_consent(said) for said in body.get("consents", ())]
    plain = [body.get(name, "") for name in ("message", "lang")]
    key = _uuid(body.get("submission_id", ""), header.strip().strip('"'))
    return Sent(key, body["values"], consents, *plain, body.get("context", {}))


def _object(octets):
    try:
        body = json.loads(octets, parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise Malformed("json") from None
    if not isinstance(body, dict):
        raise Malformed("object")
    return body


def _no_number(_name):
    raise ValueError  # NaN and Infinity are no JSON


def _uuid(in_body, in_header):
    keys = {key for key in (in_body, in_header) if key}
    try:
        found = {str(uuid.UUID(key)) for key in keys}
    except ValueError:
        raise Malformed("uuid") from None
    if len(found) != 1:
        raise Malformed("two_keys" if found else "no_key")
    return found.pop()


def _consent(said):
    """Return one decision as a form receives it."""
    if not isinstance(said, dict) or said.get("state") not in STATES:
        raise Malformed("consent")
    if not all(isinstance(said.get(name, ""), str) for name in SAID):
        raise Malformed("consent")
    found = {name: said[name] for name in ("purpose", "channel") if name in said}
    return {
        **found,
        "given": STATES[said["state"]],
        "words": said.get("text", ""),
        **({"at": _moment(said["at"])} if said.get("at") else {}),
    }


def _moment(text):
    """Return a moment in UTC, as the database holds it.

    >>> _moment("2026-01-30T10:00:00+01:00"), _moment("2026-01-30T09:00:00Z")
    ('2026-01-30 09:00:00', '2026-01-30 09:00:00')
    """
    try:
        moment = datetime.fromisoformat(text.replace("Z", "+00:00"))
        moment = moment.astimezone(timezone.utc) if moment.tzinfo else moment
    except (ValueError, OverflowError):
        raise Malformed("moment") from None
    if not EARLIEST <= moment.replace(tzinfo=timezone.utc) <= datetime.now(timezone.utc):
        raise Malformed("moment")
    return moment.strftime("%Y-%m-%d %H:%M:%S")
