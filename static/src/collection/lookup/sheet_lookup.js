import { Component } from "@odoo/owl";
import { LookupDialog } from "@crm_customer_sheet/collection/lookup/lookup_dialog";
import { useSheetGlance } from "@crm_customer_sheet/sheet/sheet_glance/sheet_glance";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

/**
 * A button beside a name or a number: asks the registers that are switched on, when it is pressed.
 * Beside a VAT number it also says what was answered.
 */
export class SheetLookup extends Component {
    static template = "crm_customer_sheet.SheetLookup";
    static props = { ...standardWidgetProps, field: String, what: String };

    setup() {
        this.glance = useSheetGlance();
        this.dialog = useService("dialog");
    }

    get registers() {
        return this.glance.parts.sheet_registers || {};
    }

    /** A VAT number is asked about once there is one: no company is found by it. */
    get isOn() {
        const { what, field, record, readonly } = this.props;
        const isThere = what === "company" || Boolean(record.data[field]);
        return Boolean(this.registers[what]) && isThere && !readonly;
    }

    get label() {
        const { field, record } = this.props;
        return _t("Look up in public registers: %s", record.fields[field].string);
    }

    get said() {
        return this.props.what === "vat" ? this.registers.vat_said : "";
    }

    /** What is being typed is taken over first. */
    async open() {
        const { record, field, what } = this.props;
        await record.isDirty();
        const text = record.data[field] || "";
        this.dialog.add(LookupDialog, { record, what, text });
    }
}

export const sheetLookup = {
    component: SheetLookup,
    extractProps: ({ options }) => ({ field: options.field, what: options.what }),
};

registry.category("view_widgets").add("sheet_lookup", sheetLookup);

/** Says that the company of the sheet is closed, as a register knows it. */
export class SheetRegisterWarning extends Component {
    static template = "crm_customer_sheet.SheetRegisterWarning";
    static props = { ...standardWidgetProps };

    setup() {
        this.glance = useSheetGlance();
    }

    get closed() {
        return this.glance.parts.sheet_registers?.closed;
    }
}

registry.category("view_widgets").add("sheet_register_warning", {
    component: SheetRegisterWarning,
});
