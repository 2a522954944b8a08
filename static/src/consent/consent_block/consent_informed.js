import { Component } from "@odoo/owl";
import { useRecordAction } from "@crm_customer_sheet/sheet/sheet_card/record_action";
import { dateText } from "@crm_customer_sheet/consent/consent_block/consent_words";
import { useSheetGlance } from "@crm_customer_sheet/sheet/sheet_glance/sheet_glance";
import { registry } from "@web/core/registry";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

/** What the person was told before the contract: when, by whom, how, with which document. */
export class ConsentInformed extends Component {
    static template = "crm_customer_sheet.ConsentInformed";
    static props = { ...standardWidgetProps };

    setup() {
        this.glance = useSheetGlance();
        this.run = useRecordAction(() => this.props.record);
        Object.assign(this, { dateText });
    }

    get rows() {
        return this.glance.parts.sheet_consents?.precontract || [];
    }

    get canRecord() {
        return !this.props.readonly || this.glance.parts.sheet_consents?.can_prove;
    }

    record() {
        return this.run("action_sheet_consent_informed");
    }
}

export const consentInformed = {
    component: ConsentInformed,
};

registry.category("view_widgets").add("sheet_consent_informed", consentInformed);
