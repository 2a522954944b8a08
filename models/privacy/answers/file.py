"""What a person gets: their data to read, as tables, and for machines."""

import hashlib
import json
from pathlib import Path

from odoo.fields import Datetime
from odoo.tools import format_date, format_datetime, get_lang, html2plaintext

from ....tools.table.plain import as_csv
from ...consent.proof.pack import safe_name
from ...sheet.fields import HOSTS
from ..pair import pair
from ..scan.readable import in_words
from .provided import is_provided
from .reading import Reader
from .words import CATEGORIES, withheld_words

FORMAT = "crm_customer_sheet/person/1"
#: What people answered and ticked in a form, by codes that nobody reads.
IN_FORMS = {("customer.sheet.submission", name) for name in ("values", "consents")}
SCHEMA = Path(__file__).with_name("person.schema.json")


class File:
    """The file of one request, in the language of its environment."""

    def __init__(self, request, finds):
        self.request, self.finds, self.env = request, finds, request.env
        self.withheld = dict(finds.withheld)
        self.reader = Reader(self.env, finds.own)
        self.decisions = {each.category: each for each in request._decide()}
        self.only_provided = request.kind == "portability"

    def files(self):
        """Return ``{name: bytes}``."""
        records = self._records()
        attached = self._attached()
        consents = self._consents()
        data = self._data(records, attached)
        files = {
            "data.json": json.dumps(data, indent=1, ensure_ascii=False).encode(),
            "schema.json": SCHEMA.read_bytes(),
            **{entry["path"]: content for entry, content in attached},
            **consents,
            **self._notice(),
            **self._tables(records),
        }
        return {**files, "README.txt": self._readme(files, data).encode()}

    # -- what is given -----------------------------------------------------------------

    def _records(self):
        records = []
        for name in sorted(self.finds.own, key=lambda n: (n not in HOSTS, n)):
            found = self.finds.found.get(name, set())
            for row in self.reader.rows(name, self.finds.own[name], found):
                given = [value for value in row["values"] if self._is_given(row, value)]
                if given:
                    records.append({**row, "values": given})
        return records

    def _is_given(self, row, value):
        decision = self.decisions.get(value["category"])
        if decision and decision.answer == "withhold":
            self.withheld[row["table"], value["field"], 0] = decision.ground
            return False
        if self.only_provided and not is_provided(row, value):
            self.withheld[row["table"], value["field"], 0] = "provided"
            return False
        return True

    def _attached(self):
        """Return ``[(entry, bytes)]`` of the files."""
        decision, found = self.decisions.get("free"), []
        for attachment, content in self.reader.files(self.finds.own.get("ir.attachment", ())):
            if decision and decision.answer == "withhold":
                self.withheld["ir.attachment", "datas", attachment.id] = decision.ground
            elif self.only_provided and attachment.create_uid and not attachment.create_uid.share:
                self.withheld["ir.attachment", "datas", attachment.id] = "provided"
            else:
                entry = {
                    "path": f"files/{attachment.id}_{safe_name(attachment.name)}",
                    "table": attachment.res_model or "",
                    "number": attachment.res_id or 0,
                    "name": attachment.name or "",
                    "sha256": hashlib.sha256(content).hexdigest(),
                }
                found.append((entry, content))
        return found

    def _consents(self):
        """Return the receipts of what they decided, once for each person of the ledger."""
        files, told = {}, self.env["customer.sheet.consent.subject"]
        for host in HOSTS:
            for record in self.env[host].browse(sorted(self.finds.own.get(host, ()))):
                people = record._sheet_proof_people() - told
                if not people:
                    continue
                told |= record._sheet_proof_people()
                folder = f"consents/{safe_name(record.sheet_reference or str(record.id))}"
                pack = record._sheet_proof_files()
                files |= {f"{folder}/{name}": content for name, content in pack.items()}
        return files

    def _notice(self):
        """Return what tells them why data are used, who gets them, and what their rights are."""
        person = self.request._person().with_context(lang=self.env.lang)
        purposes = self.env["customer.sheet.consent.purpose"].sudo()
        for purpose in purposes.browse(purposes._active_ids()):
            if version := person._sheet_notice_read(purpose):
                return {"notice.html": _page(version.body, self.env.lang).encode()}
        return {}

    def _extracts(self):
        passages = self.request.passage_ids.filtered(
            lambda p: (p.table, p.column or "", p.row) in self.finds.extracts
        )
        texts = self.request._extracts(passages)
        return [
            {
                "table": passage.table,
                "column": passage.column,
                "number": passage.row,
                "label": passage.where,
                "text": texts[passage.id],
            }
            for passage in passages.sorted(lambda p: (p.table, p.column, p.row))
            if texts.get(passage.id)
        ]

    # -- as files ------------------------------------------------------------------------

    def _data(self, records, attached):
        request, company = self.request, self.request.company_id
        words = withheld_words(self.env)
        return {
            "format": FORMAT,
            "schema": "schema.json",
            "made_on": f"{Datetime.now().isoformat(timespec='seconds')}Z",
            "language": (self.env.lang or "en_US").replace("_", "-"),
            "request": {
                "number": request.name,
                "right": request.kind,
                "received_on": request.received_on.isoformat(),
            },
            "controller": {
                "name": company.name,
                "email": company.email or "",
                "phone": company.phone or "",
            },
            "categories": [
                {
                    "code": code,
                    "label": self._category_label(code),
                    "decision": decision.answer if decision else "give",
                    "why": decision.ground or "" if decision else "",
                    "words": decision.words or "" if decision else "",
                }
                for code, _label in CATEGORIES
                for decision in [self.decisions.get(code)]
            ],
            "records": records,
            "files": [entry for entry, _content in attached],
            "extracts": self._extracts(),
            "withheld": [
                {
                    "table": table,
                    "column": column,
                    "number": number,
                    "why": why,
                    "words": words[why],
                }
                for (table, column, number), why in sorted(self.withheld.items())
            ],
        }

    def _category_label(self, code):
        field = self.env["customer.sheet.request.decision"]._fields["category"]
        return dict(field._description_selection(self.env))[code]

    def _tables(self, records):
        """Return one table for each category: a line a value."""
        titles = [
            self.env._("Where"),
            self.env._("Number"),
            self.env._("Noted on"),
            self.env._("What"),
            self.env._("Value"),
        ]
        tables = {}
        for row in records:
            for value in row["values"]:
                tables.setdefault(value["category"], [titles]).append(
                    [
                        row["label"],
                        row["number"],
                        self._day(row["created_on"]),
                        value["label"],
                        value.get("text") or self._cell(row, value),
                    ]
                )
        point = self._decimal_point()
        return {f"tables/{code}.csv": as_csv(rows, point).encode() for code, rows in tables.items()}

    def _decimal_point(self):
        return get_lang(self.env).decimal_point

    def _cell(self, row, told):
        """Return a value as a person reads it; numbers stay numbers."""
        table, value = row["table"], told["value"]
        if (table, told["field"]) in IN_FORMS:
            sent = self.reader.env[table].browse(row["number"])
            yes, no = self.env._("yes"), self.env._("no")
            boxes = [(words, yes if is_ticked else no) for words, is_ticked in sent._boxes()]
            said = boxes if told["field"] == "consents" else sent._lines()
            return "; ".join(pair(self.env, question, answer) for question, answer in said)
        if isinstance(value, bool):
            return self.env._("yes") if value else self.env._("no")
        if isinstance(value, int | float):
            return value
        kind, words = self.env[table]._fields[told["field"]].type, in_words(value, self.env.lang)
        match kind:
            case "html" | "text" if "</" in words:
                return html2plaintext(words)
            case "date":
                return self._day(words)
            case "datetime":
                return format_datetime(self.env, words[:19].replace("T", " "))
        return words

    def _day(self, moment):
        """Return the day of a moment as the language writes it."""
        return format_date(self.env, moment[:10]) if moment else ""

    def _readme(self, files, data):
        env, request = self.env, self.request
        lines = [
            env._("What we hold about you"),
            "",
            env._(
                "%(company)s answers your request %(number)s of %(day)s.",
                company=request.company_id.name,
                number=request.name,
                day=format_date(env, request.received_on, date_format="d MMMM yyyy"),
            ),
            "",
            env._("What is where"),
            "",
            env._(
                "tables/       your data as tables for any spreadsheet, one for each kind (CSV with"
                " %(signs)s)",
                signs=env._("semicolons") if self._decimal_point() == "," else env._("commas"),
            ),
            env._("data.json     the same for machines; schema.json says how to read it"),
        ]
        if data["files"]:
            lines.append(env._("files/        files and pictures"))
        if any(name.startswith("consents/") for name in files):
            lines.append(
                env._(
                    "consents/     what you agreed to and objected to: proof.html is to read, the"
                    " rest proves it"
                )
            )
        if "notice.html" in files:
            lines.append(
                env._("notice.html   why we use your data, who gets them, how long they stay")
            )
        lines += ["", env._("What is not in it"), "", *self._left_out(data), ""]
        lines += [
            env._("Your rights"),
            "",
            self._rights(),
            request.regime_id.sudo().complaint or "",
        ]
        return "\r\n".join(lines) + "\r\n"

    def _left_out(self, data):
        env, counts = self.env, {}
        for each in data["withheld"]:
            counts[each["words"]] = counts.get(each["words"], 0) + 1
        lines = [
            env._("- Who of us wrote or did something, and other people whom a field names."),
            *(
                env._("- %(why)s Places: %(count)s.", count=count, why=why)
                for why, count in sorted(counts.items())
            ),
        ]
        if counts:
            lines.append(env._("Each place stands in data.json under “withheld”."))
        return lines

    def _rights(self):
        return self.env._(
            "You may have wrong data corrected, have data erased or their use restricted, object to"
            " their use, and withdraw a consent at any time. Write to us."
        )


def _page(body, lang):
    return (
        f'<!DOCTYPE html><html lang="{(lang or "en").partition("_")[0]}">'
        f'<head><meta charset="utf-8"></head><body>{body}</body></html>'
    )
