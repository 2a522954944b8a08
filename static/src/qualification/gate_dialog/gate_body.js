import { Component, useEffect, useRef } from "@odoo/owl";
import { hasTouch } from "@web/core/browser/feature_detection";
import { isVisible } from "@web/core/utils/ui";

const FOCUSABLE =
    ":is(input, textarea, select, [contenteditable=true]):not([type=hidden], :disabled)";

/**
 * The body of a gate's dialog: takes the focus to the first missing field, when it opens and
 * whenever `round` changes.
 */
export class GateBody extends Component {
    static template = "crm_customer_sheet.GateBody";
    static props = { round: Number, slots: Object };

    setup() {
        this.root = useRef("root");
        // Before the dialog itself looks for something to focus: children are mounted first.
        useEffect(
            () => this.focusFirst(),
            () => [this.props.round]
        );
    }

    /** On a phone the keyboard would hide the list before it has been read. */
    focusFirst() {
        const inputs = this.root.el.querySelectorAll(`.o_sheet_gate_missing ${FOCUSABLE}`);
        const first = [...inputs].find((el) => isVisible(el));
        const target = first && !hasTouch() ? first : this.root.el;
        target.focus();
    }
}
