"""The blocks of our forms: what each asks the server, and what its buttons do."""

from typing import NamedTuple

from .expressions import own
from .screens import own_nodes


class Block(NamedTuple):
    """What a block calls: methods of the record, each with its arguments.

    :ivar asks: when the form opens
    :ivar presses: when somebody presses something in it
    """

    asks: tuple = ()
    presses: tuple = ()


#: By the name of the widget.
BLOCKS = {
    "sheet_check_note": Block(asks=(("sheet_check_typed", "phone", "06 12 34 56 7"),)),
    "sheet_company": Block(asks=(("sheet_company_answers",),)),
    "sheet_consent_informed": Block(presses=(("action_sheet_consent_informed",),)),
    "sheet_consent_mark": Block(presses=(("action_sheet_consent_record", "newsletter", "email"),)),
    "sheet_consents": Block(
        asks=(("sheet_consent_history",),),
        presses=(
            ("action_sheet_consent_record",),
            ("action_sheet_consent_request",),
            ("action_sheet_consent_proof",),
        ),
    ),
    "sheet_documents": Block(
        asks=(("sheet_documents",),),
        presses=(
            ("sheet_document_link", "Plan", "https://example.com/plan"),
            ("action_sheet_documents",),
        ),
    ),
    "sheet_journal": Block(
        asks=(("sheet_journal_choices",), ("sheet_journal",)),
        presses=(("sheet_journal", False, False, 3, False, "O'Neil %_\\"),),
    ),
    "sheet_next_action": Block(presses=(("action_sheet_plan_next",),)),
    "sheet_pillars": Block(
        presses=(
            ("action_sheet_interview",),
            ("sheet_confirm_pillar", "budget", "Said so on the phone"),
            ("sheet_unconfirm_pillar", "budget"),
        ),
    ),
    "sheet_proposals": Block(
        presses=(
            ("action_sheet_proposals",),
            ("sheet_keep",),
            ("sheet_apply_proposals",),
            ("sheet_proposals_accept_empty",),
        ),
    ),
    "sheet_ring": Block(
        asks=(("sheet_glance", {}), ("sheet_answers",)),
        presses=(
            ("sheet_set_unknown", "budget"),
            ("sheet_clear_unknown", "budget"),
            ("sheet_confirm_value", "email"),
            ("sheet_still_right", "email"),
        ),
    ),
    "sheet_sequence": Block(
        presses=(("action_sheet_open_sequences",), ("action_sheet_stop_sequence",)),
    ),
    "sheet_why": Block(presses=(("action_sheet_why",),)),
}
#: Blocks with calls of another shape.
OTHERS = {"sheet_due", "sheet_matches"}
#: They show what the form has read, or (the last one) ask public registers on the internet.
SHOWN = {
    "sheet_amount",
    "sheet_bar",
    "sheet_check_badge",
    "sheet_curve",
    "sheet_need",
    "sheet_page",
    "sheet_register_warning",
    "sheet_score_lines",
    "sheet_section",
    "sheet_stakeholders",
    "sheet_lookup",
}


class Blocks:
    """What somebody does in the blocks of one record."""

    def __init__(self, walk):
        self.walk = walk

    def open(self, screen, record, depth, context):
        """Ask what the blocks of a form ask, and press what is in them."""
        ids, sent = [record["id"]], own(context)
        found = {
            node.get("widget" if node.tag == "field" else "name"): None
            for node in own_nodes(screen.root)
            if node.tag in ("field", "widget")
        }
        for block in [BLOCKS[name] for name in found if name in BLOCKS]:
            for method, *given in block.asks:
                what = f"{screen.model}.{method}({ids})"
                self.walk.call(what, screen.model, method, ids, *given, context=sent)
            if depth < self.walk.limits.depth:
                self._press(screen, block, ids, depth, sent)
        if "sheet_matches" in found:
            self._look_for_twins(screen.model, record)
        if "sheet_due" in found:
            self._do_what_is_due(screen.model, record, depth, context)

    def _press(self, screen, block, ids, depth, context):
        for method, *given in block.presses:
            if self.walk.once("press", screen.model, method, times=self.walk.limits.presses):
                self.walk.findings.counts["buttons"] += 1
                what = f"{screen.model}.{method}({ids})"
                done = self.walk.call(what, screen.model, method, ids, *given, context=context)
                active = {"active_model": screen.model, "active_id": ids[0], "active_ids": ids}
                self.walk.later([*self.walk.path, what], done, depth + 1, active)

    def _look_for_twins(self, model, record):
        names = ("name", "partner_name", "contact_name", "email", "email_from", "phone")
        values = {name: record[name] for name in names if record.get(name)}
        exclude = {"model": model, "id": record["id"]}
        what = f"twins of {model}({record['id']})"
        self.walk.call(what, "customer.sheet.match.key", "find", values, False, exclude)

    def _do_what_is_due(self, model, record, depth, context):
        for line in record["due"] or ():
            what = f"due: {line['code']}"
            self.walk.findings.counts["buttons"] += 1
            action = self.walk.call(what, model, "action_open", line["code"])
            self.walk.later([*self.walk.path, what], action, depth + 1, context)
