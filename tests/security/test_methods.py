"""Whatever a method is called with, by whomever: it works or says no in words (T8, C5)."""

import inspect
from contextlib import suppress
from copy import deepcopy

import psycopg2

from odoo.exceptions import AccessError, UserError
from odoo.service.model import call_kw, get_public_method
from odoo.tests import tagged
from odoo.tools import mute_logger

from .world import OURS, ROLES, SECRET, World

MODULE = "odoo.addons.crm_customer_sheet."
HOSTS = ("res.partner", "crm.lead")

#: Roles that work with sheets, of different rights.
SALES = ("sales", "sales_manager", "steward", "privacy")

#: What no method of ours can use, whatever the argument.
WRONG = [
    *(None, False, True, 0, -1, 2**31, 2**63, 1.5, float("inf"), float("nan")),
    *("", "x", "a\0b", "\ud800", "b'x'", "2026-02-30", "'; DROP TABLE res_users; --"),
    *([], [[]], [None], ["x"], [2**40], [[1]], [True], {}, {"x": {"y": []}}, {"a\0": 1}, [{}]),
    [{"model": "res.partner", "id": "x"}, {"model": [], "id": {}}],
    {"model": "res.users", "id": 2},
    {"email": {}, "phone": [], "name": "a\0b", "partner_id": "x"},
]

#: Ids that are none; the ORM makes records of all of these.
WRONG_IDS = ["x", [[]], ["x"], [None], [True], [0], [-1], [2**31], [2**63], [1.5], "a\0b", {"a": 1}]

#: Good arguments, as far as somebody who guesses can have them.
GUESSED = {
    "code": "email",
    "reason": "Because",
    "conclusion": "Because",
    "reask_date": "2030-01-01",
    "evidence": "By phone",
    "field": "email",
    "text": "a@b.fr",
    "before": "2025-01-01T10:00:00|message|1",
    "kinds": ["email"],
    "limit": 10,
    "person": 1,
    "purpose": "prospecting",
    "channel": "email",
    "state": "given",
    "note": "Note",
    "seconds": 60,
    "codes": ["email"],
    "former": {"email": "x@example.com"},
    "host": "res.partner",
    "values": {"name": SECRET, "email": f"{SECRET}0@{SECRET}.example.com".lower()},
    "typology": "b2b",
    "choices": {},
    "proposal_ids": [1],
    "number": "732829320",
    "token": "x",
    "uuid": "6f1c2f5e-8f0a-4b1e-9d53-0d8b8a1f4c11",
    "card": {"note": "Note"},
    "name": "prospects.csv",
    "content": "TmFtZTtFLW1haWwKQWRhO2FAYi5mcg==",
    "column": 1,
    "target": "question:email",
    "value": 1,
    "decision": "skip",
    "policy": {"existing": "propose"},
    "figure": "create",
    "problem": "email:1",
    "lead_ids": [],
    "when": "2030-01-01 10:00:00",
    "url": "https://drive.example.com/specification.pdf",
    "kind": "rfi",
}


def is_ours(method):
    return (getattr(method, "__module__", None) or "").startswith(MODULE)


