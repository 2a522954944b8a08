import { Component } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** What is due, line by line, each with its next step as a button. */
export class SheetDueField extends Component {
    static template = "crm_customer_sheet.SheetDueField";
    static props = { ...standardFieldProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
    }

    get lines() {
        return this.props.record.data[this.props.name] || [];
    }

    async open(code) {
        const { resModel } = this.props.record;
        const action = await this.orm.call(resModel, "action_open", [code]);
        await this.action.doAction(action);
    }
}

export const sheetDueField = { component: SheetDueField, supportedTypes: ["json"] };

registry.category("fields").add("sheet_due", sheetDueField);
