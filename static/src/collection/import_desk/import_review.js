import { Component } from "@odoo/owl";
import { ImportFigures } from "@crm_customer_sheet/collection/import_desk/import_figures";
import { isFixed, stepProps } from "@crm_customer_sheet/collection/import_desk/import_words";
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

    /** First what keeps rows from being imported, then what is only to know. */
    get problems() {
        const of = (isSoft) => this.review.problems.filter(({ soft }) => Boolean(soft) === isSoft);
        const groups = [
            {
                title: _t("What is wrong"),
                note: _t("These rows come back to you in a file, each with what to correct."),
                problems: of(false),
            },
            {
                title: _t("What to know"),
                note: _t("These rows are imported all the same."),
                problems: of(true),
            },
        ];
        return groups.filter(({ problems }) => problems.length);
    }

    get isFixed() {
        return isFixed(this.props);
    }

    rows(count) {
        return count === 1 ? _t("1 row") : _t("%s rows", formatInteger(count));
    }

    set(rule, value) {
        const [found] = rule.choices.find(([code]) => String(code) === value);
        this.props.call("set_policy", { [rule.code]: found });
    }
}
