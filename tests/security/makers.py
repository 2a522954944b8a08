"""How one record of each model is made, with what a person would send to make another."""

import base64
from collections.abc import Callable
from itertools import count
from typing import Any, NamedTuple

from odoo import fields
from odoo.fields import Command
from odoo.tools import SQL

from ...models.duplicates.keys.kinds import KIND_NAMES

NEXT = count(1)


def _created(side, name):
    return side.env[name].sudo().create(MAKERS[name].values(side))


class Maker(NamedTuple):
    """``values(side)`` as ``create`` takes them, ``record(side, name)``, and a change."""

    values: Callable
    change: dict[str, Any]
    record: Callable = _created


def _number():
    return next(NEXT)


def _question(side):
    return side.env["customer.sheet.question"].search([("company_id", "=", False)], limit=1)


def _public_question(side, code):
    return side.env["customer.sheet.question"].search([("code", "=", code)])


def _purpose(side):
    return side.env["customer.sheet.consent.purpose"].search([], limit=1)


def _of(side, name):
    """Return the record that a side has of another model, made where there is none."""
    if name not in side.kept:
        side.kept[name] = MAKERS[name].record(side, name)
    return side.kept[name]


def _shipped(side, name):
    """Return a record that comes with the module: nobody makes another."""
    return side.env[name].sudo().search([], limit=1)


def _nothing(side):
    return {}


def _control(side, code):
    return side.env["customer.sheet.control"].sudo().search([("code", "=", code)])


# -- records that only the application makes -----------------------------------------


def _event(side, name):
    side.leads[3]._sheet_consent_record(
        [{"purpose": "prospecting", "channel": "email", "state": "refused"}],
        method="phone",
        label=f"{side.word} said no",
        payload={"note": side.word},
    )
    links = side.env["customer.sheet.consent.subject.link"].sudo()
    subject = links.search([("lead_id", "=", side.leads[3].id)]).subject_id
    return subject.event_ids[:1]


def _evidence(field):
    def record(side, name):
        event = _of(side, "customer.sheet.consent.event")
        return side.env[name].sudo().search([(field, "in", event[field].ids)], limit=1)

    return record


def _payload(side, name):
    event = _of(side, "customer.sheet.consent.event")
    return side.env[name].sudo().search([("event_id", "=", event.id)], limit=1)


def _seal(side, name):
    _of(side, "customer.sheet.consent.event")
    return side.env[name].sudo()._seal() or side.env[name].sudo().search([], limit=1)


def _entry_noted(side, name):
    return side.env[name].sudo()._note(None, [("res.partner", side.contacts[0].id, None)])


def _merge(side, name):
    return side.env[name].sudo()._merge(side.contacts[2], side.contacts[3])


def _merge_line(side, name):
    return _of(side, "customer.sheet.merge").sudo().line_ids[:1]


def _undo_line(side, name):
    _of(side, "customer.sheet.merge.undo").line_ids  # noqa: B018 - lines are made when looked at
    side.env.flush_all()
    return _created(side, name)


def _merge_run(side, name):
    return side.env[name].sudo()._dry_run("res.partner", [(side.contacts[0], side.contacts[1])])


def _quality_run(side, name):
    return (
        side.env[name]
        .with_user(side.user)
        ._start("res.partner", "selection", side.contacts[:2].ids)
    )


def _pair(side, name):
    return side.env[name].sudo()._pair(side.contacts[0], side.contacts[1])


def _matched(field):
    def record(side, name):
        side.env["res.partner"]._sheet_match_store(side.contacts[:2].ids)
        return side.env[name].sudo().search([(field, "in", side.contacts[:2].ids)], limit=1)

    return record


def _dirty(side, name):
    side.env["res.partner"]._sheet_match_store(side.contacts[:2].ids)
    return side.env[name].sudo().create({"node": side.contacts[2].id})


