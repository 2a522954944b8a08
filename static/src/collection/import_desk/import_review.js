import { Component } from "@odoo/owl";
import { ImportFigures } from "@crm_customer_sheet/collection/import_desk/import_figures";
import { stepProps } from "@crm_customer_sheet/collection/import_desk/import_words";
import { _t } from "@web/core/l10n/translation";
import { formatInteger } from "@web/views/fields/formatters";

/** What would become of the rows, what is wrong with some, and how it is to be done. */
export class ImportReview extends Component {
    static template = "crm_customer_sheet.ImportReview";
    static components = { ImportFigures };
    static props = stepProps;

    get review() {
        return this.props.desk.review;
    }

    get isChecked() {
        return this.review.figures?.length && this.props.desk.state !== "read";
    }

    get isFixed() {
        return ["done", "undone"].includes(this.props.desk.state) || this.props.isBusy;
    }

    rows(count) {
        return count === 1 ? _t("1 row") : _t("%s rows", formatInteger(count));
    }

    set(rule, value) {
        const [found] = rule.choices.find(([code]) => String(code) === value);
        this.props.call("set_policy", { [rule.code]: found });
    }
}
