import logging
from dataclasses import dataclass, field

import psycopg2
from markupsafe import Markup

from odoo.exceptions import AccessError, UserError
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY
from odoo.tools import plaintext2html

from ...sheet.actor import acting
from ..rows import consents
from ..rows.fingerprint import fingerprints
from ..rows.judging import Judging
from ..rows.row import named
from . import origins, said
from .companies import Companies

_logger = logging.getLogger(__name__)


@dataclass
class Item:
    """A row with those joined to it, and what becomes of them.

    :ivar others: ``[(row, plain values by question)]``: what joined rows say differently
    """

    row: object
    followers: list
    values: dict
    others: list
    judgement: object = None
    record: object = None
    former: dict = field(default_factory=dict)

    @property
    def rows(self):
        return [self.row, *self.followers]


class Batch:
    """Makes rows into records, with the rights of the person for whom the import is run.

    All at once; where that fails, in halves down to the row that is refused, so that it harms no
    other.
    """

    def __init__(self, desk, rows, followers):
        self.desk, self.env = desk, desk.env
        self.actor = desk._as_actor()
        self.judging = Judging(self.actor)
        self.completed = set()
        self.companies = Companies(desk, self.actor.env["res.partner"])
        joined = {}
        for follower in followers:
            joined.setdefault(follower.leader_id.id, []).append(follower)
        self.items = [self._item(row, joined.get(row.id, [])) for row in rows]

    def run(self):
        """Import the rows; each of them has an outcome then."""
        matches = [not item.followers and item.row.match for item in self.items]
        judged = self.judging.judge([item.values for item in self.items], matches)
        for item, judgement in zip(self.items, judged, strict=True):
            item.judgement = judgement
        for item in self.items:
            if item.judgement.verdict == "cannot":
                [*_soft, problem] = item.judgement.problems
                self._fail(item, problem["words"])
        with acting("import"):
            self._store([i for i in self.items if i.judgement.verdict != "cannot"])

    def _item(self, row, followers):
        """Put a row together with those joined to it: the first one to say something is heard."""
        values, others = dict(row.values or {}), []
        for follower in followers:
            differs = {}
            for target, value in (follower.values or {}).items():
                if target.startswith("consent"):
                    continue  # each row with its own date and source
                if values.setdefault(target, value) == value:
                    continue
                if target.startswith("question:"):
                    differs[target.removeprefix("question:")] = value
                else:
                    self._add(values, target, value)
            if differs:
                others.append((follower, differs))
        return Item(row, followers, values, others)

    def _add(self, values, target, value):
        """Add what a joined row says otherwise and nobody can be asked about: lists and notes."""
        field_ = self.judging.host._fields.get(target.removeprefix("field:"))
        if isinstance(value, list):
            values[target] = list(dict.fromkeys([*values[target], *value]))
        elif target == "note":
            self._add_lines(values, value.splitlines())
        elif field_ and not field_.relational and target != "field:name":
            label = field_._description_string(self.actor.env)
            self._add_lines(values, [f"{label}: {value}"])

    @staticmethod
    def _add_lines(values, lines):
        told = (values.get("note") or "").splitlines()
        values["note"] = "\n".join(dict.fromkeys([*told, *lines]))

    # -- storing -------------------------------------------------------------------

    def _store(self, items):
        """Store these rows together, or else in halves."""
        if not items:
            return
        try:
            with self.env.cr.savepoint():
                self._store_together(items)
        except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
            raise
        except Exception as error:  # noqa: BLE001 - one bad row must not stop the others
            for item in items:
                item.record = None
            if len(items) == 1:
                self._fail(items[0], self._words(error))
            else:
                middle = len(items) // 2
                self._store(items[:middle])
                self._store(items[middle:])

    def _store_together(self, items):
        new = [item for item in items if item.judgement.verdict == "create"]
        for item in items:
            item.former = {}
        companies = [item for item in new if item.judgement.new.get("is_company")]
        self._create(companies)
        self._create([item for item in new if item not in companies])
        known = [item for item in items if item.judgement.verdict != "create"]
        told = said.of([item.judgement.twin for item in known])
        for item in known:
            self._complete(item)
        said.keep(known, told)
        self._note_origins(items)
        self._propose_others(items)
        self._land_consents(items)
        self._fingerprint(new)
        for item in items:
            self._close(item)

    def _create(self, items):
        if not items:
            return
        if self.desk.host == "res.partner":
            self.companies.link(items, [each.record for each in self.items if each.record])
        before = self.companies.now(item.judgement.new.get("parent_id") for item in items)
        records = self.judging.host.create([dict(item.judgement.new) for item in items])
        for user, some in records.grouped("user_id").items():
            some.message_subscribe(user.partner_id.ids)
        for item, record in zip(items, records, strict=True):
            item.record = record
            if item.judgement.hidden:
                self._tell_owner(item)
        self.companies.note(items, before)
        if self.desk.host == "crm.lead" and self.judging.writing.policy["gate"] == "first_stage":
            self._to_first_stage(records)

    def _to_first_stage(self, leads):
        failing = leads.filtered("sheet_gate_failing")
        for team, some in failing.grouped("team_id").items():
            stage = some[:1]._stage_find(team_id=team.id, domain=[("fold", "=", False)])
            some.write({"stage_id": stage.id})

    def _complete(self, item):
        """Write or propose what a row says of a customer who is known."""
        judgement = item.judgement
        item.record = twin = judgement.twin
        if twin in self.completed:
            self.judging.complete(judgement)
        self.completed.add(twin)
        if judgement.told:
            twin.sudo()._message_log(body=self._as_note(item, judgement.told))
        if judgement.fills:
            companies = self.companies.now(twin.parent_id.ids if "parent_id" in twin else ())
            before = twin._sheet_as_json(judgement.fills)
            memory = said.memory(twin)
            twin._sheet_replace(judgement.fills, self._title(item))
            after = twin._sheet_as_json(judgement.fills)
            item.former |= {"before": before, "after": after, "memory": memory}
            self.companies.note([item], companies)
        if judgement.proposes:
            self._propose(item, twin, item.row, judgement.proposes)

    def _propose(self, item, sheet, row, answers):
        """Propose what a row says, and keep which proposals are new."""
        proposals = sheet._sheet_propose(
            answers, "import", said_by=self.actor.env.user.name, evidence=self._evidence(row)
        )
        new = proposals.filtered(lambda each: each.create_date == self.env.cr.now())
        item.former["proposals"] = [*item.former.get("proposals", ()), *new.ids]
        return new

    def _propose_others(self, items):
        """Propose what joined rows say differently."""
        for item in items:
            for row, answers in item.others:
                self._propose(item, item.record, row, answers)

    def _tell_owner(self, item):
        """Propose a new row to the owner of the same customer, whom its person may not see.

        They get a record of their own, as if nobody were known: nothing tells them more.  The
        pair waits among the possible duplicates for somebody who may see both.
        """
        answers = self.judging._open_answers(item.judgement, item.judgement.hidden)
        if answers and self._propose(item, item.judgement.hidden, item.row, answers):
            item.judgement.hidden._message_log(
                body=self.env._(
                    "An import of %(user)s says more of this customer: see the proposals.",
                    user=self.actor.env.user.name,
                )
            )

    def _note_origins(self, items):
        """Note of each answer that was written where it comes from."""
        written = [
            (item, code)
            for item in items
            if item.judgement.verdict in ("create", "complete")
            for code in self._written_codes(item)
        ]
        ids = origins.note(
            self.env,
            [(item.record, code, self._evidence(item.row)) for item, code in written],
            self.actor.env.uid,
        )
        for (item, _code), answer_id in zip(written, ids, strict=True):
            item.former.setdefault("answers", []).append(answer_id)

    def _written_codes(self, item):
        judgement, writing = item.judgement, self.judging.writing
        written = judgement.new if judgement.verdict == "create" else judgement.fills
        for target, value in item.values.items():
            kind, _colon, code = target.partition(":")
            if kind == "question":
                answer = writing._answer(item.record._name, code, value)
                if answer and answer.keys() <= written.keys():
                    yield code

    # -- decisions on being contacted ------------------------------------------------

    def _land_consents(self, items):
        """Append what the file says of consents to the ledger, where it can be proved."""
        decided, notes = {}, {}
        for item in items:
            for row in item.rows:
                self._sort_consents(item, row, decided, notes)
        for model, decisions in decided.items():
            self.actor.env[model]._sheet_consent_record_all(decisions)
        for model, bodies in notes.items():
            self.actor.env[model].browse(bodies)._message_log_batch(bodies=bodies)

    def _sort_consents(self, item, row, decided, notes):
        values = row.values or {}
        when, source = consents.proof(values)
        for purpose, channel, state in consents.counted(values):
            if state == "refused" or self._may_decide(item, (purpose, channel, state), when):
                decision = {"purpose": purpose, "channel": channel, "state": state}
                evidence = {
                    "method": "import",
                    "effective_at": when,
                    "label": source,
                    "payload": {"form": self._evidence(row)},
                    "idempotency_key": f"{consents.key(self.desk)}:{row.line}",
                }
                told = (item.record, decision, evidence)
                decided.setdefault(item.record._name, []).append(told)
        if words := consents.unproven(self.env, values, self._evidence(row)):
            notes.setdefault(item.record._name, {})[item.record.id] = words

    def _may_decide(self, item, decision, when):
        """Return whether the person may note a yes: never of whom they may not change."""
        if item.judgement.verdict == "create":
            return True
        judging = self.judging
        return judging.may_change(item.record) and judging.is_news(item.record, decision, when)

    # -- closing ---------------------------------------------------------------------

    def _close(self, item):
        judgement = item.judgement
        done = {"outcome": "done", "match": False, **named(item.record)}
        item.row.write(
            {
                **done,
                "verdict": judgement.verdict,
                "is_created": judgement.verdict == "create",
                "former": item.former or False,
            }
        )
        for follower in item.followers:
            follower.write(done)
        self._mended(item)

    def _fingerprint(self, items):
        """Keep what the new records are like, to see later whether anybody has changed them."""
        prints = fingerprints(self.judging.host.union(*(item.record for item in items)))
        for item in items:
            item.former["print"] = prints[item.record.id]

    def _mended(self, item):
        """Close the rows of an earlier import that these ones correct."""
        for row in item.rows:
            while row := row.mends_id:
                row.write({"outcome": "mended", **named(item.record)})

    def _fail(self, item, words):
        item.row._fail("refused", words)
        for follower in item.followers:
            follower._fail(
                "refused",
                self.actor.env._(
                    "Row %(line)s, with which this one was joined, could not be imported: see"
                    " there.",
                    line=item.row.line,
                ),
            )

    def _words(self, error):
        """Return why a row is refused, as its person reads it."""
        if isinstance(error, AccessError):
            return self.actor.env._("You may not store it: the rules of your company refuse it.")
        if isinstance(error, UserError):
            return str(error)
        _logger.warning("A row of import %s is refused", self.desk.id, exc_info=error)
        if isinstance(error, psycopg2.Error):
            return self.actor.env._("The database cannot store it: look for what is unusual.")
        return self.actor.env._(
            "It could not be stored, through no fault of the row: an administrator finds the reason"
            " in the log of the server."
        )

    def _evidence(self, row):
        return self.actor.env._("%(file)s, row %(line)s", file=self.desk.name, line=row.line)

    def _as_note(self, item, lines):
        return Markup("%s<br/>%s") % (self._title(item), plaintext2html("\n".join(lines)))

    def _title(self, item):
        return self.actor.env._("Imported from %(row)s:", row=self._evidence(item.row))
