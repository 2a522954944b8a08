"""Rows of the statement as lines that people read."""

import textwrap

from odoo.tools.mail import html_to_inner_content

from .kinds import WRITTEN, kind_labels
from .statement import Key

#: Characters of a text that a line shows.
SHOWN = 300


class Lines:
    """Makes lines of rows, in the language of the reader.

    :param tables: the sources, whose fields say what their states are called
    """

    def __init__(self, env, tables):
        self.env = env
        self.kinds = kind_labels(env)
        self.states = {**_states(env), **self._states_of(tables)}

    def _states_of(self, tables):
        found = {}
        for table in tables:
            model = self.env.get(table.model)
            field = model._fields.get(table.state) if model is not None else None
            if field and field.type == "selection":
                found[table.source] = dict(field._description_selection(self.env))
        return found

    def line(self, row):
        """Return one line."""
        source, state = row["source"], row["state"] or ""
        if source == "message" and row["kind"] not in WRITTEN:
            state = ""  # a note goes nowhere
        is_change = source == "change" and not state
        return {
            "key": str(Key(row["at"], source, row["id"])),
            "kind": row["kind"],
            "kind_label": self.kinds[row["kind"]],
            "at": row["at"],
            "is_day": bool(row["is_day"]),
            "title": row["title"] or "",
            "was": (row["text"] or "") if is_change else "",
            "text": "" if source == "change" else self._text(source, row["text"]),
            "state": state,
            "state_label": self.states.get(source, {}).get(state, state),
            "person": _named(row["person"], row["person_name"]),
            "author": _named(row["author"] or False, row["by"]),
            "is_own": bool(row["author"]) and row["author"] == self.env.user.partner_id.id,
            "model": row["model"] or False,
            "id": row["res_id"] or False,
            "about": row["about"] or "",
            "amount": float(row["amount"] or 0),
            "currency_id": row["currency"] or False,
        }

    def _text(self, source, text):
        if source == "consent":
            channels = self.env["customer.sheet.consent.event"]._fields["channel"]
            return dict(channels._description_selection(self.env)).get(text, "")
        plain = html_to_inner_content(text or "")
        return textwrap.shorten(plain, SHOWN, placeholder="…")


def _named(record_id, name):
    return {"id": record_id, "name": name} if name else False


def _states(env):
    """Return what the states are called that no field names, by source."""
    return {
        "message": {"in": env._("Received"), "out": env._("Sent")},
        "meeting": {
            "held": env._("Held"),
            "cancelled": env._("Missed: called off"),
            "declined": env._("Missed: declined"),
            "absent": env._("Missed: nobody came"),
        },
        "change": {
            "lost": env._("Lost"),
            "restored": env._("Restored"),
            "archived": env._("Archived"),
        },
        "opened": {"": env._("Opened")},
        "clicked": {"": env._("Link clicked")},
        "consent": dict(
            env["customer.sheet.consent.event"]._fields["state"]._description_selection(env)
        ),
    }
