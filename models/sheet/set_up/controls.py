from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

from ..catalogue.choice_name import fold_choice
from ..catalogue.version import plan_changes
from ..controls.control import Control, Finding
from ..fields import HOSTS, STEWARD
from ..upkeep import ROUNDS

SETTINGS = "crm.crm_config_settings_action"
#: Required from the start: name, e-mail, need, source, owner (C1).
MOST_REQUIRED = 5


class CustomerSheetControl(models.Model):
    """A good set-up (G4), and data that somebody looks after."""

    _inherit = "customer.sheet.control"

    @api.model
    def _controls(self):
        return [
            *super()._controls(),
            Control(
                "contacts",
                "setup",
                self.env._("Contacts with a sheet are chosen, and there are some"),
                self.env._(
                    "Your own people and plain addresses need none: they would spoil the figures."
                ),
                SETTINGS,
                "base.group_system",
            ),
            Control(
                "sectors",
                "setup",
                self.env._("The sectors in use are those of your customers"),
                self.env._("The questions of other sectors are in everybody's way."),
                SETTINGS,
                "base.group_system",
            ),
            Control(
                "catalogue",
                "setup",
                self.env._("The questions are published as they stand"),
                self.env._("Only the published version counts; changes after it are a draft."),
                "customer_sheet_question_action",
            ),
            Control(
                "required",
                "setup",
                self.env._("At most five answers are required to start"),
                self.env._("Whoever is asked too much at once types anything."),
                "customer_sheet_question_action",
            ),
            Control(
                "chores",
                "setup",
                self.env._("The upkeep is done, and nothing of it fails"),
                self.env._("Checks, reminders and figures come from it."),
                "customer_sheet_chore_action",
            ),
            Control(
                "lists",
                "data",
                self.env._("No list has the same value twice"),
                self.env._("“Trade fair” and “trade-fair” would split every figure."),
                "customer_sheet_option_action",
            ),
            Control(
                "owners",
                "data",
                self.env._("Every open lead has an owner"),
                self.env._("What belongs to nobody is forgotten."),
                "crm.crm_lead_all_leads",
                STEWARD,
            ),
            Control(
                "steward",
                "governance",
                self.env._("A data steward is named"),
                self.env._("Somebody has to look through duplicates and incomplete sheets."),
                "base.action_res_users",
                "base.group_system",
            ),
        ]

    # -- set-up ------------------------------------------------------------------

    def _check_contacts(self):
        partners = self.env["res.partner"]
        return self._some(partners, partners._sheet_domain())

    def _check_sectors(self):
        used = self.env["customer.sheet.option"]._sectors_in_use()
        idle = [code for code in used if not self._is_anybody_in(code)]
        field = self.env["res.partner"]._fields["sheet_sector"]
        labels = dict(field._description_selection(self.env))
        if idle:
            names = ", ".join(labels[code] for code in idle)
            return Finding(False, self.env._("Nobody is in: %(names)s.", names=names))
        return Finding(bool(used), self.env._("%(count)s in use.", count=len(used)))

    @api.model
    def _is_anybody_in(self, sector):
        domain = [("sheet_sector", "=", sector)]  # the first found is enough: no count of millions
        return any(self.env[host].search_count(domain, limit=1) for host in HOSTS)

    def _check_catalogue(self):
        current = self.env["customer.sheet.catalogue.version"]._current()
        if not current:
            return Finding(False, self.env._("Nothing is published."))
        draft = self.env["customer.sheet.question"]._draft()
        count = len(list(plan_changes(current.snapshot or [], draft)))
        said = self.env._(
            "%(version)s; changes since: %(count)s.", version=current.name, count=count
        )
        return Finding(not count, said)

    @api.model
    def _required(self):
        """Return the codes of what the version in force asks of every new lead."""
        snapshot = self.env["customer.sheet.catalogue.version"]._current().snapshot or []
        return [each["code"] for each in snapshot if each.get("lead_required") == "creation"]

    def _check_required(self):
        count = len(self._required())
        return Finding(0 < count <= MOST_REQUIRED, self.env._("Required: %(count)s.", count=count))

    def _fix_required(self):
        domain = [("code", "in", self._required())]
        return self._action("customer_sheet_question_action", domain=domain)

    def _check_chores(self):
        chores = self.env["customer.sheet.chore"]
        failing = chores.search([("failed_on", "!=", False)])
        if failing:
            names = ", ".join(failing.mapped("name"))
            return Finding(False, self.env._("Failing: %(names)s.", names=names))
        late = fields.Datetime.now() - timedelta(days=2)
        rounds = (self.env.ref(name) for name in ROUNDS.values())
        idle = [cron.name for cron in rounds if not cron.active or cron.nextcall < late]
        return Finding(not idle, idle and self.env._("Not done: %(names)s.", names=", ".join(idle)))

    # -- data --------------------------------------------------------------------

    @api.model
    def _twin_options(self):
        """Return the values of a list that are written like another of it."""
        options = self.env["customer.sheet.option"].search(Domain.TRUE)
        seen = options.grouped(lambda each: (each.kind, fold_choice(each.name), each.country_id))
        return options.browse().union(*(twins for twins in seen.values() if len(twins) > 1))

    def _check_lists(self):
        twins = self._twin_options()
        return Finding(not twins, twins and ", ".join(twins.mapped("name")))

    def _fix_lists(self):
        twins = self.sudo()._twin_options()
        return self._action("customer_sheet_option_action", domain=[("id", "in", twins.ids)])

    @api.model
    def _ownerless(self):
        return [("user_id", "=", False), ("won_status", "=", "pending")]

    def _check_owners(self):
        return self._none(self.env["crm.lead"], self._ownerless())

    def _fix_owners(self):
        return self._action("crm.crm_lead_all_leads", domain=self._ownerless(), context={})

    # -- people --------------------------------------------------------------------

    def _check_steward(self):
        group = self.env.ref(STEWARD)
        # not all_group_ids: every manager could, which is nobody
        named = [("share", "=", False), ("group_ids", "in", group.ids)]
        return self._some(self.env["res.users"], named)
