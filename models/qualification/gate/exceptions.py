from odoo.exceptions import UserError


class GateRefused(UserError):
    """A lead may not enter a stage yet, or may not lose an answer that its stage needs.

    :ivar context: the facts, for the web client: ``{"stage": [id, name], "kind": "entry" or
        "emptied", "leads": [{"id", "name", "gate", "gate_id", "mode", "still", "missing", "met"}],
        "passed": [ids]}``; the last three of a lead as :meth:`CrmLead.sheet_gate_check` returns
        them. Where every ``mode`` is "warn" the person may move the lead anyway.
    """

    def __init__(self, message, facts):
        super().__init__(message)
        self.context = facts


class RowRefused(Exception):
    """One of several imported rows was refused: they are to be tried one by one."""
