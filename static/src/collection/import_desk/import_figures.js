import { Component } from "@odoo/owl";
import { formatInteger } from "@web/views/fields/formatters";

/** How many rows there are of each kind; a figure opens them. */
export class ImportFigures extends Component {
    static template = "crm_customer_sheet.ImportFigures";
    static props = { figures: Array, open: Function };

    number(figure) {
        return formatInteger(figure.count);
    }
}
