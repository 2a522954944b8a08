"""Rows of the statement as lines that people read."""

import textwrap

from odoo.tools.mail import html_to_inner_content

from .activity import summary_and_feedback
from .kinds import kind_words
from .statement import Key

#: Characters of a text that a line shows.
SHOWN = 300


class Lines:
    """Makes lines of rows, in the language of the reader.

    :param tables: the sources, whose fields say what their states are called
    """

    def __init__(self, env, tables):
        self.env = env
        self.kinds = kind_words(env)
        events = env["customer.sheet.consent.event"]
        self.channels = dict(events._fields["channel"]._description_selection(env))
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
        if row["kind"] == "note":
            state = ""  # it goes nowhere
        is_change = source == "change" and not state
        title, text = self._said(row)
        return {
            "key": str(Key(row["at"], source, row["id"])),
            "kind": row["kind"],
            "kind_label": self.kinds[row["kind"]][0],
            "at": row["at"],
            "is_day": bool(row["is_day"]),
            "title": title,
            "was": (row["text"] or "") if is_change else "",
            "text": textwrap.shorten(text, SHOWN, placeholder="…"),
            "state": state,
            "state_label": self.states.get(source, {}).get(state, state),
            "person": _named(row["person"], row["person_name"]),
            "author": _named(row["author"] or False, row["by"]),
            "is_own": bool(row["is_own"]),
            "model": row["model"] or False,
            "id": row["res_id"] or False,
            "about": row["about"] or "",
            "amount": float(row["amount"] or 0),
            "currency_id": row["currency"] or False,
        }

    def _said(self, row):
        """Return title and text, without the words that Odoo puts around."""
        title, text = row["title"] or "", row["text"] or ""
        match row["source"]:
            case "change":
                return title, ""
            case "consent":
                return title, self.channels.get(text, "")
            case "message" if row["state"] == "done":
                summary, said = summary_and_feedback(text)
                return summary or title, said
        return title, html_to_inner_content(text)


def _named(record_id, name):
    return {"id": record_id, "name": name} if name else False


def _states(env):
    """Return what the states are called that no field names, by source."""
    return {
        "message": {
            "in": env._("Incoming"),
            "out": env._("Outgoing"),
            "done": env._("Done"),
        },
        "meeting": {
            "held": env._("Took place"),
            "cancelled": env._("Missed: called off"),
            "declined": env._("Missed: declined"),
            "absent": env._("Missed: nobody came"),
        },
        "change": {
            "lost": env._("Lost"),
            "restored": env._("Restored"),
            "archived": env._("Archived"),
        },
        "opened": {"": env._("Was opened")},
        "clicked": {"": env._("Link was clicked")},
        "consent": dict(
            env["customer.sheet.consent.event"]._fields["state"]._description_selection(env)
        ),
    }
