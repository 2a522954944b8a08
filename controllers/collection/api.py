import json
import re
from http import HTTPStatus

from werkzeug.exceptions import abort

from odoo.http import Controller, Response, request

from ...models.collection.intake.exceptions import OtherPayload, Unreadable
from ..guarded import guarded
from ..public_pages import html_lang, speak
from .api_body import Malformed, read

FORM = "/customer_sheet/api/1/forms/<string:slug>"
LARGEST = 64 * 1024
BEARER = re.compile(r"bearer\s+(\S+)\s*", re.I)
WAIT = {HTTPStatus.CONFLICT: 1, HTTPStatus.TOO_MANY_REQUESTS: 60}
#: How long a browser may remember what a website may send (seconds).
REMEMBERED = 600


def refusal(status):
    """Return the problem that says why nothing was done, in the language that was asked for."""
    speak()
    return problem(status or 500)


def shared(slug):
    """Return the headers by which the websites of a form may call it from a browser."""
    origin = request.httprequest.headers.get("Origin")
    forms = request.env["customer.sheet.form"].sudo()
    content = origin and forms._api_form(slug).version_id.content or {}
    if origin not in content.get("origins", ()):
        return [("Vary", "Origin")]
    return [
        ("Vary", "Origin"),
        ("Access-Control-Allow-Origin", origin),
        ("Access-Control-Allow-Methods", "GET, POST"),
        (
            "Access-Control-Allow-Headers",
            "Authorization, Content-Type, Idempotency-Key, Accept-Language",
        ),
        ("Access-Control-Expose-Headers", "Idempotent-Replayed, Retry-After"),
        ("Access-Control-Max-Age", str(REMEMBERED)),
    ]


#: A key, and nothing that a browser remembers, is the authority.
API = {
    "auth": "public",
    "save_session": False,
    "refusal": refusal,
    "shared": shared,
}


class CollectionApi(Controller):
    """Forms for other programs: what a form asks, and the door for its answers."""

    @guarded(FORM, readonly=True, **API)
    def form_schema(self, slug, **_other):
        """Return the JSON Schema of a submission to the form as it is in force."""
        form = _form(slug)
        schema = form.version_id.sudo()._schema(request.env.lang)
        return _answer(schema, 200, "application/schema+json")

    # csrf: no session counts here, the key is the authority
    @guarded(
        f"{FORM}/submissions",
        runs=("POST",),
        csrf=False,
        bodies=("application/json",),
        max_content_length=LARGEST,
        **API,
    )
    def form_submit(self, slug, **_other):
        """Receive a submission; the same one again is answered the same and does nothing."""
        form = _form(slug)
        if form._api_is_over():
            return problem(429)
        try:
            header = request.httprequest.headers.get("Idempotency-Key", "")
            sent = read(request.httprequest.get_data(), header)
        except Malformed as wrong:
            return problem(400, _malformed(wrong))
        speak(sent.lang)
        if not form._api_is_alone(sent.uuid):
            return problem(409)
        try:
            with request.env.cr.savepoint():
                submission, is_fresh = _received(form, sent)
        except Unreadable as wrong:
            return problem(422, _unreadable(), errors=_errors(form, wrong.errors))
        except OtherPayload:
            return problem(422, _other_content(), kind="other-content")
        response = _answer(_told(submission), 201 if is_fresh else 200)
        if not is_fresh:
            response.headers["Idempotent-Replayed"] = "true"
        return response


def _form(slug):
    """Return the form at an address, for the holder of the key that was sent."""
    speak()
    bearer = BEARER.fullmatch(request.httprequest.headers.get("Authorization", ""))
    user = request.env["customer.sheet.form"].sudo()._api_user(bearer[1] if bearer else "")
    if not user:
        abort(problem(401))
    request.update_env(user=user.id)
    form = request.env["customer.sheet.form"]._api_form(slug)
    if not form:
        abort(problem(404))
    return form


