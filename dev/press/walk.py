"""From menu to menu and from button to button, the nearest first."""

import json
import time
from collections import Counter, deque
from typing import NamedTuple

from .. import console
from ..scenarios.client import RpcError
from .boxes import SearchBox
from .expressions import Names, Unknown, evaluate, own
from .findings import MODULE, OURS, Findings
from .forms import Forms
from .lists import Lists
from .own_screens import OwnScreens
from .screens import Screen

#: Menus of other modules that open what we extend.
HOST_MENUS = ("crm.", "contacts.")
#: How many columns or fields are tried in one call: one by one only where that is refused.
TOGETHER = 12


class Limits(NamedTuple):
    """How far a walk goes.

    :ivar presses: how often one button is pressed on records in one state
    :ivar depth: how many actions deep a button's answer is followed
    :ivar typed: how many values are typed into one field
    :ivar printed: how many records are printed at once
    :ivar stock: whether Odoo's own fields of what we extend are tried too
    :ivar filters: whether each field is filtered by (a test of the suite searches by all of them)
    """

    presses: int = 3
    depth: int = 3
    typed: int | None = None
    printed: int = 20
    stock: bool = True
    filters: bool = True

    def tries(self, model, name):
        """Whether to try a field."""
        return self.stock or OURS in model or name.startswith("sheet_")


FAR = Limits()
NEAR = Limits(presses=1, depth=2, typed=1, printed=2, stock=False, filters=False)


