import { Component, onWillStart, onWillUpdateProps, useState } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

/** What the person's company has answered, read-only, loaded when the page is opened. */
export class SheetCompany extends Component {
    static template = "crm_customer_sheet.SheetCompany";
    static props = { ...standardWidgetProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({ known: false });
        onWillStart(() => this.load(this.props.record));
        onWillUpdateProps(({ record }) => this.load(record));
    }

    async load({ resId, resModel }) {
        this.state.known = resId
            ? await this.orm.call(resModel, "sheet_company_answers", [[resId]])
            : false;
    }

    open() {
        this.action.doAction({
            type: "ir.actions.act_window",
            res_model: "res.partner",
            res_id: this.state.known.company[0],
            views: [[false, "form"]],
        });
    }
}

registry.category("view_widgets").add("sheet_company", { component: SheetCompany });
