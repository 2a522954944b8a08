import { Component } from "@odoo/owl";
import { useRecordAction } from "@crm_customer_sheet/sheet/sheet_card/record_action";
import { useSheetGlance } from "@crm_customer_sheet/sheet/sheet_glance/sheet_glance";
import { registry } from "@web/core/registry";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

/** A small link beside the salesperson: which rule has chosen them, and why. */
export class SheetWhy extends Component {
    static template = "crm_customer_sheet.SheetWhy";
    static props = { ...standardWidgetProps };

    setup() {
        this.glance = useSheetGlance();
        this.run = useRecordAction(() => this.props.record);
    }

    get isShown() {
        return this.props.record.resId && this.glance.parts.sheet_is_routed;
    }
}

registry.category("view_widgets").add("sheet_why", { component: SheetWhy });
