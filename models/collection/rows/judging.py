from dataclasses import dataclass, field

from markupsafe import Markup

from odoo.tools import plaintext2html

from ....tools.text.filler import visible_text
from ..proposals.meaning import means, stands
from ..twins.certain import is_certain
from .consents import counted, is_new, known_of, proof, wrong_consents
from .writing import KEPT, NOTES, Writing

#: Names of somebody by model; without any of these, or a way to reach or number them, a row is
#: about nobody.  The name of a lead is what the request is called.
NAMES = {
    "crm.lead": ("contact_name", "partner_name", "sheet_first_name", "sheet_last_name"),
    "res.partner": ("name", "company_name", "sheet_first_name", "sheet_last_name"),
}
REACHED = ("email", "phone", "phone2", "registry", "vat")


@dataclass
class Judgement:
    """What becomes of one row.

    :ivar new: the values of a new record
    :ivar twin: the record of the same customer that the person may see, if any
    :ivar hidden: ... that they may not see: it is told nothing, and they are told nothing of it
    :ivar fills: the values to write on the twin
    :ivar proposes: plain values by question, to propose on the twin
    :ivar told: lines that the twin has no place for, or that the person may not write on it
    """

    values: dict
    new: dict
    match: dict
    verdict: str = "create"
    problems: list = field(default_factory=list)
    twin: object = None
    hidden: object = None
    fills: dict = field(default_factory=dict)
    proposes: dict = field(default_factory=dict)
    told: list = field(default_factory=list)


