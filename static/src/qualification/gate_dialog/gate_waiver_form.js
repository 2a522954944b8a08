import { Component, useState } from "@odoo/owl";
import { useAutofocus } from "@web/core/utils/hooks";

/** Asks why a lead should pass although something is missing. */
export class GateWaiverForm extends Component {
    static template = "crm_customer_sheet.GateWaiverForm";
    static props = { onSubmit: Function, onCancel: Function, busy: Boolean };

    setup() {
        this.state = useState({ reason: "" });
        useAutofocus({ refName: "reason", mobile: true });
    }
}
