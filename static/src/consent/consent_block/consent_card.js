import { Component, onMounted, useRef } from "@odoo/owl";
import {
    cellDate,
    cellWords,
    dateText,
    decisionsFor,
    markOf,
} from "@crm_customer_sheet/consent/consent_block/consent_words";
import { Dialog } from "@web/core/dialog/dialog";
import { _t } from "@web/core/l10n/translation";

/** Whether one may contact for a purpose on a channel, why, and what the person said. */
export class ConsentCard extends Component {
    static template = "crm_customer_sheet.ConsentCard";
    static props = {
        title: String,
        cell: Object,
        onRecord: { type: [Function, { value: false }] }, // false: nothing can be noted
        onHistory: { type: Function, optional: true },
        onOther: { type: [Function, { value: false }], optional: true }, // gives a link back
        titled: { type: Boolean, optional: true },
        close: { type: Function, optional: true },
    };
    static defaultProps = { titled: true };

    setup() {
        this.root = useRef("root");
        onMounted(() => this.root.el.focus());
        Object.assign(this, { markOf, decisionsFor });
    }

    get verdict() {
        return this.props.cell.allowed ? _t("Yes, you may.") : _t("No, not now.");
    }

    get state() {
        const { cell } = this.props;
        return [cellWords(cell), cellDate(cell)].filter(Boolean).join(" · ");
    }

    /** What is known of the decision, as pairs of a label and a text. */
    get facts() {
        const { basis, expires, method, requested, strength_words } = this.props.cell;
        return [
            { label: _t("Legal basis"), text: basis },
            { label: _t("Obtained"), text: method },
            { label: _t("Evidence"), text: strength_words },
            { label: _t("Asked on"), text: dateText(requested) },
            { label: _t("Valid until"), text: dateText(expires) },
        ].filter(({ text }) => text);
    }

    /** Where no consent is needed, as for a contract, there is no answer to note. */
    get canRecord() {
        return this.props.onRecord && this.props.cell.requirement !== "free";
    }

    record(state) {
        this.leaveFor(() => this.props.onRecord(state));
    }

    leaveFor(next) {
        this.props.close?.();
        next();
    }
}

/** The same card over the whole screen of a phone. */
export class ConsentCardDialog extends Component {
    static template = "crm_customer_sheet.ConsentCardDialog";
    static components = { ConsentCard, Dialog };
    static props = {
        title: String,
        cell: Object,
        onRecord: ConsentCard.props.onRecord,
        onHistory: ConsentCard.props.onHistory,
        onOther: ConsentCard.props.onOther,
        close: Function,
    };
}
