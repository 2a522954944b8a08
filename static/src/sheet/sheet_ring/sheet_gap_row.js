import { Component, useState } from "@odoo/owl";
import { SheetUnknownForm } from "@crm_customer_sheet/sheet/sheet_ring/sheet_unknown_form";
import { deserializeDate, formatDate } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";

/** One open question: goes to its field, or records why it stays open. */
export class SheetGapRow extends Component {
    static template = "crm_customer_sheet.SheetGapRow";
    static components = { SheetUnknownForm };
    static props = {
        item: Object,
        answer: { type: Object, optional: true },
        actions: Object,
        isOfGate: { type: Boolean, optional: true },
        criterion: { type: String, optional: true }, // of the gate, where the list does not say it
    };

    setup() {
        this.state = useState({ asking: false, busy: false });
    }

    /** Answered, but worth another look. */
    get isFlag() {
        return ["doubtful", "stale"].includes(this.props.item.state);
    }

    get isUnknown() {
        return this.props.answer?.state === "unknown";
    }

    /** What the person needs to know about this question, in short phrases. */
    get details() {
        const { criterion, item } = this.props;
        const details = this.isUnknown ? this.unknownDetails : [this.stateDetail];
        return [criterion !== item.label && criterion, ...details].filter(Boolean);
    }

    get stateDetail() {
        const { state, value, example } = this.props.item;
        switch (state) {
            case "placeholder":
                return _t("“%s” looks like filler", value);
            case "doubtful":
                return this.props.item.reason;
            case "stale":
                return _t("Asked long ago: is it still right?");
            case "filled":
                return _t("To be confirmed with evidence");
            case "invalid":
                return value ? _t("“%s” is not valid", value) : _t("Not valid");
            default:
                return example && _t("e.g. %s", example);
        }
    }

    get unknownDetails() {
        const { reason, reask_date, author } = this.props.answer;
        const date = reask_date && formatDate(deserializeDate(reask_date));
        return [
            this.props.isOfGate && _t("Not known yet, which does not pass the gate"),
            reason,
            date && _t("Ask again on %s", date),
            author && _t("Noted by %s", author),
        ];
    }

    async run(method, ...args) {
        this.state.busy = true;
        try {
            await this.props.actions.answer(method, this.props.item.code, ...args);
            this.state.asking = false;
        } finally {
            this.state.busy = false;
        }
    }
}
