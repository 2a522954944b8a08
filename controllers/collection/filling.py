"""A form while a visitor fills it in: what is known comes from the page and the draft alone."""

from dataclasses import dataclass, field
from urllib.parse import urlencode

from odoo import models
from odoo.http import request

from ...models.collection.pages import ticket as tickets
from ...models.collection.pages.suspicion import WORK
from ...models.collection.settings import DRAFT_DAYS
from ..guarded import text, texts
from ..public_pages import LONGEST, page, see_other, speak, static, wish
from . import answers, captcha
from .pages import POLICY

#: Of the questions that are asked where they help most, a visitor gets so many.
NEXT_BEST = 2

#: A button hides behind these, and what a step holds beside answers.
MESSAGE, BOX = "message", "box"

#: What an address brings along: where the visitor comes from.
CAMPAIGN = ("utm_source", "utm_medium", "utm_campaign")
CARRIED = ("framed", *CAMPAIGN)
ORIGIN = ("referrer", "page")

SCRIPT = "collection/form_public/form.js"


@dataclass
class Filling:
    """A form, the version that the visitor began, and the draft if there is one."""

    form: models.Model
    version: models.Model
    ticket: tickets.Ticket
    said: dict
    draft: models.Model
    raw: dict = field(default_factory=dict)
    errors: dict = field(default_factory=dict)
    note: str = ""

    # -- what is asked -------------------------------------------------------------

    @property
    def steps(self):
        """The steps with the questions that this visitor is asked."""
        left, steps = NEXT_BEST, []
        for step in self.said["steps"]:
            lines = []
            for line in step["lines"]:
                is_best = line["asked"] == "next_best"
                if not is_best or left > 0:
                    lines.append(line)
                    left -= is_best
            if lines:
                steps.append({**step, "lines": lines})
        return steps or [{"title": "", "lines": []}]

    @property
    def lines(self):
        return [line for step in self.steps for line in step["lines"]]

    @property
    def is_short(self):
        """Whether everything stands on one page, which sends."""
        return len(self.steps) == 1

    def number(self):
        """Return the step that the visitor is on; the one after the last checks the answers."""
        asked = text("step")
        asked = int(asked) if asked.isdecimal() and asked.isascii() and len(asked) < 4 else 1
        return min(max(asked, 1), 1 if self.is_short else len(self.steps) + 1)

    def place_of(self, codes):
        """Return the first step that asks one of these questions, the last one if none does."""
        steps = enumerate(self.steps, 1)
        asking = (
            number for number, step in steps if any(line["code"] in codes for line in step["lines"])
        )
        return next(asking, len(self.steps))

    # -- what was written ------------------------------------------------------------

    def boxes(self):
        """Return the consents whose box is ticked."""
        ticked = set(texts(BOX))
        return [
            {"purpose": box["purpose"], "channel": box["channel"], "given": True}
            for box in self.said["consents"]
            if box_id(box) in ticked
        ]

    def was_ticked(self):
        """Return the boxes as they stand on the page: in the draft, or in what was just sent."""
        if self._has_last():
            return set(texts(BOX))
        return {box_id(box) for box in self.draft.consents or ()}

    # -- pages -----------------------------------------------------------------------

    def show(self, template, status=200, title="", sends=False, **values):
        """Return a page of the form.

        :param sends: whether its button sends the form: then a captcha is asked, if any is
        """
        asked = captcha.asked() if sends else None
        title = title or self.said["name"]
        failed = request.env._("Error: %(title)s", title=title) if self.errors else title
        return page(
            template,
            self.company,
            status,
            frames=self.frames,
            policy=asked[0].policy if asked else POLICY,
            codes=self.said["langs"],
            keep=self.carried(draft=bool(self.draft)),
            title=title,
            head_title=failed,
            own_policy=True,
            script=static(SCRIPT),
            framed=bool(brought("framed")),
            filling=self,
            said=self.said,
            work=WORK,
            captcha=asked,
            ticket=tickets.sign(request.env(su=True), tickets.renewed(self.ticket)),
            hidden=[*self.carried(), *self.origin()],
            **values,
        )

    @property
    def company(self):
        return self.form.company_id or None

    @property
    def frames(self):
        """The origins that may show the form inside their own pages."""
        return self.said["origins"]

    def show_step(self, number, status=200):
        """Return the page of a step, with what was written and what is wrong with it."""
        step = self.steps[number - 1]
        is_last = number == len(self.steps)
        raw = {**(self.draft.values or {}), **self.raw}
        shown = answers.shown(step["lines"], raw, self.errors)
        return self.show(
            "form_page_step",
            status,
            sends=self.is_short,
            step=step,
            number=number,
            fields=shown,
            mistakes=self._mistakes(shown),
            is_last=is_last,
            ticked=self.was_ticked() if is_last else set(),
            message=self._message() if is_last and self.said["message"] else None,
            boxes=self._shown_boxes() if is_last else [],
            back=number > 1 and self.address(step=number - 1),
        )

    def _mistakes(self, shown):
        """Return ``[{"id", "sentence"}]`` in the order of the page, then what is about no field."""
        ids = {each["code"]: each["id"] for each in shown}
        found = [(code, ids[code]) for code in ids if code in self.errors]
        others = [
            (code, MESSAGE if code == MESSAGE else "main")
            for code in self.errors
            if code not in ids
        ]
        return [{"id": target, "sentence": self.errors[code]} for code, target in found + others]

    def _message(self):
        if self._has_last():
            return text(MESSAGE, answers.LONGEST)
        return self.draft.message or ""

    def _has_last(self):
        """Return whether it is the last step that was just sent, with its message and boxes."""
        return request.httprequest.method == "POST" and self.number() == len(self.steps)

    def _shown_boxes(self):
        versions = request.env["customer.sheet.consent.notice.version"].sudo()
        return [
            {
                **box,
                "id": box_id(box),
                "notice": versions.browse(box["notice_version_id"] or ()).exists(),
            }
            for box in self.said["consents"]
        ]

    def show_check(self, status=200):
        """Return the page on which visitors read what they are about to send."""
        values = self.draft.values or {}
        steps = [
            {
                "title": step["title"],
                "change": self.address(step=place),
                "answers": [
                    (line["shape"]["label"], answers.in_words(line, values[line["code"]]))
                    for line in step["lines"]
                    if line["code"] in values
                ],
            }
            for place, step in enumerate(self.steps, 1)
        ]
        return self.show(
            "form_page_check",
            status,
            title=request.env._("Check your answers"),
            sends=True,
            steps=steps,
            message=self.draft.message,
            agreed=[box["words"] for box in self.draft.consents or ()],
            back=self.address(step=len(self.steps)),
        )

    # -- addresses -------------------------------------------------------------------

    def carried(self, draft=False):
        """Return the pairs that every address and every form of these pages carries along."""
        pairs = [(name, brought(name)) for name in CARRIED if brought(name)]
        return [*pairs, ("d", self.token())] if draft else pairs

    def origin(self):
        """Return the page before this form, as the form carries it to where it is sent."""
        if request.httprequest.method == "POST":
            return [(name, brought(name)) for name in ORIGIN if brought(name)]
        if self.draft:
            return []  # kept with it
        referrer = (request.httprequest.headers.get("Referer") or "").partition("?")[0]
        pairs = [("referrer", referrer[:LONGEST]), ("page", brought("page"))]
        return [(name, value) for name, value in pairs if value]

    def token(self):
        """Return the token that opens the draft."""
        env = request.env(su=True)
        return tickets.sign_draft(env, self.ticket, DRAFT_DAYS.value(env))

    @property
    def path(self):
        return f"/customer_sheet/form/{self.form.slug}"

    def address(self, **parameters):
        """Return the address of a step of the draft."""
        pairs = [*self.carried(draft=True), ("lang", request.env.lang), *parameters.items()]
        return f"{self.path}?{urlencode(pairs)}"

    def go_to(self, draft=True, **parameters):
        """Return the redirect to a page of this form."""
        pairs = {**dict(self.carried(draft)), **parameters}
        return see_other(self.path, self.frames, **pairs)


