import hashlib
import json

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date, format_datetime

from ...sheet.called import called
from ..erasure.elsewhere import Elsewhere
from ..erasure.reach import OWN_NOTES


class CustomerSheetErasure(models.Model):
    """What was left: a look at everything by other code, and the certificate that says it.

    The scan reads PostgreSQL's own catalogue and the file store, never the map.  What it finds is
    explained by a decision with a ground, or the erasure is not finished.
    """

    _inherit = "customer.sheet.erasure"

    found = fields.Json("What was left", readonly=True, copy=False)
    seal = fields.Char("Fingerprint", readonly=True, copy=False)
    certificate = fields.Html(compute="_compute_certificate")
    left_text = fields.Text("Still there", compute="_compute_certificate")

    # -- looking once more ------------------------------------------------------------------

    def _do_scan(self):
        """Look for every spelling once more; return whether all is looked through."""
        search = self._last_search() or self._search_everything()
        if search.state == "running":
            search._advance()
        if search.state == "running":
            return False
        if search.state != "done":
            raise UserError(search.failure or self.env._("The search could not go on."))
        return True

    def _last_search(self):
        """Return the look at everything after all was erased, if it has begun."""
        return self.search_ids.filtered(lambda search: not search.is_before)[:1]

    def _do_certificate(self):
        """Say what was left; where something stands that nobody decided to keep, do not end."""
        facts = self.with_context(lang=self.user_id.lang or self.env.lang)._facts()
        self.found = facts
        if facts["left"]:
            self._end("unfinished")
            return
        self.seal = self._fingerprint(facts)
        kept = {"ended_on": fields.Datetime.now(), "state": "done", "done": len(self._steps())}
        self.search_ids.unlink()
        self.write({**kept, "spellings": False})
        self._tell()

    def _facts(self):
        """Return what the certificate says, as JSON: no word of it names the person."""
        plan, reach, kept = self._as_it_stands()
        places = {}
        for model, rows in kept.rows.items():
            for row, said in rows.items():
                law = kept.law.get(model, {}).get(row, "")
                key = (model, said.ground, said.until, law)
                places.setdefault(key, set()).add(row)
        reason = kept.reason()
        named = {m: {*ids} for m, ids in reach.own.items() if kept.columns(m)}
        for model, ids in named.items():
            places[model, reason.ground, reason.until, kept.law_of_documents()] = ids
        left, elsewhere = [], Elsewhere(self, plan, reach, kept)
        for hit in self._after():
            said = self._explained(hit, elsewhere, kept, named)
            if said is None and self._is_software(hit, elsewhere):
                said = "others", False, self.env._("A word of the software.")
            if said is None:
                left.append([hit.table, hit.column, hit.row])
            elif said:
                model = self._model_of(hit.table)
                places.setdefault((model, *said), set()).add(hit.row)
        return {
            "runs": [*_runs(self.found), self._run()],
            "kept": [
                {
                    "model": model,
                    "rows": sorted(rows),
                    "ground": ground or "",
                    "until": fields.Date.to_string(until) if until else "",
                    "words": words,
                }
                for (model, ground, until, words), rows in sorted(places.items(), key=str)
                if rows
            ],
            "left": left,
            "searched": self.why == "request",
            "left_out": self._last_search()._left_out_lines(),
            "backups": fields.Date.to_string(self.backups_until) if self.backups_until else "",
        }

    def _run(self):
        """Return what was done this time: an erasure that was not finished is gone through anew."""
        return {
            "on": fields.Datetime.to_string(fields.Datetime.now()),
            "done": [
                {"model": line.model, "decision": line.decision, "rows": line.row_count}
                for line in self.line_ids
                if line.decision != "keep"
            ],
            "texts": sum(text.decision != "keep" for text in self.text_ids),
        }

    def _after(self):
        return self._last_search().hit_ids.filtered(
            lambda hit: hit.kind in ("words", "bytes", "file")
        )

    def _model_of(self, table):
        model = self.env["customer.sheet.search.hit"]._models().get(table)
        return model._name if model is not None else table

    def _explained(self, hit, elsewhere, kept, named):
        """Return why something may be left, ``(ground, until, words)``.

        Empty where that is said already, None where nobody has decided it.
        """
        name = self._model_of(hit.table)
        if name.startswith(OWN_NOTES) or hit.row in named.get(name, ()):
            return ()
        if hit.row in kept.rows.get(name, ()):
            return ()
        for text in self.text_ids:
            if (text.table, text.row) == (hit.table, hit.row) and text.decision == "keep":
                return text.ground or "words", False, text.words or ""
        said = elsewhere.kept_by_map(name, hit.column, hit.row)
        return (said.ground, said.until, "") if said else None

    def _is_software(self, hit, elsewhere):
        """Return whether only a word of the name stands where nobody is spoken of."""
        if hit.kind != "words":
            return False
        text = elsewhere.texts_of(hit.table, hit.column, [hit.row]).get(hit.row)
        name = self._model_of(hit.table)
        return elsewhere.is_software(name, hit.column, hit.row, elsewhere.is_sure(text))

    def _fingerprint(self, facts):
        words = json.dumps([self.name, facts], sort_keys=True)
        return hashlib.sha256(words.encode()).hexdigest()

    def _tell(self):
        """Note on the request that the erasure is over."""
        if self.request_id:
            env = self.request_id._for_us().env
            body = env._("Erased: see the certificate %(number)s.", number=self.name)
            self.request_id.message_post(body=body)

    # -- for people ---------------------------------------------------------------------------

    @api.depends("found")
    @api.depends_context("lang")
    def _compute_certificate(self):
        for erasure in self:
            facts = erasure.found or {}
            erasure.left_text = "\n".join(erasure._left_words(facts)) or False
            erasure.certificate = (
                self.env["ir.qweb"]._render(
                    "crm_customer_sheet.customer_sheet_erasure_certificate", erasure._said(facts)
                )
                if erasure.state == "done" and facts
                else False
            )

    def _left_words(self, facts):
        """Return the lines that say where the person still stands."""
        for table, column, row in facts.get("left") or []:
            yield self.env._(
                "%(place)s, field %(field)s, no. %(number)s",
                place=self._label(self._model_of(table)),
                field=column,
                number=row,
            )

    def _label(self, model):
        return self.env["ir.model"]._get(model).name or model

    def _said(self, facts):
        """Return what the template of the certificate shows."""
        runs = [run for run in _runs(facts) if run["texts"] or any(x["rows"] for x in run["done"])]
        return {
            "record": self,
            "title": self.env._("Certificate of erasure %(number)s", number=self.name),
            "opening": self._opening(),
            "runs": [
                {
                    "title": self._title(number, run) if len(runs) > 1 else "",
                    "texts": run["texts"],
                    "done": self._done_words(run["done"]),
                }
                for number, run in enumerate(runs, 1)
            ],
            "kept": [self._kept_words(line) for line in facts.get("kept", [])],
            "left_out": facts.get("left_out", []),
            "remarks": self._remarks(facts),
            "signed": self._signed(),
        }

    def _opening(self):
        words = {
            "company": self.company_id.name,
            "moment": format_datetime(self.env, self.ended_on) if self.ended_on else "",
            "request": self.request_id.name,
        }
        if self.request_id:
            return self.env._(
                "%(company)s answers the request %(request)s: the person is gone from the live data"
                " since %(moment)s.",
                **words,
            )
        return self.env._(
            "%(company)s: the person is gone from the live data since %(moment)s.", **words
        )

    def _title(self, number, run):
        moment = fields.Datetime.to_datetime(run["on"])
        return self.env._(
            "Run %(number)s, %(moment)s",
            number=number,
            moment=format_datetime(self.env, moment) if moment else "",
        )

    def _done_words(self, lines):
        """Return what was done in each place: where, what, with how many rows."""
        decision = self.env["customer.sheet.erasure.line"]._fields["decision"]
        words, places = dict(decision._description_selection(self.env)), {}
        for line in lines:
            if line["rows"]:
                place = self._label(line["model"]), line["rows"]
                places.setdefault(place, []).append(words[line["decision"]])
        return [(where, ", ".join(what), rows) for (where, rows), what in sorted(places.items())]

    def _kept_words(self, line):
        """Return what remains in one place: where, how many rows, why, until when."""
        ground = self.env["customer.sheet.erasure.line"]._fields["ground"]
        grounds = dict(ground._description_selection(self.env))
        until = format_date(self.env, line["until"]) if line["until"] else ""
        why = line["words"] or grounds.get(line["ground"], "")
        return self._label(line["model"]), len(line["rows"]), why, until

    def _remarks(self, facts):
        """Yield what one has to know of what remains, in sentences."""
        if self.kept_until:
            yield self.env._(
                "What documents must go on naming is closed off: nobody uses it. It is erased after"
                " %(day)s.",
                day=format_date(self.env, self.kept_until),
            )
        if facts.get("searched"):
            yield self.env._(
                "Afterwards every table and file was looked through by another program than the one"
                " that erases: what remains is what is listed above."
            )
        else:
            yield self.env._(
                "Records that belong to the person were erased. Texts about them in other records"
                " were not looked for."
            )
        if facts.get("backups"):
            yield self.env._(
                "Traces that no program can reach remain on the server's disks until they are"
                " overwritten, and in backups. The last backup ends on %(day)s. If one is restored"
                " before, the register of erasures repeats this erasure.",
                day=format_date(self.env, facts["backups"]),
            )

    def _signed(self):
        """Return who has prepared and approved it."""
        names = {
            "preparer": self.user_id.sudo().name,
            "approver": self.approved_by_id.sudo().name,
        }
        if self.approved_by_id:
            return self.env._("Prepared by %(preparer)s, approved by %(approver)s.", **names)
        return self.env._("Prepared by %(preparer)s.", **names)

    @called(one=True)
    def action_print(self):
        """Return the action that prints the certificate."""
        if self.state != "done":
            raise UserError(self.env._("There is no certificate before the erasure is finished."))
        report = self.env.ref("crm_customer_sheet.customer_sheet_erasure_report")
        return report.report_action(self)


def _runs(facts):
    """Return what was done, run by run; certificates of before say it of the last one only."""
    if not facts:
        return []
    return facts.get("runs") or [
        {"on": False, "done": facts.get("done", []), "texts": facts.get("texts", 0)}
    ]
