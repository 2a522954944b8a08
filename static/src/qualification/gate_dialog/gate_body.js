import { Component, useEffect, useRef } from "@odoo/owl";
import { hasTouch } from "@web/core/browser/feature_detection";
import { isVisible } from "@web/core/utils/ui";

const FOCUSABLE =
    ":is(input, textarea, select, [contenteditable=true]):not([type=hidden], :disabled)";

/** The first input to be seen inside of an element, or inside of what `within` selects in it. */
export function firstInput(el, within = "") {
    const inputs = el.querySelectorAll(`${within} ${FOCUSABLE}`);
    return [...inputs].find((input) => isVisible(input));
}

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
        const first = !hasTouch() && firstInput(this.root.el, ".o_sheet_gate_missing");
        (first || this.root.el).focus();
    }
}