def _shared(side, name):
    side.env["res.partner"]._sheet_match_store(side.contacts[:2].ids)
    key = side.env["customer.sheet.match.key"].sudo()
    key = key.search([("partner_id", "=", side.contacts[0].id), ("kind", "=", "email")], limit=1)
    side.env[name].sudo()._note(
        SQL("SELECT %s AS kind, %s::bigint AS h, TRUE AS strong, 60 AS count", key.kind, key.h)
    )
    return side.env[name].sudo().search([("kind", "=", key.kind), ("h", "=", key.h)])


def _forgotten(side, name):
    side.env.flush_all()
    return side.env[name].sudo().search([("lead_id", "in", side.leads.ids)], limit=1)


def _enrolment(side, name):
    sequence = _of(side, "customer.sheet.sequence")
    step = _created(side, "customer.sheet.sequence.step")
    return (
        side.env[name]
        .sudo()
        .create({"lead_id": side.leads[0].id, "sequence_id": sequence.id, "step_id": step.id})
    )


def _execution(side, name):
    enrolment = _of(side, "customer.sheet.sequence.enrolment")
    return (
        side.env[name]
        .sudo()
        .create({"enrolment_id": enrolment.id, "step_id": enrolment.step_id.id, "state": "failed"})
    )


def _box(side, name):
    form, purpose = _of(side, "customer.sheet.form").sudo(), _purpose(side)
    form.consent_ids = [Command.create({"purpose_id": purpose.id, "channel": "phone"})]
    return form.consent_ids


def _paced(side, name):
    return side.env[name].sudo().search([], limit=1) or _created(side, name)


# -- what people send ----------------------------------------------------------------


def _import(side, name):
    content = base64.b64encode(b"Name;E-mail\nAda;ada@atlas.example.com\n").decode()
    begun = side.env[name].with_user(side.user).begin(f"{side.word}.csv", content)
    return side.env[name].sudo().browse(begun["id"])


def _question_values(side):
    field = side.env["ir.model.fields"]._get("crm.lead", "city")
    return {
        "code": f"walk_{_number()}",
        "name": f"{side.word} question",
        "company_id": side.company.id,
        "lead_field_ids": [Command.set(field.ids)],
    }


def _entry(side):
    return {"host": "crm.lead", "sheet_refs": side.leads[:1].ids}


def _draft(side):
    return _of(side, "customer.sheet.consent.notice.version")


def _version_values(side):
    return {
        "notice_id": _of(side, "customer.sheet.consent.notice").id,
        "lang": "en_US",
        "body": f"<p>{side.word}</p>",
    }


