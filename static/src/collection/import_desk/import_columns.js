import { Component, useState } from "@odoo/owl";
import { ImportValues } from "@crm_customer_sheet/collection/import_desk/import_values";
import { isFixed, stepProps } from "@crm_customer_sheet/collection/import_desk/import_words";
import { _t } from "@web/core/l10n/translation";
import { SelectMenu } from "@web/core/select_menu/select_menu";

/** What each column becomes, and which value the texts of its lists are. */
export class ImportColumns extends Component {
    static template = "crm_customer_sheet.ImportColumns";
    static components = { ImportValues, SelectMenu };
    static props = stepProps;

    setup() {
        this.state = useState({ isOnlyOpen: false });
    }

    get part() {
        return this.props.desk.columns;
    }

    get isFixed() {
        return isFixed(this.props);
    }

    get leftOut() {
        return this.part.columns.filter(({ target }) => !target);
    }

    get columns() {
        return this.state.isOnlyOpen ? this.leftOut : this.part.columns;
    }

    get groups() {
        return this.part.targets.map(({ label, items }) => ({
            label,
            choices: items.map((item) => ({ value: item.code, label: item.label })),
        }));
    }

    get sayLeftOut() {
        const count = this.leftOut.length;
        return count === 1
            ? _t("Show only the column that is left out")
            : _t("Show only the %s columns that are left out", count);
    }

    map(column, target) {
        if ((target || "") !== (column.target || "")) {
            this.props.call("map_column", column.id, target || "");
        }
    }
}
