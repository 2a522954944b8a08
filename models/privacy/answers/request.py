import base64
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.sql import table_exists

from ...consent.proof.pack import zipped
from ...sheet.called import called
from ..letters.request import long_day
from ..link import ANSWER
from ..person.known import Known
from ..scan import patterns
from .extracts import extracts
from .file import File
from .finds import Finds
from .settings import ANSWER_DAYS
from .words import ANSWERS, ANSWERS_OF, CATEGORIES

#: Below the address of the company: the file of whoever holds the link.
PAGE = "/customer_sheet/answer"

#: Categories with which documents that must be kept name a person.
OF_DOCUMENTS = ("identity", "location", "economic")


class CustomerSheetRequest(models.Model):
    """Answers: what is decided, and the file that is handed over.

    **How it works.**  Everything that is known of the person is looked for
    (:class:`CustomerSheetSearch`): their own rows are given as the decisions say, category by
    category; what was found elsewhere is listed as a passage, withheld until an officer gives it.
    The file is made anew each time, and says of all that was found what is not in it, and why.
    """

    _inherit = "customer.sheet.request"

    decision_ids = fields.One2many("customer.sheet.request.decision", "request_id", "Decisions")
    passage_ids = fields.One2many("customer.sheet.request.passage", "request_id", "Passages")
    search_id = fields.Many2one(
        "customer.sheet.search", readonly=True, copy=False, ondelete="set null"
    )
    search_state = fields.Selection(related="search_id.state", string="State of the search")
    search_progress = fields.Integer(related="search_id.progress")
    undecided_count = fields.Integer(compute="_compute_undecided_count")

    @api.depends("passage_ids.give", "passage_ids.words")
    def _compute_undecided_count(self):
        for request in self:
            open_ = request.passage_ids.filtered(
                lambda passage: not passage.give and not passage.words
            )
            request.undecided_count = len(open_)

    # what was handed over
    package = fields.Binary("File", readonly=True, copy=False, attachment=True)
    package_on = fields.Datetime("File made on", readonly=True, copy=False)
    package_until = fields.Datetime("Link until", readonly=True, copy=False, index="btree_not_null")

    # -- what is decided ---------------------------------------------------------------

    def _happened(self, code, day, words=False, **values):
        result = super()._happened(code, day, words, **values)
        if values.get("state") == "working" or code == "corrected":
            self.filtered(lambda request: request.state == "working")._decide()
        return result

    @called(one=True)
    def action_start(self):
        result = super().action_start()
        self._decide()
        return result

    def _decide(self):
        """Propose what is not decided yet, and return all decisions.

        What a person has changed stays; what nobody has changed follows what is known now.
        """
        for request in self.sudo().filtered(lambda request: request.kind in ANSWERS_OF):
            proposed = request._proposed()
            for decision in request.decision_ids:
                if not decision.sheet_changes or decision.answer not in ANSWERS_OF[request.kind]:
                    decision.write(proposed[decision.category])
            there = {*request.decision_ids.mapped("category")}
            request.decision_ids.create(
                [
                    {"request_id": request.id, "category": code, **proposed[code]}
                    for code, _label in CATEGORIES
                    if code not in there
                ]
            )
        return self.decision_ids

    def _proposed(self):
        """Return ``{category: values}`` of the decisions that are proposed."""
        usual = {"answer": ANSWERS_OF[self.kind][0], "ground": False, "until": False}
        proposed = {code: dict(usual) for code, _label in CATEGORIES}
        if self.kind == "erasure" and (held := self._held()):
            until = max((each.until for each in held if each.until), default=False)
            for code in OF_DOCUMENTS:
                proposed[code] = {"answer": "keep", "ground": held[0].ground, "until": until}
        return proposed

    def _held(self):
        """Return the documents of the person that the law keeps."""
        person = self._person()
        if not person:
            return []
        people = self.env["customer.sheet.person"].sudo()
        return people._held(people._expand(person))

    # -- who, and where -----------------------------------------------------------------

    def _person(self):
        """Return the contact or lead that asks."""
        request = self.sudo()
        return (request.partner_id or request.lead_id).with_context(active_test=False)

    def _known(self):
        """Return every :class:`Known` of the person, with what an officer has confirmed."""
        known = self.env["customer.sheet.person"].sudo()._expand(self._person())
        given = self.sudo().passage_ids.filtered(lambda p: p.kind == "unsure" and p.give)
        sure = {(passage.table, passage.row) for passage in given}
        return [
            *(each for each in known if (each.model, each.id) not in sure),
            *(Known(table, row, "same", True) for table, row in sorted(sure)),
        ]

    @called(one=True)
    def action_search(self):
        """Look for the person everywhere: what is found decides what is in the file."""
        self._check_open()
        self._search_anew()
        if self.search_id.state != "running":
            self._note_passages()
        return True

    def _search_anew(self):
        if not self._person():
            raise UserError(
                self.env._("Say first whose contact or lead it is, in “Correct” of this request.")
            )
        search = self.env["customer.sheet.search"]._start(self._person().with_env(self.env))
        self.sudo().search_id = search

    def _searched(self):
        """Return the search of the request, done anew if it is none or too old, and complete."""
        if not self.search_id or not self.search_id.sudo().hit_ids:
            self._search_anew()
        search = self.search_id.sudo()
        while search.state == "running":
            search._advance()
        return search

    def _finds(self):
        return Finds(self.sudo(), self._searched(), self._known())

    def _note_passages(self, finds=None):
        """List the passages that were found since.

        :param finds: what was found, where that is known
        """
        for request in self.sudo():
            found = (finds or request._finds()).passages
            there = {(p.table, p.column or "", p.row) for p in request.passage_ids}
            request.passage_ids.create(
                [
                    {
                        "request_id": request.id,
                        "table": table,
                        "column": column,
                        "row": row,
                        "kind": kind,
                    }
                    for (table, column, row), kind in found.items()
                    if (table, column, row) not in there
                ]
            )

    def _extracts(self, passages):
        """Return ``{id of a passage: its words}``, but of companies that are not open."""
        if not self.sudo()._person():
            return {}
        hits = self.env["customer.sheet.search.hit"]
        spelt = self.env["customer.sheet.person"].sudo()
        spelt = patterns.regex(*patterns.of(spelt._spellings(self._known())))
        found = {}
        for (name, column), same in passages.grouped(lambda p: (p.table, p.column)).items():
            if name not in self.env:  # a table that no app knows
                if name and table_exists(self.env.cr, name):
                    texts = hits._texts(name, column, same.filtered("row").mapped("row"))
                    found |= {p.id: extracts(texts.get(p.row), spelt) for p in same}
                continue
            model = self.env[name].sudo().with_context(active_test=False)
            rows = model.browse(same.mapped("row")).with_env(hits.env).sudo()
            here = set(hits._here(rows).ids)
            if column:
                texts = hits._texts(model._table, column, same.mapped("row"))
                texts = {row: extracts(text, spelt) for row, text in texts.items()}
            else:
                texts = {row.id: _card(row) for row in model.browse(here)}
            found |= {p.id: texts.get(p.row) for p in same if p.row in here}
        return found

    # -- the file ---------------------------------------------------------------------------

    def _package(self):
        """Return the ZIP of all that is given to the person, in their language.

        :raise UserError: where it is not known whose data they are
        """
        self.ensure_one()
        request = self.sudo().with_context(lang=self.lang or self.env.lang)
        finds = request._finds()
        request._note_passages(finds)
        return zipped(File(request, finds).files())

    def _hand_out(self):
        """Return the file for an officer, who gives it to the person; it is noted."""
        self._check_open()
        content = self._package()
        person = self._person()
        self.env["customer.sheet.export.log"]._note(person._name, person.ids, "answer")
        return content

    @called(one=True)
    def action_package(self):
        """Download the file, to look at it or to hand it over."""
        self._check_open()
        url = f"/customer_sheet/request/{self.id}/answer.zip"
        return {"type": "ir.actions.act_url", "url": url, "target": "download"}

    # -- the link that the person gets ---------------------------------------------------------

    def _publish_package(self):
        """Make the file and keep it for the person, until the link to it ends."""
        made = fields.Datetime.now()
        self.sudo().write(
            {
                "package": base64.b64encode(self._hand_out()),
                "package_on": made,
                "package_until": self._link_until(),
            }
        )

    def _link_until(self):
        return fields.Datetime.now() + timedelta(days=ANSWER_DAYS.value(self.env))

    def _package_url(self):
        """Return the address of the page on which the person finds their file."""
        request = self.sudo()
        made = fields.Datetime.to_string(request.package_on or fields.Datetime.now())
        until = request.package_until or self._link_until()
        return f"{self.get_base_url()}{PAGE}/{ANSWER.sign(request.env, self.id, made, until)}"

    @api.model
    def _of_package(self, token):
        """Return the request whose file a link opens, or none."""
        number, made = ANSWER.opened(self.sudo().env, token) or (0, "")
        request = self.sudo().browse(number).exists()
        is_there = request.package and fields.Datetime.to_string(request.package_on) == made
        return request if is_there else request.browse()

    def _fetched(self):
        """Note that the person has fetched their file, the first time only; return it."""
        request = self.sudo()
        if "fetched" not in request.clock_ids.mapped("code"):
            request._happened("fetched", request._today())
        return base64.b64decode(request.package)

    @api.model
    def _cron_answers(self):
        """Delete the files whose link has ended."""
        ended = self.sudo().search([("package_until", "<", fields.Datetime.now())])
        ended._forget_package()

    def _forget_package(self):
        """Delete the file of these requests; its link is dead."""
        self.sudo().write({"package": False, "package_until": False})

    # -- as the letter says it --------------------------------------------------------------------

    def _answer_words(self, with_link=False):
        """Return what the letter of an answer says of the decisions, in the language at work."""
        request = self.sudo()
        if not request.decision_ids or request.kind not in ANSWERS_OF:
            return {}
        answers = {
            code: [d._said() for d in request.decision_ids if d.answer == code]
            for code, _label in ANSWERS
        }
        held = request._held() if answers["keep"] else []
        answers["keep"] += [f"{each.words} ({long_day(self.env, each.until)})" for each in held]
        if answers["give"] and (count := len(request.passage_ids.filtered(lambda p: not p.give))):
            answers["withhold"].append(
                self.env._(
                    "What stands in records of other people, whose rights it touches (places:"
                    " %(count)s). The file says where.",
                    count=count,
                )
            )
        url = self._package_url() if with_link else ""
        until = (request.package_until or self._link_until()).date()
        return {
            **answers,
            "is_portable": request.kind == "portability",
            "url": url,
            "words": url
            and self.env._(
                "Your data are on this page until %(day)s. Whoever has its address can open it:"
                " keep it to yourself.",
                day=long_day(self.env, until),
            ),
        }


def _card(record):
    """Return how a record introduces itself."""
    names = ("display_name", "email", "email_from", "phone", "city", "company_name")
    return ", ".join(
        dict.fromkeys(str(record[n]) for n in names if n in record._fields and record[n])
    )