MAKERS = {
    "customer.sheet.answer": Maker(
        lambda side: {
            "question_id": _question(side).id,
            "lead_id": side.leads[0].id,
            "state": "unknown",
            "reason": side.word,
        },
        {"reason": "Changed"},
    ),
    "customer.sheet.catalogue.publish": Maker(lambda side: {"note": side.word}, {"note": "New"}),
    "customer.sheet.catalogue.version": Maker(
        lambda side: {"name": "Version"}, {"note": "New"}, _shipped
    ),
    "customer.sheet.chore": Maker(
        lambda side: {"code": f"walk_{_number()}", "round": "nightly"}, {"active": False}, _shipped
    ),
    "customer.sheet.charter.line": Maker(
        lambda side: {
            "act": "review",
            "group_id": side.env["res.groups"].sudo().create({"name": f"Of {_number()}"}).id,
        },
        {"role": "c"},
    ),
    "customer.sheet.control": Maker(
        lambda side: {"code": f"walk_{_number()}", "kind": "data"}, {"kind": "setup"}, _shipped
    ),
    "customer.sheet.control.attest": Maker(
        lambda side: {"control_id": _control(side, "disks").id, "note": side.word},
        {"note": "New"},
    ),
    "customer.sheet.control.result": Maker(
        lambda side: {"control_id": _control(side, "owners").id, "state": "right"},
        {"state": "right"},
    ),
    "customer.sheet.first.run": Maker(_nothing, {"step": "gate"}),
    "customer.sheet.setup": Maker(_nothing, {}),
    "customer.sheet.desk": Maker(_nothing, {}),
    "customer.sheet.consent.check": Maker(lambda side: {"state": "holds"}, {"state": "broken"}),
    "customer.sheet.consent.event": Maker(
        lambda side: {"state": "given"}, {"state": "given"}, _event
    ),
    "customer.sheet.consent.inform": Maker(
        lambda side: {**_entry(side), "what": side.word}, {"what": "New"}
    ),
    "customer.sheet.information": Maker(
        lambda side: {**_entry(side), "what": side.word}, {"what": "New"}
    ),
    "customer.sheet.consent.link.request": Maker(
        lambda side: {"email": f"{side.word}@example.com"}, {"email": "x@example.com"}
    ),
    "customer.sheet.consent.notice": Maker(
        lambda side: {"name": f"{side.word} notice", "company_id": side.company.id},
        {"name": "New"},
    ),
    "customer.sheet.consent.notice.version": Maker(_version_values, {"change_note": "New"}),
    "customer.sheet.consent.payload": Maker(
        lambda side: {"event_id": _of(side, "customer.sheet.consent.event").id},
        {"content": "{}"},
        _payload,
    ),
    "customer.sheet.consent.publish": Maker(
        lambda side: {"version_id": _draft(side).id}, {"change_note": "New"}
    ),
    "customer.sheet.consent.purpose": Maker(
        lambda side: {"code": f"walk_{_number()}", "name": "Purpose"}, {"sequence": 3}
    ),
    "customer.sheet.consent.record": Maker(
        lambda side: {**_entry(side), "words": side.word}, {"words": "New"}
    ),
    "customer.sheet.consent.rule": Maker(
        lambda side: {
            "purpose_id": _purpose(side).id,
            "company_id": side.company.id,
            "channel": "post",
            "basis": "consent",
            "requirement": "consent",
            "source": side.word,
        },
        {"sequence": 3},
    ),
    "customer.sheet.consent.seal": Maker(lambda side: {"root": "x"}, {"root": "x"}, _seal),
    "customer.sheet.consent.seal.compare": Maker(
        lambda side: {"mailed": side.word}, {"mailed": "New"}
    ),
    "customer.sheet.consent.state": Maker(
        lambda side: {"state": "given"}, {"state": "given"}, _evidence("subject_id")
    ),
    "customer.sheet.consent.subject": Maker(
        lambda side: {"uuid": f"walk-{_number()}"},
        {"sequence": 3},
        lambda side, name: _of(side, "customer.sheet.consent.event").subject_id,
    ),
    "customer.sheet.consent.subject.link": Maker(
        lambda side: {"lead_id": side.leads[0].id},
        {"lead_id": False},
        _evidence("subject_id"),
    ),
    "customer.sheet.duplicate": Maker(
        lambda side: {
            "node1": side.contacts[0].id,
            "node2": side.contacts[2].id,
            "partner1_id": side.contacts[0].id,
            "partner2_id": side.contacts[2].id,
            "band": "possible",
            "company_id": side.company.id,
        },
        {"decision_reason": "New"},
        _pair,
    ),
    "customer.sheet.email.domain": Maker(
        lambda side: {"name": f"walk{_number()}.example.com", "kind": "ordinary"},
        {"kind": "disposable"},
    ),
    "customer.sheet.export.log": Maker(
        lambda side: {
            "kind": "export",
            "res_model": "crm.lead",
            "user_name": side.word,
            "company_id": side.company.id,
        },
        {"user_name": "New"},
    ),
    "customer.sheet.paste": Maker(lambda side: {"text": side.word}, {"text": "New"}),
    "customer.sheet.paste.line": Maker(
        lambda side: {
            "paste_id": _of(side, "customer.sheet.paste").id,
            "question_id": _question(side).id,
            "value": "x@example.com",
        },
        {"is_chosen": False},
    ),
    "customer.sheet.fill": Maker(_nothing, {"scope": "all"}),
    "customer.sheet.form": Maker(
        lambda side: {
            "name": f"{side.word} form",
            "company_id": side.company.id,
            "line_ids": [Command.create({"question_id": _public_question(side, "email").id})],
        },
        {"sequence": 3},
    ),
    "customer.sheet.form.consent": Maker(
        lambda side: {
            "form_id": _of(side, "customer.sheet.form").id,
            "purpose_id": _purpose(side).id,
            "channel": "post",
        },
        {"sequence": 3},
        _box,
    ),
    "customer.sheet.form.line": Maker(
        lambda side: {
            "form_id": _of(side, "customer.sheet.form").id,
            "question_id": _public_question(side, "need").id,
        },
        {"sequence": 3},
        lambda side, name: _of(side, "customer.sheet.form").line_ids[:1],
    ),
    "customer.sheet.form.version": Maker(
        lambda side: {"form_id": _of(side, "customer.sheet.form").id, "number": 9, "content": {}},
        {"note": "New"},
        lambda side, name: _of(side, "customer.sheet.form").sudo()._publish(),
    ),
    "customer.sheet.forgotten": Maker(_nothing, {"name": "New"}, _forgotten),
    "customer.sheet.gate": Maker(
        lambda side: {"name": "Gate", "stage_ids": [Command.set(side.leads[0].stage_id.ids)]},
        {"sequence": 3},
    ),
    "customer.sheet.gate.criterion": Maker(
        lambda side: {
            "gate_id": side.env["customer.sheet.gate"].search([], limit=1).id,
            "question_ids": [Command.set(_question(side).ids)],
        },
        {"sequence": 3},
    ),
    "customer.sheet.gate.waiver": Maker(
        lambda side: {
            "lead_id": side.leads[0].id,
            "gate_id": side.env["customer.sheet.gate"].search([], limit=1).id,
            "reason": side.word,
        },
        {"reason": "New"},
    ),
    "customer.sheet.import": Maker(
        lambda side: {
            "name": f"{side.word}.csv",
            "company_id": side.company.id,
            "user_id": side.user.id,
        },
        {"name": "New"},
        _import,
    ),
    "customer.sheet.import.column": Maker(
        lambda side: {
            "import_id": _of(side, "customer.sheet.import").id,
            "position": _number(),
            "header": side.word,
        },
        {"position": 3},
    ),
    "customer.sheet.import.row": Maker(
        lambda side: {
            "import_id": _of(side, "customer.sheet.import").id,
            "line": _number(),
            "cells": [side.word],
        },
        {"line": 3},
    ),
    "customer.sheet.import.value": Maker(
        lambda side: {
            "column_id": _of(side, "customer.sheet.import.column").id,
            "text": side.word,
        },
        {"count": 3},
    ),
    "customer.sheet.kpi": Maker(
        lambda side: {"code": f"walk_{_number()}", "host": "res.partner"}, {"target": 80}, _shipped
    ),
    "customer.sheet.kpi.value": Maker(
        lambda side: {
            "kpi_id": _shipped(side, "customer.sheet.kpi").id,
            "day": fields.Date.add(fields.Date.to_date("1990-01-01"), days=_number()),
            "dimension": "all",
            "company_id": side.company.id,
        },
        {"part": 3},
    ),
    "customer.sheet.match.dirty": Maker(
        lambda side: {"node": side.contacts[3].id}, {"node": 1}, _dirty
    ),
    "customer.sheet.match.key": Maker(
        lambda side: {"partner_id": side.contacts[3].id, "kind": KIND_NAMES[0][0], "h": 1},
        {"h": 2},
        _matched("partner_id"),
    ),
    "customer.sheet.match.learning": Maker(_nothing, {"state": "used"}),
    "customer.sheet.match.learning.line": Maker(
        lambda side: {
            "learning_id": _of(side, "customer.sheet.match.learning").id,
            "rule_id": _shipped(side, "customer.sheet.match.rule").id,
        },
        {"learned": 3.0},
    ),
    "customer.sheet.match.profile": Maker(
        lambda side: {"node": side.contacts[3].id, "partner_id": side.contacts[3].id},
        {"name": "New"},
        _matched("partner_id"),
    ),
    "customer.sheet.match.rule": Maker(
        lambda side: {"name": "Rule", "code": f"walk_{_number()}"}, {"sequence": 3}, _shipped
    ),
    "customer.sheet.match.shared": Maker(
        lambda side: {"kind": KIND_NAMES[0][0], "h": _number()}, {"count": 3}, _shared
    ),
    "customer.sheet.match.term": Maker(
        lambda side: {"term": f"{side.word}{_number()}", "bits": 3}, {"bits": 4}
    ),
    "customer.sheet.merge": Maker(
        lambda side: {"host": "res.partner", "company_id": side.company.id},
        {"survivor_name": "New"},
        _merge,
    ),
    "customer.sheet.merge.line": Maker(
        lambda side: {"merge_id": _of(side, "customer.sheet.merge").id},
        {"table_name": "x"},
        _merge_line,
    ),
    "customer.sheet.merge.run": Maker(
        lambda side: {"host": "res.partner"}, {"groups": [[1, [2]]]}, _merge_run
    ),
    "customer.sheet.merge.undo": Maker(
        lambda side: {"merge_id": _of(side, "customer.sheet.merge").id}, {"line_ids": []}
    ),
    "customer.sheet.merge.undo.line": Maker(
        lambda side: {
            "undo_id": _of(side, "customer.sheet.merge.undo").id,
            "key": "x",
            "before": side.word,
        },
        {"put_back": True},
        _undo_line,
    ),
    "customer.sheet.option": Maker(
        lambda side: {"kind": "source", "code": f"walk_{_number()}", "name": "Source"},
        {"sequence": 3},
    ),
    "customer.sheet.playbook": Maker(lambda side: {"name": "Playbook"}, {"sequence": 3}),
    "customer.sheet.playbook.line": Maker(
        lambda side: {
            "playbook_id": side.env["customer.sheet.playbook"].search([], limit=1).id,
            "question_id": _question(side).id,
        },
        {"sequence": 3},
    ),
    "customer.sheet.proposal": Maker(
        lambda side: {
            "question_id": _public_question(side, "need").id,
            "lead_id": side.leads[0].id,
            "value": side.word,
            "source": "form",
        },
        {"said_by": "Changed"},
    ),
    "customer.sheet.place": Maker(
        lambda side: {"model": f"x.{side.word}{_number()}", "field": "name", "category": "other"},
        {"category": "free"},
    ),
    "customer.sheet.search": Maker(
        lambda side: {
            "lead_id": side.leads[0].id,
            "reference": side.word,
            "company_id": side.company.id,
        },
        {"reference": "New"},
    ),
    "customer.sheet.search.hit": Maker(
        lambda side: {
            "search_id": _of(side, "customer.sheet.search").id,
            "table": "res_partner",
            "column": "name",
            "kind": "words",
        },
        {"column": "email"},
    ),
    "customer.sheet.register.request": Maker(
        lambda side: {
            "what": "vat",
            "number": side.word,
            "lead_id": side.leads[0].id,
            "company_id": side.company.id,
        },
        {"number": "Changed"},
    ),
    "customer.sheet.lookup": Maker(
        lambda side: {
            "host": "res.partner",
            "partner_ids": [Command.set(side.contacts[:1].ids)],
        },
        {"vat": True},
    ),
    "customer.sheet.purchase": Maker(
        lambda side: {"partner_id": side.contacts[0].id, "company_id": side.company.id},
        {"orders": 3},
    ),
    "customer.sheet.quality.figure": Maker(
        lambda side: {
            "run_id": _of(side, "customer.sheet.quality.run").id,
            "kind": "email",
            "status": "valid",
            "company_id": side.company.id,
        },
        {"count": 3},
    ),
    "customer.sheet.quality.run": Maker(
        lambda side: {"host": "res.partner", "scope": "all"}, {"state": "stopped"}, _quality_run
    ),
    "customer.sheet.question": Maker(_question_values, {"sequence": 3}),
    "customer.sheet.question.figure": Maker(
        lambda side: {
            "question_id": _of(side, "customer.sheet.question").id,
            "day": "2026-01-01",
        },
        {"known_count": 3},
    ),
    "customer.sheet.segment": Maker(
        lambda side: {
            "name": f"{side.word} segment",
            "model": "res.partner",
            "company_id": side.company.id,
        },
        {"name": "New"},
    ),
    "customer.sheet.segment.count": Maker(
        lambda side: {
            "segment_id": _of(side, "customer.sheet.segment").id,
            "company_id": side.company.id,
            "day": fields.Date.add(fields.Date.to_date("1990-01-01"), days=_number()),
        },
        {"count": 3},
    ),
    "customer.sheet.segment.reach": Maker(
        lambda side: {
            "segment_id": _of(side, "customer.sheet.segment").id,
            "purpose_id": _purpose(side).id,
        },
        {"channel": "phone"},
    ),
    "customer.sheet.register": Maker(
        lambda side: {"code": "france", "name": "Register"}, {"sequence": 3}, _shipped
    ),
    "customer.sheet.register.pace": Maker(
        lambda side: {"register_id": _of(side, "customer.sheet.register").id},
        {"last_failure": "slow"},
        _paced,
    ),
    "customer.sheet.review": Maker(
        lambda side: {
            "month": fields.Date.add(fields.Date.to_date("1990-01-01"), months=_number()),
            "company_id": side.company.id,
        },
        {"user_id": False},
    ),
    "customer.sheet.review.line": Maker(
        lambda side: {
            "review_id": _of(side, "customer.sheet.review").id,
            "worklist": "sample",
            "res_model": "crm.lead",
        },
        {"because": "New"},
    ),
    "customer.sheet.review.sign": Maker(
        lambda side: {"review_id": _of(side, "customer.sheet.review").id},
        {"conclusion": "New"},
    ),
    "customer.sheet.routing.preview": Maker(
        lambda side: {"run": side.word, "lead_id": side.leads[0].id, "words": side.word},
        {"run": "New"},
    ),
    "customer.sheet.routing.rule": Maker(
        lambda side: {"name": f"{side.word} rule", "company_id": side.company.id},
        {"sequence": 3},
    ),
    "customer.sheet.routing.trace": Maker(
        lambda side: {"lead_id": side.leads[0].id, "kind": "person", "event": "owner"},
        {"kind": "stock"},
    ),
    "customer.sheet.score.factor": Maker(
        lambda side: {"factor": "budget"}, {"sequence": 3}, _shipped
    ),
    "customer.sheet.sensitive.finding": Maker(
        lambda side: {
            "res_model": "crm.lead",
            "res_id": side.leads[0].id,
            "place": "description",
            "category": "health",
            "company_id": side.company.id,
        },
        {"justification": "New"},
    ),
    "customer.sheet.sensitive.term": Maker(
        lambda side: {"category": "health", "lang": "en", "name": f"walk{_number()}"},
        {"category": "health"},
    ),
    "customer.sheet.sequence": Maker(
        lambda side: {"name": f"{side.word} sequence", "company_id": side.company.id},
        {"sequence": 3},
    ),
    "customer.sheet.breach": Maker(
        lambda side: {"title": f"{side.word} breach", "company_id": side.company.id},
        {"origin": "New"},
    ),
    "customer.sheet.breach.notice": Maker(
        lambda side: {
            "breach_id": _of(side, "customer.sheet.breach").id,
            "kind": "initial",
            "sent_on": "2026-01-01",
            "content": side.word,
        },
        {"number": "New"},
    ),
    "customer.sheet.breach.notify": Maker(
        lambda side: {"breach_id": _of(side, "customer.sheet.breach").id},
        {"number": "New"},
    ),
    "customer.sheet.erasure": Maker(
        lambda side: {
            "lead_id": side.leads[0].id,
            "company_id": side.company.id,
            "words": side.word,
        },
        {"backups_until": "2030-01-01"},
    ),
    "customer.sheet.erasure.record": Maker(
        lambda side: {
            "erasure_id": _of(side, "customer.sheet.erasure").id,
            "model": "crm.lead",
            "row": side.leads[0].id,
            "why": "phone",
        },
        {"is_included": True},
    ),
    "customer.sheet.erasure.line": Maker(
        lambda side: {
            "erasure_id": _of(side, "customer.sheet.erasure").id,
            "model": "crm.lead",
            "decision": "keep",
            "words": side.word,
        },
        {"words": "New"},
    ),
    "customer.sheet.erasure.text": Maker(
        lambda side: {
            "erasure_id": _of(side, "customer.sheet.erasure").id,
            "table": "crm_lead",
            "column": "description",
            "row": side.leads[0].id,
            "words": side.word,
        },
        {"decision": "cut"},
    ),
    "customer.sheet.erasure.back": Maker(
        lambda side: {"partner_id": side.contacts[0].id, "words": side.word},
        {"words": "New"},
    ),
    "customer.sheet.erasure.entry": Maker(
        lambda side: {"rows": "[]"}, {"rows": "[]"}, _entry_noted
    ),
    "customer.sheet.erasure.replay": Maker(
        lambda side: {"found_on": "2026-01-01", "source": "file", "databases": side.word},
        {"databases": "New"},
    ),
    "customer.sheet.erasure.replay.line": Maker(
        lambda side: {
            "replay_id": _of(side, "customer.sheet.erasure.replay").id,
            "entry_id": _of(side, "customer.sheet.erasure.entry").id,
            "model": "res.partner",
            "row": side.contacts[0].id,
            "outcome": "other",
        },
        {"outcome": "gone"},
    ),
    "customer.sheet.erasure.upload": Maker(
        lambda side: {"content_name": side.word}, {"content_name": "New"}
    ),
    "customer.sheet.breach.estimate": Maker(
        lambda side: {"breach_id": _of(side, "customer.sheet.breach").id},
        {"since": "2026-01-01"},
    ),
    "customer.sheet.breach.estimate.line": Maker(
        lambda side: {
            "estimate_id": _of(side, "customer.sheet.breach.estimate").id,
            "model": "crm.lead",
        },
        {"is_touched": True},
    ),
    "customer.sheet.processing": Maker(
        lambda side: {"name": f"Activity {_number()}"}, {"sequence": 3}
    ),
    "customer.sheet.processing.version": Maker(
        lambda side: {
            "published_on": "2026-01-01",
            "lang": "en_US",
            "content": {"title": "R", "head": [], "headings": [], "activities": []},
            "sha256": "0",
        },
        {"note": "New"},
    ),
    "customer.sheet.processing.publish": Maker(lambda side: {"note": "Note"}, {"note": "New"}),
    "customer.sheet.processor": Maker(
        lambda side: {
            "name": f"{side.word} host",
            "service": "Hosting",
            "company_id": side.company.id,
        },
        {"service": "New"},
    ),
    "customer.sheet.formality": Maker(
        lambda side: {
            "processing_id": _of(side, "customer.sheet.processing").id,
            "regime_id": side.env["customer.sheet.regime"].search([], limit=1).id,
        },
        {"form": "F211"},
    ),
    "customer.sheet.regime": Maker(
        lambda side: {"name": f"Law {_number()}", "authority": "A", "complaint": "To A"},
        {"sequence": 3},
    ),
    "customer.sheet.retention.rule": Maker(
        lambda side: {"name": f"Rule {_number()}", "months": 12}, {"sequence": 3}
    ),
    "customer.sheet.retention.run": Maker(lambda side: {"state": "preview"}, {"looked_at": 3}),
    "customer.sheet.retention.line": Maker(
        lambda side: {
            "run_id": _of(side, "customer.sheet.retention.run").id,
            "partner_id": side.contacts[0].id,
            "company_id": side.company.id,
            "reference": side.word,
            "keep_until": "2990-01-01",
            "keep_why": "A dispute",
        },
        {"keep_why": "Another one"},
    ),
    "customer.sheet.request": Maker(
        lambda side: {
            "kind": "access",
            "partner_id": side.contacts[0].id,
            "words": side.word,
            "company_id": side.company.id,
        },
        {"user_id": False},
    ),
    "customer.sheet.request.clock": Maker(
        lambda side: {
            "request_id": _of(side, "customer.sheet.request").id,
            "code": "asked",
            "day": "2026-01-01",
            "words": side.word,
        },
        {"words": "New"},
        lambda side, name: _of(side, "customer.sheet.request").sudo().clock_ids[:1],
    ),
    "customer.sheet.past": Maker(
        lambda side: {"partner_id": side.contacts[0].id}, {"kind": "changed"}
    ),
    "customer.sheet.request.decision": Maker(
        lambda side: {
            "request_id": _of(side, "customer.sheet.request").id,
            "category": "free",
            "answer": "give",
        },
        {"answer": "give"},
        lambda side, name: (
            _of(side, "customer.sheet.request")
            .sudo()
            ._decide()
            .filtered(lambda decision: decision.category == "free")
        ),
    ),
    "customer.sheet.request.passage": Maker(
        lambda side: {
            "request_id": _of(side, "customer.sheet.request").id,
            "table": "res.partner",
            "column": "comment",
            "row": side.contacts[1].id,
            "kind": "others",
        },
        {"give": True},
    ),
    "customer.sheet.request.step": Maker(
        lambda side: {
            "request_id": _of(side, "customer.sheet.request").id,
            "step": "answered",
            "words": "Words",
        },
        {"words": "New"},
    ),
    "customer.sheet.request.arrival": Maker(
        lambda side: {
            "uuid": f"uuid {_number()}",
            "state": "held",
            "kind": "access",
            "person_name": side.word,
            "words": side.word,
            "company_id": side.company.id,
        },
        {"words": "New"},
    ),
    "customer.sheet.request.file": Maker(
        lambda side: {"lead_id": side.leads[0].id}, {"words": "New"}
    ),
    "customer.sheet.restrict": Maker(
        lambda side: {"partner_id": side.contacts[0].id, "words": side.word},
        {"words": "New"},
    ),
    "customer.sheet.complete.ask": Maker(
        lambda side: {"lead_id": side.leads[0].id}, {"lead_id": False}
    ),
    "customer.sheet.look": Maker(
        lambda side: {
            "user_id": side.user.id,
            "node": side.contacts[0].id,
            "looked_at": "2026-01-01",
        },
        {"looked_at": "2026-01-02"},
    ),
    "customer.sheet.visit": Maker(lambda side: {"key": side.word}, {"key": "x"}),
    "customer.sheet.sequence.enrol": Maker(
        lambda side: {
            "sequence_id": _of(side, "customer.sheet.sequence").id,
            "lead_ids": [Command.set(side.leads[1:2].ids)],
        },
        {"lead_ids": [Command.clear()]},
    ),
    "customer.sheet.sequence.enrolment": Maker(
        lambda side: {
            "lead_id": side.leads[1].id,
            "sequence_id": _of(side, "customer.sheet.sequence").id,
        },
        {"state": "done"},
        _enrolment,
    ),
    "customer.sheet.sequence.execution": Maker(
        lambda side: {
            "enrolment_id": _of(side, "customer.sheet.sequence.enrolment").id,
            "step_id": _of(side, "customer.sheet.sequence.step").id,
            "state": "sent",
        },
        {"state": "sent"},
        _execution,
    ),
    "customer.sheet.sequence.step": Maker(
        lambda side: {
            "sequence_id": _of(side, "customer.sheet.sequence").id,
            "name": f"{side.word} step",
            "kind": "activity",
            "activity_type_id": side.env.ref("mail.mail_activity_data_todo").id,
        },
        {"sequence": 3},
    ),
    "customer.sheet.stakeholder": Maker(
        lambda side: {"lead_id": side.leads[0].id, "name": f"{side.word} boss"},
        {"note": "New"},
    ),
    "customer.sheet.submission": Maker(
        lambda side: {
            "form_id": _of(side, "customer.sheet.form").id,
            "uuid": f"walk-{_number()}",
            "company_id": side.company.id,
            "state": "landed",
            "values": {"need": side.word},
            "message": side.word,
            "lead_id": side.leads[0].id,
        },
        {"state": "refused"},
    ),
    "customer.sheet.unfinished": Maker(
        lambda side: {
            "host": "res.partner",
            "record_ids": side.contacts[:1].ids,
            "names": ["sheet_typology"],
            "actors": "person",
            "company_id": side.company.id,
        },
        {"names": []},
    ),
}
