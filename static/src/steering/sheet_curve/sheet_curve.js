import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { drawCurve } from "./draw_curve";

/**
 * The months of a figure as a small line, and as a list: below it, or for screen readers only.
 * A month without a figure and a change of its definition break the line.
 */
export class SheetCurveField extends Component {
    static template = "crm_customer_sheet.SheetCurveField";
    static props = { ...standardFieldProps, withList: { type: Boolean, optional: true } };

    setup() {
        this.drawCurve = drawCurve;
    }

    get points() {
        return this.props.record.data[this.props.name] || [];
    }

    get id() {
        return `o_sheet_curve_${this.props.record.id}`;
    }

    get label() {
        const [first, last] = [this.points[0], this.points.at(-1)];
        const words = { from: first.month, first: first.shown, to: last.month, last: last.shown };
        return _t("From %(first)s in %(from)s to %(last)s in %(to)s", words);
    }
}

export const sheetCurveField = {
    component: SheetCurveField,
    supportedTypes: ["json"],
    extractProps: ({ options }) => ({ withList: Boolean(options.list) }),
};

registry.category("fields").add("sheet_curve", sheetCurveField);