@tagged("post_install", "-at_install")
class TestMethods(World):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.found = list(cls.methods())
        cls.known = {**GUESSED, **cls.ids_of_ours()}

    @classmethod
    def ids_of_ours(cls):
        """Return good arguments that are ids."""
        contacts, leads = cls.own.contacts, cls.own.leads
        return {
            "record_ids": contacts[:2].ids,
            "survivor_id": contacts[0].id,
            "tail_ids": contacts[1:2].ids,
            "records": [{"model": "res.partner", "id": each.id} for each in contacts[:2]],
            "exclude": {"model": "res.partner", "id": contacts[0].id},
            "gate_id": cls.record(cls.own, "customer.sheet.gate").id,
            "stage_id": leads[0].stage_id.id,
            "playbook_id": cls.record(cls.own, "customer.sheet.playbook").id,
            "country_id": cls.env.ref("base.fr").id,
            "message_id": leads[0].message_ids[:1].id,
        }

    @classmethod
    def methods(cls):
        """Yield ``(model, name)`` of what anybody can call that stock does not define."""
        for model in sorted(cls.env.registry):
            model_class = type(cls.env[model])
            ours = {
                name
                for each in model_class.__mro__
                if each.__module__.startswith(MODULE)
                for name in each.__dict__
                if not name.startswith("_")
            }
            for name in sorted(ours):
                found = [
                    each.__dict__[name] for each in model_class.__mro__ if name in each.__dict__
                ]
                functions = [each for each in found if callable(each)]
                if functions and all(map(is_ours, functions)) and cls.is_public(model, name):
                    yield model, name

    @classmethod
    def is_public(cls, model, name):
        try:
            return bool(get_public_method(cls.env[model], name))
        except AccessError:
            return False

    def test_every_public_method_looks_at_what_comes_in(self):
        forgotten = [
            f"{model}.{name}"
            for model, name in self.methods()
            if not hasattr(getattr(type(self.env[model]), name), "_sheet_called")
        ]
        self.assertFalse(forgotten, "decorate them with @called, or make them private")

    def test_who_has_no_sheet_calls_nothing(self):
        for model, name in self.found:
            for role in ("public", "portal", "internal"):
                with self.subTest(model=model, name=name, role=role), self.assertRaises(UserError):
                    self.answer(role, model, name, self.own_ids(model), self.guessed(model, name))

    def test_models_without_records_say_so(self):
        for model, name in self.found:
            if self.env[model]._abstract:
                with self.subTest(model=model, name=name), self.assertRaises(AccessError):
                    self.answer("sales_manager", model, name, [1], self.guessed(model, name))

    def test_ids_that_are_none(self):
        for model, name in self.record_methods():
            for ids in WRONG_IDS:
                with self.subTest(model=model, name=name, ids=ids), self.assertRaises(UserError):
                    self.answer("sales_manager", model, name, ids, self.guessed(model, name))

    def test_ids_of_all_kinds(self):
        """Own, foreign, deleted, several and none."""
        wrong = []
        for model, name in self.record_methods():
            for role in SALES:
                every = self.ids(model)
                for ids in every if role in SALES[:2] else every[:2]:
                    wrong += self.call(role, model, name, ids, self.guessed(model, name))
        self.assertFalse(wrong, "\n".join(wrong[:40]))

    def test_arguments_of_all_kinds(self):
        """Each argument in turn is something that cannot be used; the others are good."""
        wrong = []
        for model, name in self.found:
            guessed = {} if self.env[model]._abstract else self.guessed(model, name)
            for argument in guessed:
                for value in WRONG:
                    arguments = {**guessed, argument: value}
                    ids = self.own_ids(model)
                    wrong += self.call("sales_manager", model, name, ids, arguments)
        self.assertFalse(wrong, "\n".join(wrong[:40]))

    def test_contexts_of_all_kinds(self):
        """What a method reads in the context is looked at, too."""
        wrong = []
        keys = ("sheet_verified_how", "sheet_consent_purpose", "sheet_consent_channel")
        for model, name in self.found:
            if model in HOSTS and not self.is_for_all(model, name):
                for value in ("x", "a\0b", 7, True, ["x"], {"x": []}):
                    arguments = {**self.guessed(model, name), "context": dict.fromkeys(keys, value)}
                    ids = self.own_ids(model)
                    wrong += self.call("sales_manager", model, name, ids, arguments)
        self.assertFalse(wrong, "\n".join(wrong[:40]))

    def test_fields_that_are_emptied(self):
        """What must not be empty, and a file that is none, is refused in words or by PostgreSQL."""
        wrong = []
        for model in self.concrete():
            if not (record := self.changeable(model)):
                continue
            emptied = {name: False for name, f in record._fields.items() if f.required and f.store}
            files = {
                name: "x"
                for name, field in record._fields.items()
                if field.type == "binary" and not field.compute and record._transient
            }
            for name, value in {**emptied, **files}.items():
                try:
                    with mute_logger("odoo.sql_db"), self.env.cr.savepoint():
                        record.write({name: value})
                        self.env.flush_all()
                        if value:
                            wrong.append(f"{model}.{name} = {value!r} is taken")
                        raise Undone
                except (Undone, UserError, psycopg2.IntegrityError):
                    continue
                except Exception as error:  # noqa: BLE001 - that is what is looked for
                    wrong.append(f"{model}.{name} = {value!r}: {error!r}")
        self.assertFalse(wrong, "\n".join(wrong))

    def changeable(self, model):
        """Return a record of the model with the rights of somebody who may write it, if any."""
        for role in (*SALES, "sheet_manager"):
            records = self.env[model].with_user(self.users[role])
            if records.has_access("write"):
                if not records._transient:
                    return self.record(self.own, model)[:1].with_env(records.env)
                with suppress(UserError, psycopg2.IntegrityError), self.env.cr.savepoint():
                    return records.create(self.values(self.own, model))
        return None

    def test_arguments_of_others(self):
        """Ids of another company as arguments tell nothing."""
        theirs = self.other.contacts
        asked = {
            ("customer.sheet.merge", "compare"): {"record_ids": theirs.ids},
            ("customer.sheet.merge", "apply"): {
                "survivor_id": theirs[0].id,
                "tail_ids": theirs[1:2].ids,
            },
            ("customer.sheet.duplicate", "mark_not_duplicate"): {
                "records": [{"model": "res.partner", "id": each.id} for each in theirs[:2]]
            },
            ("crm.lead", "sheet_interview"): {"playbook_id": 2**30},
            ("crm.lead", "sheet_gate_check"): {"stage_id": 2**30},
            ("crm.lead", "sheet_gate_ask_waiver"): {"gate_id": 2**30},
        }
        wrong = []
        for (model, name), values in asked.items():
            for role in ROLES:
                arguments = {**self.guessed(model, name), **values}
                wrong += self.call(role, model, name, self.own_ids(model), arguments)
        self.assertFalse(wrong, "\n".join(wrong))

    # -- calling ----------------------------------------------------------------------

    def call(self, role, model, name, ids, arguments):
        """Call as RPC does; return what is wrong about the answer."""
        said = f"{model}.{name}({ids}, {arguments}) as {role}"
        try:
            with mute_logger("odoo.sql_db"), self.env.cr.savepoint():
                answer = self.answer(role, model, name, ids, arguments)
                self.env.flush_all()
                raise Undone(answer)
        except Undone as undone:
            tells = SECRET.lower() in str(undone.args[0]).lower()
            return [f"{said} tells of another company: {undone.args[0]}"] if tells else []
        except UserError as refusal:
            tells = SECRET.lower() in str(refusal).lower()
            return [f"{said} tells of another company: {refusal}"] if tells else []
        except Exception as error:  # noqa: BLE001 - that is what is looked for
            return [f"{said}: {error!r}"]

    def answer(self, role, model, name, ids, arguments):
        records = self.env[model].with_user(self.users[role])
        args = [] if self.is_for_all(model, name) else [ids]
        return call_kw(records, name, args, arguments)

    def is_for_all(self, model, name):
        return getattr(getattr(type(self.env[model]), name), "_api_model", False)

    def record_methods(self):
        for model, name in self.found:
            if not self.env[model]._abstract and not self.is_for_all(model, name):
                yield model, name

    def guessed(self, model, name):
        parameters = inspect.signature(getattr(type(self.env[model]), name)).parameters
        return {each: deepcopy(self.known[each]) for each in parameters if each != "self"}

    def own_ids(self, model):
        return self.records_of(self.own, model).ids[:1]

    def ids(self, model):
        own, other = (self.records_of(side, model).ids for side in (self.own, self.other))
        return [own[:1], other[:1], [*own, *other], own[:1] * 2, [2**30], [*own, 2**30], []]

    def records_of(self, side, model):
        if model in HOSTS:
            return side.contacts if model == "res.partner" else side.leads
        if self.env[model]._abstract or not model.startswith(OURS):
            return self.env[model]
        return self.record(side, model)


class Undone(Exception):
    """Carries an answer out of a call that is taken back."""
