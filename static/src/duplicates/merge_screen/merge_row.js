import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";

const REASONS = {
    only: _t("the only one"),
    verified: _t("verified"),
    given: _t("given by the customer"),
    recent: _t("the most recent"),
    complete: _t("the most complete"),
    kept: "",
};

/** One field with the value of each record; the chosen one is marked. */
export class MergeRow extends Component {
    static template = "crm_customer_sheet.MergeRow";
    static props = { row: Object, columns: Array, choose: Function, disabled: Boolean };

    /** Where the value comes from and since when, in small. */
    note(cell) {
        const marks = [cell.origin, cell.date];
        if (cell.verified) {
            marks.unshift(_t("verified"));
        }
        if (cell.invalid) {
            marks.unshift(_t("invalid"));
        }
        return marks.filter(Boolean).join(", ");
    }

    /** Why the value is proposed; nothing once the user has decided. */
    reason(cell) {
        const { chosen, isDecided, differs, reason } = this.props.row;
        return cell.id === chosen && !isDecided && differs ? REASONS[reason].toString() : "";
    }

    columnName(cell) {
        return this.props.columns.find((column) => column.id === cell.id).name;
    }
}
