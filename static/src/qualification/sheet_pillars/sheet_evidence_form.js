import { Component, useState } from "@odoo/owl";

/** Asks who confirmed an answer and how. */
export class SheetEvidenceForm extends Component {
    static template = "crm_customer_sheet.SheetEvidenceForm";
    static props = { id: String, onSubmit: Function, busy: { type: Boolean, optional: true } };

    setup() {
        this.state = useState({ evidence: "" });
    }
}
