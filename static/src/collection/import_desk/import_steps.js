import { Component } from "@odoo/owl";

/** The five steps with their names, and where we are. */
export class ImportSteps extends Component {
    static template = "crm_customer_sheet.ImportSteps";
    static props = { steps: Array, go: Function };
}
