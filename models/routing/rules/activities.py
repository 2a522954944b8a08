"""The activities that rules ask for, each once."""


class Activities:
    """What to plan on leads that have been given to their owners.

    :param asked: ``[(lead, rule, list that the trace of it is added to)]``
    :param handed: ids of the leads whose owner was told just now that they are theirs
    """

    def __init__(self, env, asked, handed):
        self.env, self.asked, self.handed = env, asked, handed
        self.dates = {}

    def schedule(self):
        """Plan them, in a number of queries that does not grow."""
        if not self.asked:
            return
        known = self._planned()
        told, untold = [], []
        for lead, rule, did in self.asked:
            vals = self._vals(lead, rule, known, did)
            if vals:
                is_told = lead.id in self.handed and vals["user_id"] == lead.user_id.id
                (told if is_told else untold).append(vals)
        activities = self.env["mail.activity"]
        # no second message to a new owner
        activities.with_context(mail_activity_quick_update=True).create(told)
        activities.create(untold)

    def _planned(self):
        """Return ``{(lead id, type id, user id): earliest date}`` of the open activities."""
        types = self.env["mail.activity.type"].union(
            *(rule.activity_type_id for _lead, rule, _did in self.asked)
        )
        groups = self.env["mail.activity"]._read_group(
            [
                ("res_model", "=", "crm.lead"),
                ("res_id", "in", [lead.id for lead, _rule, _did in self.asked]),
                ("activity_type_id", "in", types.ids),
            ],
            ["res_id", "activity_type_id", "user_id"],
            ["date_deadline:min"],
        )
        return {(res_id, kind.id, user.id): date for res_id, kind, user, date in groups}

    def _vals(self, lead, rule, known, did):
        kind, user = rule.activity_type_id, self._actor(lead, rule)
        if not user:
            did.append(["no_actor", kind.id])
            return None
        due = self._due(rule, lead)
        earliest = known.get((lead.id, kind.id, user.id))
        if earliest and earliest <= due:
            did.append(["planned", kind.id, user.id, str(earliest)])
            return None
        known[lead.id, kind.id, user.id] = due
        did.append(["activity", kind.id, user.id, str(due)])
        return {
            "activity_type_id": kind.id,
            "automated": True,
            "date_deadline": due,
            "note": kind.with_context(lang=user.lang).default_note,
            "res_id": lead.id,
            "res_model_id": self.env["ir.model"]._get_id("crm.lead"),
            "summary": rule.with_context(lang=user.lang).activity_summary,
            "user_id": user.id,
        }

    def _actor(self, lead, rule):
        if rule.activity_for == "user":
            return rule.activity_user_id
        leader = lead.team_id.user_id
        return leader if rule.activity_for == "leader" else lead.user_id or leader

    def _due(self, rule, lead):
        company = lead._sheet_call_company() or self.env.company
        key = (company, rule.activity_days)
        if key not in self.dates:
            self.dates[key] = lead._sheet_working_day(*key)
        return self.dates[key]
