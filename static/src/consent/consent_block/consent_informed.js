import { Component } from "@odoo/owl";
import { useRecordAction } from "@crm_customer_sheet/consent/consent_block/consent_actions";
import { dateText } from "@crm_customer_sheet/consent/consent_block/consent_words";
import { registry } from "@web/core/registry";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

/** What the person was told before the contract: when, by whom, how, with which document. */
export class ConsentInformed extends Component {
    static template = "crm_customer_sheet.ConsentInformed";
    static props = { ...standardWidgetProps };

    setup() {
        this.run = useRecordAction(() => this.props.record);
        Object.assign(this, { dateText });
    }

    get rows() {
        return this.props.record.data.sheet_consents?.precontract || [];
    }

    get canRecord() {
        return !this.props.readonly || this.props.record.data.sheet_consents?.can_prove;
    }

    record() {
        return this.run("action_sheet_consent_informed");
    }
}

export const consentInformed = {
    component: ConsentInformed,
    fieldDependencies: [{ name: "sheet_consents", type: "json" }],
};

registry.category("view_widgets").add("sheet_consent_informed", consentInformed);