def _received(form, sent):
    company = form.company_id or request.env.company
    return form.with_company(company)._receive(
        sent.uuid,
        sent.values,
        consents=sent.consents,
        message=sent.message,
        channel="api",
        lang=request.env.lang,
        trace=sent.context,
    )


def _told(submission):
    """Return what the sender is told; browsers, whose page anybody may read, no reference."""
    told = {"submission_id": submission.uuid, "status": "received"}
    if "Origin" not in request.httprequest.headers:
        sheet = submission.lead_id or submission.partner_id
        told["reference"] = sheet.sudo().sheet_reference or None
    return told


# -- answers -----------------------------------------------------------------------------


def _answer(content, status, kind="application/json"):
    response = Response(
        json.dumps(content, ensure_ascii=False),
        status=status,
        content_type=f"{kind}; charset=utf-8",
    )
    response.headers.update({"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"})
    response.headers["Content-Language"] = html_lang(request.env.lang)
    response.headers.extend(shared(request.httprequest.path.split("/")[5]))
    return response


def problem(status, detail="", kind="", errors=()):
    """Return an answer that says what is wrong, as RFC 9457 has it."""
    phrase = HTTPStatus(status).phrase
    content = {
        "type": f"urn:crm-customer-sheet:{kind or phrase.lower().replace(' ', '-')}",
        "title": phrase,
        "status": status,
        "detail": detail or _why().get(status) or _why()[500],
        **({"errors": errors} if errors else {}),
    }
    response = _answer(content, status, "application/problem+json")
    if status == 401:
        response.headers["WWW-Authenticate"] = "Bearer"
    if status in WAIT:
        response.headers["Retry-After"] = str(WAIT[status])
    return response


def _why():
    return {
        400: request.env._("The request cannot be read."),
        401: request.env._(
            "The key is missing, has expired, was revoked or is not one for forms. Make one on the"
            " API tab of the form, and send it as “Authorization: Bearer …”."
        ),
        404: request.env._("There is no published form at this address that your key may fill in."),
        405: request.env._("This address does not take this method."),
        409: request.env._(
            "The same submission is being dealt with right now. Send it again in a second: nothing"
            " is done twice."
        ),
        413: request.env._("A submission may have at most 64 kB."),
        415: request.env._("Send the submission as application/json."),
        429: request.env._(
            "Too many submissions. Wait for a minute, then send the same one again."
        ),
        500: request.env._(
            "Something went wrong here, and nothing was saved. Send the same submission again:"
            " nothing is done twice."
        ),
    }


def _unreadable():
    return request.env._("Correct these answers, then send the submission again.")


def _other_content():
    return request.env._(
        "A submission with this submission_id came before, with other content. Use a new"
        " submission_id for another submission."
    )


def _errors(form, sentences):
    labels = form._api_labels(request.env.lang)
    return [
        {"code": code, "label": labels.get(code, code), "message": sentence}
        for code, sentence in sentences.items()
    ]


def _malformed(wrong):
    sentences = {
        "json": request.env._("The body is no JSON."),
        "object": request.env._("The body has to be one JSON object."),
        "unknown": request.env._(
            "The body has “%(name)s”, which is not known here.", name=wrong.name
        ),
        "type": request.env._("“%(name)s” in the body is of the wrong type.", name=wrong.name),
        "needed": request.env._("The body needs “%(name)s”.", name=wrong.name),
        "signs": request.env._("The body has signs that no text has, or is nested too deeply."),
        "uuid": request.env._("“submission_id” has to be a UUID."),
        "no_key": request.env._(
            "The body needs “submission_id”, a UUID that is new for each submission and the same"
            " when it is sent again."
        ),
        "two_keys": request.env._(
            "“submission_id” and the header “Idempotency-Key” differ: send one."
        ),
        "consent": request.env._(
            "Each of “consents” needs “purpose” and “channel” as texts, and “state” given or"
            " refused."
        ),
        "moment": request.env._(
            "“at” of a consent has to be a moment in the past, as 2026-11-30T09:00:00Z."
        ),
    }
    return sentences[wrong.reason]
