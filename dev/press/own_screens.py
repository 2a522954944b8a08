"""Our own screens: each asks the server what it shows, and somebody does what it offers."""

import base64
import uuid

from .expressions import own

MERGE = "customer.sheet.merge"
IMPORT = "customer.sheet.import"
FORM = "customer.sheet.form"
#: A file as people have it, of somebody new and somebody known.
FILE = """Name;Company;E-mail;Mobile;Comes from
Zoé O'Neil;Ateliers du Rhône;zoe.oneil@ateliers.example;06 12 34 56 78;Fair
;;x@y;;
O'Neil  zoé;ATELIERS DU RHONE;zoe.oneil@ateliers.example;+33612345678;"%_\\"
"""
CARD = {
    "typed": {"name": "Zoé O'Neil", "email": "zoe.oneil@ateliers.example"},
    "needs": ["Quotation"],
    "temperature": "hot",
    "note": "Has a plan %s {0}",
}


class OwnScreens:
    """What somebody does in the screens that are no views.

    :ivar known: by client action, what opens it
    """

    def __init__(self, walk):
        self.walk = walk
        self.known = {
            "customer_sheet_brief": self._brief,
            "customer_sheet_capture": self._capture,
            "customer_sheet_import": self._import,
            "customer_sheet_interview": self._interview,
            "customer_sheet_merge": self._merge,
        }

    def open(self, tag, said, depth, context):
        """Open a screen of ours, if it is one."""
        times = self.walk.limits.presses
        if tag in self.known and self.walk.once("screen", tag, said.get("host"), times=times):
            self.walk.findings.counts["screens"] += 1
            self.known[tag](said, depth, context)

    def _merge(self, said, depth, _context):
        """Look at records side by side, merge them, take it back."""
        host, ids = said["host"], said.get("record_ids") or []
        leads = said.get("lead_ids") or []
        facts = self.walk.call(f"compare {ids}", MERGE, "compare", host, ids, False, leads)
        if not facts or facts["blocks"]:
            return
        kept = facts["survivor"]
        two = kept, [each for each in ids if each != kept]
        done = self.walk.call(f"merge {ids}", MERGE, "apply", host, *two, {}, leads)
        if done:
            self.walk.forms.press(MERGE, "action_undo", [done["merge"]], depth, {})

    def _interview(self, said, _depth, _context):
        """Ask a person what is missing."""
        lead = [said["lead_id"]]
        calls = [("sheet_glance",), ("sheet_interview",), ("sheet_set_unknown", "deadline")]
        calls += [("sheet_interview_end", "Said %s {0}", 60, ["deadline"])]
        for method, *given in calls:
            self.walk.call(f"{method} of {lead}", "crm.lead", method, lead, *given)

    def _brief(self, said, _depth, _context):
        """Read what one needs to know before a call."""
        for method in ("sheet_brief", "sheet_brief_looked"):
            self.walk.call(f"{method} of {said['id']}", said["model"], method, [said["id"]])

    def _capture(self, _said, _depth, _context):
        """Take down somebody met at a fair."""
        forms = self.walk.call("forms of fairs", FORM, "capture_forms") or []
        for form in forms[: self.walk.limits.presses]:
            for card in (CARD, {}):
                code = str(uuid.uuid4())
                self.walk.call("a card", FORM, "capture", [form["id"]], code, card)
                self.walk.call("its photo", FORM, "capture_photo", code)
        self.walk.call("cards to type", FORM, "capture_to_type")

    # -- the import desk ---------------------------------------------------------

    def _import(self, said, depth, context):
        """Open an import, or bring a file through all steps and take it back."""
        if said.get("import_id"):
            self._desk(said["import_id"], "desk")
            return
        offered = self.walk.call("import", IMPORT, "offered") or {"hosts": []}
        for host, _label in offered["hosts"][: self.walk.limits.presses]:
            self._follow("template", [host], depth, context)
            content = base64.b64encode(FILE.encode()).decode()
            begun = self.walk.call("a file", IMPORT, "begin", "Fair %s.csv", content, host)
            if begun:
                self._steps(begun["id"], host, depth, context)

    def _steps(self, number, host, depth, context):
        for method, *given in (("choose", {"separator": ";"}), ("change_host", host)):
            self._desk(number, method, *given)
        self._job(number, "look_through")
        self._follow("audit_report", [[number]], depth, context)
        desk = self._desk(number, "desk") or {}
        shown = desk.get("columns") or {}
        for column in shown.get("columns", ()):
            self._desk(number, "map_column", column["id"], column["target"])
        for block in shown.get("values", ()):
            self._desk(number, "map_values", block["column_id"], "aside")
        self._job(number, "check")
        desk = self._desk(number, "desk") or {}
        for rule in (desk.get("review") or {}).get("policy") or ():
            self._desk(number, "set_policy", {rule["code"]: rule["value"]})
        self._job(number, "check")
        self._follow("open_rows", [[number]], depth, context)
        self._job(number, "run")
        for method in ("open_records", "workbook"):
            self._follow(method, [[number]], depth, context)
        self._job(number, "take_back")

    def _desk(self, number, method, *given):
        return self.walk.call(f"import {method}", IMPORT, method, [number], *given)

    def _job(self, number, method):
        """Start what goes on in the background, stop it, go on, and let it end."""
        for each in (method, "stop", "again"):
            desk = self._desk(number, each)
        if desk and desk["state"] == "running":
            self.walk.attempt("jobs", self.walk.work)
            self._desk(number, "desk")

    def _follow(self, method, given, depth, context):
        what = f"import {method}"
        action = self.walk.call(what, IMPORT, method, *given, context=own(context))
        self.walk.later([*self.walk.path, what], action, depth + 1, {})
