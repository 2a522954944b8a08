import { Component } from "@odoo/owl";
import { useRecordAction } from "@crm_customer_sheet/sheet/sheet_card/record_action";
import { useSheetGlance } from "@crm_customer_sheet/sheet/sheet_glance/sheet_glance";
import { registry } from "@web/core/registry";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

/** What comes next on a lead, and the way to plan it. */
export class SheetNextAction extends Component {
    static template = "crm_customer_sheet.SheetNextAction";
    static props = { ...standardWidgetProps };

    setup() {
        this.glance = useSheetGlance();
        this.run = useRecordAction(() => this.props.record);
    }

    get next() {
        return this.props.record.resId && this.glance.parts.sheet_next_action;
    }
}

registry.category("view_widgets").add("sheet_next_action", { component: SheetNextAction });
