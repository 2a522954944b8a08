import { Component } from "@odoo/owl";
import { useSheetGlance } from "@crm_customer_sheet/sheet/sheet_glance/sheet_glance";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

const ICONS = {
    valid: "fa-check-circle text-success",
    doubtful: "fa-exclamation-triangle text-warning",
    invalid: "fa-times-circle text-danger",
    unchecked: "fa-question-circle-o text-muted",
};

/** What the checks say of the value beside it, as a sign; the words are its label. */
export class SheetCheckBadge extends Component {
    static template = "crm_customer_sheet.SheetCheckBadge";
    static props = { ...standardWidgetProps, field: String };

    setup() {
        this.glance = useSheetGlance();
    }

    get check() {
        return this.glance.parts.sheet_checks?.fields?.[this.props.field] || {};
    }

    get icon() {
        return ICONS[this.check.status];
    }

    get words() {
        const { label, reason, details } = this.check;
        const name = this.props.record.fields[this.props.field].string;
        const status = _t("%(field)s: %(status)s", { field: name, status: label });
        return [status, reason, ...(details || [])].filter(Boolean).join(" · ");
    }
}

export const sheetCheckBadge = {
    component: SheetCheckBadge,
    extractProps: ({ options }) => ({ field: options.field }),
};

registry.category("view_widgets").add("sheet_check_badge", sheetCheckBadge);