class Walk:
    """One login's walk; what is wrong is in `findings` afterwards.

    :param work: does what waits in the background, as a scheduled action would
    """

    def __init__(self, session, limits=FAR, work=None):
        self.session, self.limits, self.work = session, limits, work or (lambda: None)
        self.findings, self.fields, self.seen = Findings(), {}, Counter()
        self.path, self.queue = [], deque()
        self.forms, self.lists, self.box = Forms(self), Lists(self), SearchBox(self)
        self.own_screens, self.told_at = OwnScreens(self), time.monotonic()

    def run(self):
        """Open every menu, and everything that buttons lead to."""
        menus = self._menus()
        for number, (menu, action_id) in enumerate(menus, 1):
            self.findings.counts["menus"] += 1
            action = self.attempt(f"menu {menu}", self.session.action, action_id)
            self.later([f"menu {menu}"], action, 0, {})
            while self.queue:  # what deletes records comes after what opens them
                self.path, action, depth, context = self.queue.popleft()
                self.follow(action, depth, context)
                self._tell(f"menu {number} of {len(menus)}, {len(self.queue)} windows wait")
        return self

    def _tell(self, where):
        """Say now and then how far it is."""
        if time.monotonic() - self.told_at > console.TICK_SECONDS:
            self.told_at = time.monotonic()
            console.say(f"    {where}, {self.session.calls} calls")

    def attempt(self, what, function, *args, button=None, **kwargs):
        """The result of a call, or None after noting what was answered instead."""
        self.path.append(what)
        answer = "done"
        try:
            return function(*args, **kwargs)
        except RpcError as error:
            answer = self.findings.note(self.path, error)
        finally:
            self.path.pop()
            if button:
                self.findings.answers[button][answer] += 1

    def call(self, what, model, method, *args, **kwargs):
        """The result of a public method, or None."""
        return self.attempt(what, self.session.call, model, method, *args, **kwargs)

    def together(self, what, names, call):
        """Make a call for some names at once; where that is refused, for ever fewer."""
        for start in range(0, len(names), TOGETHER):
            self._together(what, names[start : start + TOGETHER], call)

    def _together(self, what, names, call):
        try:
            call(names)
        except RpcError as error:
            middle = len(names) // 2
            for half in (names[:middle], names[middle:]) if middle else ():
                self._together(what, half, call)
            self.findings.note([*self.path, f"{what} {', '.join(names)}"], error)

    def once(self, *key, times=1):
        """Whether this was not done so often before."""
        self.seen[key] += 1
        return self.seen[key] <= times

    def later(self, path, action, depth, context):
        """Follow what was answered, if it is an action, after all that is nearer."""
        if isinstance(action, dict) and ("type" in action or "res_model" in action):
            self.queue.append((list(path), action, depth, context))

    def _menus(self):
        """The menus of the module, and those of others that open what it extends."""
        wanted = {}
        for menu in json.loads(self.session.get("/web/webclient/load_menus")).values():
            name = str(menu.get("xmlid"))
            if menu.get("actionID") and name.startswith((f"{MODULE}.", *HOST_MENUS)):
                wanted.setdefault(menu["actionID"], name)
        return [(name, action_id) for action_id, name in wanted.items()]

    # -- actions ---------------------------------------------------------------

    def follow(self, action, depth, context):
        """Do what the client does with an action."""
        if depth > self.limits.depth:
            return
        context = {**context, **self.context_of(action.get("context"), context)}
        kind = action.get("type", "ir.actions.act_window").rpartition(".")[2]
        getattr(self, f"_follow_{kind}", self._follow_other)(action, depth, context)

    def _follow_act_url(self, action, _depth, _context):
        if str(action["url"]).startswith("/"):
            self.attempt(f"GET {action['url']}", self.session.get, action["url"])

    def _follow_report(self, action, _depth, context):
        ids = context.get("active_ids") or ()
        if not self.once("report", action["report_name"], min(len(ids), 2)):
            return
        self.findings.counts["reports"] += 1
        numbers = ",".join(map(str, ids[: self.limits.printed]))
        path = f"/report/html/{action['report_name']}/{numbers}"
        self.attempt(f"report {action['report_name']}", self.session.get, path)

    def _follow_server(self, action, depth, context):
        params = {"action_id": action["id"], "context": {**self.session.context, **context}}
        what = f"run {action.get('name')}"
        ours = str(action.get("xml_id")).startswith(MODULE)
        run = self.session.json, "/web/action/run", params
        result = self.attempt(what, *run, button=what if ours else None)
        self.later([*self.path, what], result, depth + 1, context)

    def _follow_client(self, action, depth, context):
        params = action.get("params") or {}
        self.later(self.path, params.get("next"), depth + 1, context)
        said = {"record_ids": context.get("active_ids"), "host": context.get("active_model")}
        self.own_screens.open(action.get("tag"), {**said, **params}, depth, context)

    def _follow_act_window(self, action, depth, context):
        model, dialog = action["res_model"], action.get("target") == "new"
        screens = self._screens(action, depth, context)
        if not screens:
            return
        self.path.append(f"{model}{' dialog' if dialog else ''}")
        alone = not set(screens) - {"form", "search"}
        if "form" in screens and (dialog or alone or action.get("res_id")):
            self.forms.open(screens["form"], action.get("res_id"), depth, context, dialog)
        else:
            domain = self.domain_of(action.get("domain"), context)
            self.lists.open(screens, domain, depth, context)
        self.path.pop()

    def _follow_other(self, action, _depth, _context):
        """Closing a dialog, or showing a message: nothing to ask the server."""

    def _screens(self, action, depth, context):
        """The views of a window; none where the same was opened often enough."""
        model = action["res_model"]
        pairs = [list(pair) for pair in action.get("views") or ([False, "list"], [False, "form"])]
        if depth == 0 and "form" not in [kind for _id, kind in pairs]:
            pairs.append([False, "form"])
        opened = str(pairs), bool(action.get("res_id")), action.get("target"), depth == 0
        if action.get("target") == "new":  # what a dialog shows hangs on what it is opened on
            opened += (context.get("active_model"),)
        if not self.once("window", model, *opened, times=1 if depth else 99):
            return None
        pairs.append([(action.get("search_view_id") or [False])[0], "search"])
        found = self.call(
            f"views of {model}",
            model,
            "get_views",
            pairs,
            options={"toolbar": True, "load_filters": True, "action_id": action.get("id") or False},
            # the page of the sheet in its place: everything of it is pressed, too
            context={**own(context), "sheet_page_view_ref": "whole"},
        )
        for name, described in found["models"].items() if found else ():
            self.fields.setdefault(name, {}).update(described["fields"])
        views = found["views"].items() if found else ()
        self.findings.counts["views"] += len(views)
        return {kind: Screen.of_view(model, view, self.fields) for kind, view in views}

    # -- expressions -----------------------------------------------------------

    def context_of(self, value, active=None):
        """The context of an action or a button."""
        return self._evaluated(value, active, {})

    def domain_of(self, value, active=None, more=None):
        """The domain of an action or a filter."""
        return self._evaluated(value, active, [], more)

    def _evaluated(self, value, active, otherwise, more=None):
        if not isinstance(value, str):
            return value or otherwise
        active, companies = active or {}, self.session.companies
        names = {
            "context": Names(active),
            "uid": self.session.uid,
            "user": Names(id=self.session.uid),
            "allowed_company_ids": companies,
            "companies": Names(active_ids=companies),
        }
        try:
            return evaluate(value, {**active, **names, **(more or {})}) or otherwise
        except Unknown:
            self.findings.counts["expressions not evaluated"] += 1
            return otherwise
