from odoo import api, fields, models
from odoo.http import request
from odoo.tools import clean_context

from ...sheet.actor import in_bulk, nearest
from ...sheet.called import called
from ...sheet.fields import SHEET_USER
from ...sheet.life import NEW
from .routing import TRIGGERS_OF, Routing

#: Key of the leads to look at when the transaction ends.
PENDING = "crm_customer_sheet.routing"

#: Whoever sees all leads may see the result at once.
ALL_LEADS = "sales_team.group_sale_salesman_all_leads"


#: What a sheet proposes without looking at its other answers; rules set the sector, too.
PROPOSED = {"sheet_typology", "sheet_sector"}

#: Where programs call Odoo.
API_PATHS = ("/json/2/", "/xmlrpc/", "/jsonrpc")

#: How the trace names who gives leads away, if it is no person.
GIVERS = {"rule": "rule", "assignment": "stock"}


class CrmLead(models.Model):
    """When the routing rules look at a lead, and whose choices they respect (E1).

    Rules only give: a lead stays a lead, and is merged with no other.
    """

    _inherit = "crm.lead"

    # -- why me? The traces of a lead, as its people read them -----------------
    sheet_why = fields.Html(
        "Why this salesperson?",
        compute="_compute_sheet_why",
        groups=SHEET_USER,
        sanitize=False,
        exportable=False,
    )

    @api.model
    def _sheet_watches(self):
        names = {NEW} if self._sheet_has_rules(TRIGGERS_OF["submitted"]) else set()
        for rule in self.env["customer.sheet.routing.rule"]._active():
            names.add("user_id")
            if rule.trigger == "stage":
                names.add("stage_id")
        return {**super()._sheet_watches(), "routing": names | self._sheet_routed_fields()}

    def _sheet_prepare_routing(self, change):
        if change.is_new:
            change.notes["routing"] = [self._sheet_owner_is_chosen(v) for v in change.vals_list]
        elif self._sheet_routing_follows():
            change.keep(["user_id", "stage_id"])

    def _sheet_saved_routing(self, change):
        if change.is_new and not nearest(GIVERS):
            self._sheet_routing_created(chosen=change.notes["routing"])
        elif not change.is_new and self._sheet_routing_follows():
            self._sheet_routing_written(change)

    # -- what happened ---------------------------------------------------------

    @api.model
    def _sheet_routing_follows(self):
        """Tell whether rules look at what is written now: not at what they or a mass did."""
        return nearest(GIVERS) != "rule" and not in_bulk()

    @api.model
    def _sheet_routed_fields(self):
        """Return the fields whose change rules look at."""
        rules = self.env["customer.sheet.routing.rule"]._active()
        changed = TRIGGERS_OF["changed"]
        return {name for rule in rules if rule.trigger in changed for name in rule.field_names}

    @api.model
    def _sheet_has_rules(self, triggers):
        """Tell whether a rule is on for one of the triggers; without a query, once known."""
        rules = self.env["customer.sheet.routing.rule"]._active()
        return any(rule.trigger in triggers for rule in rules)

    def _sheet_routing_created(self, chosen):
        """Let the rules look at new leads.

        :param chosen: of each lead, whether a person decided who owns it
        """
        event = "submitted" if self._sheet_comes_from_outside() else "created"
        keeps = {lead.id: "person" for lead, own in zip(self, chosen, strict=True) if own}
        self._sheet_route_soon(event, keeps)

    def _sheet_routing_written(self, change):
        leads = self.sudo()
        owners, stages = change.before("user_id"), change.before("stage_id")
        if "user_id" in change.names:
            self._sheet_trace_handover(
                {lead: owners[lead.id] for lead in leads if lead.user_id != owners[lead.id]}
            )
        moved = leads.filtered(lambda lead: lead.stage_id != stages[lead.id])
        if moved and self._sheet_has_rules(TRIGGERS_OF["stage"]):
            moved._sheet_route_soon("stage")
        if not self._sheet_routed_fields().isdisjoint(change.names | change.added):
            leads._sheet_route_soon("changed")

    def _sheet_trace_handover(self, former):
        """Write down a change of owner, unless the system made it."""
        kind = GIVERS.get(nearest(GIVERS), "" if self.env.su else "person")
        if kind and former:
            self.env["customer.sheet.routing.trace"]._trace_handover(kind, former)

    @api.model
    def _sheet_owner_is_chosen(self, vals):
        """Tell whether a person decides who owns the lead that is being created.

        Somebody who creates a lead by hand keeps it; an import, a form or a program that says
        nothing of the owner has chosen nobody.
        """
        for values, name in ((vals, "user_id"), (self.env.context, "default_user_id")):
            if name in values:
                return bool(values[name])
        return not (self.env.su or in_bulk() or self._sheet_comes_from_outside())

    @api.model
    def _sheet_comes_from_outside(self):
        """Tell whether a form, an e-mail or a program creates leads: no person of the company."""
        if in_bulk() or self.env.context.get("import_file"):
            return False
        user = self.env.user
        is_system = user._is_superuser() or not user._is_internal()
        return is_system or bool(request and request.httprequest.path.startswith(API_PATHS))

    # -- looking ---------------------------------------------------------------

    def _sheet_route_soon(self, event, keeps=None):
        """Let the rules look at these leads, now or when the transaction ends.

        Whoever sees only their own leads could not read a lead that went to somebody else, and
        so not save: for them it goes when everything else is done.
        """
        if self.env.su or self.env.user.has_group(ALL_LEADS):
            self.sudo()._sheet_route(event, keeps)
        else:
            self._sheet_route_at_end(event, keeps)

    def _sheet_route_at_end(self, event, keeps=None, scores=None):
        precommit = self.env.cr.precommit
        if PENDING not in precommit.data:
            precommit.data[PENDING] = []
            precommit.add(self.browse().sudo()._sheet_route_pending)
        precommit.data[PENDING].append((event, self.ids, keeps, scores))

    @api.model
    def _sheet_route_pending(self):
        for event, ids, keeps, scores in self.env.cr.precommit.data.pop(PENDING, ()):
            leads = self.browse(dict.fromkeys(ids)).exists()
            leads._sheet_route(event, keeps, scores)

    def _sheet_route(self, event, keeps=None, scores=None):
        """Let the rules look at these leads, as superuser, and do what they say.

        :param event: ``created``, ``submitted``, ``changed``, ``stage`` or ``score``
        :param keeps: ``{lead id: why its owner stays}``, of new leads
        :param scores: ``{lead id: score before}``
        :return: the traces
        """
        context = {**clean_context(self.env.context), "lang": None}
        leads = self.with_env(self.env(context=context)).filtered(
            lambda lead: lead._sheet_is_open() and not lead._sheet_unused_why()
        )
        rules = leads.env["customer.sheet.routing.rule"]._active_for(TRIGGERS_OF[event])
        if not leads or not rules:
            return leads.env["customer.sheet.routing.trace"]
        skips = {}
        if event not in ("created", "submitted"):
            keeps = leads._sheet_worked_on()
            rules = rules._with_stops()
            skips = rules._not_due(leads, scores, TRIGGERS_OF[event])
        leads._sheet_finish(PROPOSED)
        return Routing(leads, rules, event, keeps, skips).apply()

    @api.model
    def _sheet_leave(self, data_list):
        """Leave nothing for later where a rule reads more of new leads than what is proposed."""
        return [] if self._sheet_rules_read_more() else super()._sheet_leave(data_list)

    @api.model
    def _sheet_rules_read_more(self):
        rules = self.env["customer.sheet.routing.rule"]._active()
        names = {name for rule in rules if rule.trigger != "stage" for name in rule.field_names}
        read = {n for n in names if n.startswith("sheet_") and self._fields[n].compute}
        return not read <= PROPOSED

    def _sheet_worked_on(self):
        """Return ``{lead id: "person" or "worked"}`` of the leads whose owner stays.

        Rules take a lead only from those to whom a rule, or Odoo's lead assignment, gave it.
        """
        givers = self.env["customer.sheet.routing.trace"]._owner_givers(self)
        keeps = {}
        for lead in self.filtered("user_id"):
            kind, user_id = givers.get(lead.id, ("", False))
            if kind == "person":
                keeps[lead.id] = "person"
            elif user_id != lead.user_id.id:
                keeps[lead.id] = "worked"
        return keeps

    @api.model
    def _sheet_merged_models(self):
        return [*super()._sheet_merged_models(), "customer.sheet.routing.trace"]

    # -- scores that reach the threshold of a rule, by a save or by the hourly job --

    def _compute_sheet_score(self):
        leads = self.filtered("id")
        if in_bulk() or not leads or not self._sheet_has_rules(TRIGGERS_OF["score"]):
            return super()._compute_sheet_score()
        before = leads._sheet_scores_before()
        result = super()._compute_sheet_score()
        leads._sheet_route_scores(before, {lead.id: lead.sheet_score for lead in leads})
        return result

    def _sheet_store_scores(self, totals, signals):
        has_rules = self._sheet_has_rules(TRIGGERS_OF["score"])
        before = self._sheet_scores_before() if has_rules else {}
        result = super()._sheet_store_scores(totals, signals)
        self._sheet_route_scores(before, totals)
        return result

    def _sheet_scores_before(self):
        """Return ``{lead id: score}``; leads that were never scored count if they are new."""
        return {
            lead.id: -1 if lead.sheet_score is False else lead.sheet_score
            for lead in self
            if lead.sheet_score is not False or lead._sheet_is_new()
        }

    def _sheet_route_scores(self, before, after):
        """Let the rules look when the transaction ends: a compute may not create records."""
        risen = {id_: score for id_, score in before.items() if (after[id_] or 0) > score}
        if risen:
            self.browse(risen)._sheet_route_at_end("score", None, risen)

    # -- why me? The traces of a lead, as its people read them -----------------

    def _sheet_glance(self):
        is_routed = bool(self.env["customer.sheet.routing.rule"]._active())
        return {**super()._sheet_glance(), "sheet_is_routed": is_routed}

    @api.depends_context("lang", "tz")
    def _compute_sheet_why(self):
        traces = self.env["customer.sheet.routing.trace"].search([("lead_id", "in", self.ids)])
        by_lead = traces.grouped(lambda trace: trace.lead_id.id)
        for lead in self:
            lead.sheet_why = self.env["ir.qweb"]._render(
                "crm_customer_sheet.routing_why", {"traces": by_lead.get(lead.id, traces.browse())}
            )

    @called(one=True)
    def action_sheet_why(self):
        """Open what has decided who owns the lead."""
        self._sheet_check_access("read")
        view = self.env.ref("crm_customer_sheet.crm_lead_view_form_why")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Why this salesperson?"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "views": [(view.id, "form")],
            "target": "new",
        }