class Judging:
    """Decides what becomes of rows: the review shows it, and the run does it.

    **How to use.**  ``Judging(desk).judge(values_list)``, ``desk`` being the import with the
    rights of the person for whom it is run.

    **How it works.**  All rows are compared at once.  Whom a row is about beyond doubt is known;
    what the person may not change is proposed; what they may not create is refused in the words
    of the review.
    """

    def __init__(self, desk):
        self.env, self.desk = desk.env, desk
        self.host = desk.env[desk.host]
        self.writing = Writing(desk)
        self._refusals_known = {}
        sources = self.host._sheet_quality_sources()
        reached = (sources[role] for role in REACHED if role in sources)
        self._who = {*NAMES[desk.host], *reached}

    def judge(self, values_list, matches=None):
        """Return the :class:`Judgement` of each of these rows.

        :param matches: of each row what is compared of it, where that is known, else nothing
        """
        keys = self.env["customer.sheet.match.key"].sudo()
        matches = list(matches or [None] * len(values_list))
        new = [self.writing.new(values) for values in values_list]
        unknown = [number for number, match in enumerate(matches) if not match]
        made = keys._unsaved(self.host.sudo(), [new[number] for number in unknown])
        for number, match in zip(unknown, made, strict=True):
            matches[number] = match
        judged = [Judgement(*each) for each in zip(values_list, new, matches, strict=True)]
        found = keys._twins_of(matches)
        self._tell_apart(judged, found)
        for each in judged:
            self._decide(each)
        return judged

    # -- who it is -------------------------------------------------------------

    def _tell_apart(self, judged, found):
        """Give each row its twin, the best first: only one that the person may read."""
        certain = [self._certain(matches) for matches in found]
        self._find_references(judged, certain)
        ids = {}
        for records in certain:
            for model, record_id in records:
                ids.setdefault(model, set()).add(record_id)
        readable, writable = {}, {}
        for model, some in ids.items():
            records = self.env[model].browse(some)
            seen = records._filtered_access("read") if records.has_access("read") else records[:0]
            readable[model] = seen
            writable[model] = seen._filtered_access("write")
        self._writable = writable
        self._find_twins(judged, certain, readable)
        deciding = [each.twin for each in judged if each.twin and counted(each.values)]
        self._consents = {}
        for model in readable:
            twins = self.env[model].union(*(twin for twin in deciding if twin._name == model))
            self._consents |= known_of(twins) if twins else {}

    def _find_twins(self, judged, certain, readable):
        for each, records in zip(judged, certain, strict=True):
            for model, record_id in records:
                if record_id in readable[model]._ids:
                    each.twin = (
                        readable[model].browse(record_id).with_prefetch(readable[model]._ids)
                    )
                    break
                each.hidden = each.hidden or self.env[model].sudo().browse(record_id)

    def _find_references(self, judged, certain):
        """Put the sheet that a row names by its reference first, if the person may see it."""
        named = {each.values.get("field:sheet_reference") for each in judged} - {None, "", False}
        if not named:
            return
        sheets = self.host.search([("sheet_reference", "in", list(named))])
        sheets = {sheet.sheet_reference: sheet.id for sheet in sheets}
        for each, records in zip(judged, certain, strict=True):
            if record_id := sheets.get(each.values.get("field:sheet_reference")):
                records.insert(0, (self.desk.host, record_id))

    def _certain(self, matches):
        """Return ``[(model, id)]``, leads first where leads are imported."""
        models = [("crm.lead", "lead_id"), ("res.partner", "partner_id")]
        models = models if self.desk.host == "crm.lead" else models[1:]
        sure = [match for match in matches if is_certain(match, address_is_enough=True)]
        return [(model, m[column]) for model, column in models for m in sure if m[column]]

    # -- what becomes of it ------------------------------------------------------

    def _decide(self, each):
        each.problems += wrong_consents(self.env, each.values)
        if each.twin:
            self.complete(each)
            each.problems += [
                {
                    "position": None,
                    "code": f"stays_{name}",
                    "words": self.env._(
                        "“%(field)s” of customers who are known stays as it is: change it on"
                        " their sheet.",
                        field=each.twin._fields[name]._description_string(self.env),
                    ),
                    "soft": True,
                }
                for name in self.writing.stays(each.values, each.twin)
            ]
        elif not any(each.new.get(name) for name in self._who):
            self._refuse(
                each,
                "nobody",
                self.env._(
                    "Nothing says who this is: give a name, a company, an e-mail address, a phone"
                    " number or a company ID."
                ),
            )
        elif words := self._refusal(each.new):
            self._refuse(each, "rights", words)

    def _refuse(self, each, code, words):
        each.verdict = "cannot"
        each.problems.append({"position": None, "code": code, "words": words})

    def complete(self, each):
        """Say what the row brings to a customer who is known, as that one is now."""
        twin, policy = each.twin, self.writing.policy["existing"]
        each.fills, each.proposes, each.told = {}, {}, self._unheard(each, twin)
        said = self.writing.said(each.values, twin._name)
        differs = {
            name: value
            for name, value in said.items()
            if name in twin._fields
            and name not in KEPT
            and not means(twin, {name: twin[name]}, {name: value})
        }
        if policy == "propose" or not self.may_change(twin):
            each.proposes = self._open_answers(each, twin)
        elif policy == "overwrite":
            each.fills = differs
        else:
            each.fills = {name: value for name, value in differs.items() if not twin[name]}
        if each.told and policy != "propose" and self.may_change(twin):
            name = NOTES[twin._name]
            each.fills[name] = Markup(twin[name] or "") + plaintext2html("\n".join(each.told))
            each.told = []
        decided = self._decided(each)
        if each.fills or (decided and self.may_change(twin)):
            each.verdict = "complete"
        else:
            is_said = each.proposes or each.told or decided
            each.verdict = "propose" if is_said else "skip"

    def may_change(self, twin):
        """Return whether the person may write on this record of a customer who is known."""
        return twin.id in self._writable[twin._name]._ids

    def _decided(self, each):
        """Return whether the row says of being contacted what the ledger does not know."""
        when, _source = proof(each.values)
        return any(self.is_news(each.twin, what, when) for what in counted(each.values))

    def is_news(self, twin, decision, when):
        """Return whether the ledger does not know this decision of a known customer."""
        return is_new(decision, when, self._consents.get(twin, {}))

    def _unheard(self, each, twin):
        """Return the lines of the note, and of answers that the twin cannot hold, but for known."""
        lines = (each.values.get("note") or "").splitlines()
        lines += self.writing.unplaced(each.values, twin._name)
        known = _squeezed(visible_text(twin[NOTES[twin._name]] or ""))
        return [line for line in lines if _squeezed(line) not in known]

    def _open_answers(self, each, twin):
        """Return the plain values by question that the twin does not say already."""
        answers = {}
        for target, value in each.values.items():
            kind, _colon, code = target.partition(":")
            written = kind == "question" and self.writing._answer(twin._name, code, value)
            if written and not stands(twin, code, written):
                answers[code] = value
        return answers

    # -- what the person may create ------------------------------------------------

    def _refusal(self, vals):
        """Return why this person may not create such a record, or ``""``.

        What the rules of the model look at of a new record is the same for most rows.
        """
        if not self.host.has_access("create"):
            return self.env._(
                "You may not create any: ask somebody who may to run this import, or an"
                " administrator for the right."
            )
        names = tuple(sorted(vals))
        if names not in self._refusals_known:
            self._refusals_known[names] = self._closed(names)
        if self._refusals_known[names]:
            return self._refusals_known[names]
        key = tuple((name, vals.get(name)) for name in self._ruled)
        if key not in self._refusals_known:
            self._refusals_known[key] = self._outside(dict(key))
        return self._refusals_known[key]

    def _closed(self, names):
        for name in names:
            field_ = self.host._fields[name]
            if not self.host._has_field_access(field_, "write"):
                return self.env._(
                    "You may not fill in “%(field)s”.",
                    field=field_._description_string(self.env),
                )
        return ""

    @property
    def _ruled(self):
        return [
            name
            for name in ("user_id", "team_id", "company_id", "parent_id")
            if name in self.host._fields
        ]

    def _outside(self, vals):
        """Return why the rules of records refuse one with these values, or ``""``."""
        domain = self.env["ir.rule"]._compute_domain(self.host._name, "create")
        record = self.host.sudo().new(
            {name: value for name, value in vals.items() if value is not None}
        )
        if not domain or record.filtered_domain(domain):
            return ""
        return self.env._(
            "You may not create it for %(owner)s: choose yourself as the salesperson.",
            owner=record.user_id.name or self.env._("nobody"),
        )


def _squeezed(text):
    """Return a text as it is compared, whatever stands between its words."""
    return " ".join(text.split()).casefold()