def brought(name):
    """Return what an address brings along, cut: nobody is turned away because it is long."""
    return text(name, answers.LONGEST)[:LONGEST]


def box_id(box):
    """Return how a box of consent is called in a page."""
    return f"{box['purpose']}:{box['channel']}"


def form_at(slug):
    """Return the published form at an address, as superuser, or None."""
    forms = request.env["customer.sheet.form"].sudo()
    form = forms.search([("slug", "=", slug), ("use", "!=", "api")], limit=1)
    return form if form and form.version_id else None


def begun(form, ticket=None):
    """Return the :class:`Filling` of a visitor, who begins if there is no ticket.

    The page speaks a language of the version.  Nothing of a draft that was sent is shown again.
    """
    versions = request.env["customer.sheet.form.version"].sudo()
    version = versions.browse(ticket.version_id).exists() if ticket else form.version_id
    speak(wish(), codes=version.content["langs"])
    env = request.env(su=True)
    form, version = form.with_env(env), version.with_env(env)
    drafts = env["customer.sheet.submission"]
    draft = drafts
    if ticket:
        draft = drafts.search([("form_id", "=", form.id), ("uuid", "=", ticket.uuid)], limit=1)
    said = version._said(request.env.lang)
    return Filling(form, version, ticket or tickets.new(version), said, draft)
