import { Component } from "@odoo/owl";
import { formatScore } from "@crm_customer_sheet/sheet/sheet_bar/sheet_score";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/**
 * Completeness as a number and a thin bar. Stock's "progressbar" writes 0% where
 * there is no value; a contact without a sheet must show nothing.
 */
export class SheetBarField extends Component {
    static template = "crm_customer_sheet.SheetBar";
    static props = { ...standardFieldProps };

    get score() {
        return this.props.record.data[this.props.name];
    }

    get formattedScore() {
        return formatScore(this.score);
    }
}

export const sheetBarField = {
    component: SheetBarField,
    displayName: _t("Sheet completeness bar"),
    supportedTypes: ["integer"],
    isEmpty: (record, fieldName) => record.data[fieldName] === false,
    listViewWidth: [125, 145],
};

registry.category("fields").add("sheet_bar", sheetBarField);
// Averages of groups in lists are formatted by the name of the widget.
registry
    .category("formatters")
    .add("sheet_bar", (score) => (score === false ? "" : formatScore(score)));
