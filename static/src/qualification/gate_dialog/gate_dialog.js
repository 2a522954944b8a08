import { Component } from "@odoo/owl";
import { GATE_REFUSED, leadsOf } from "@crm_customer_sheet/qualification/gate_dialog/gate_facts";
import { GateKeptDialog } from "@crm_customer_sheet/qualification/gate_dialog/gate_kept_dialog";
import { GateLeadDialog } from "@crm_customer_sheet/qualification/gate_dialog/gate_lead_dialog";
import { GateLeadsDialog } from "@crm_customer_sheet/qualification/gate_dialog/gate_leads_dialog";
import { standardErrorDialogProps } from "@web/core/errors/error_dialogs";
import { registry } from "@web/core/registry";

/**
 * What a gate refused, and the way out. It comes in the place of an error, wherever the move was
 * made: kanban, status bar, list, button.
 */
export class GateDialog extends Component {
    static template = "crm_customer_sheet.GateDialog";
    static components = { GateKeptDialog, GateLeadDialog, GateLeadsDialog };
    static props = { ...standardErrorDialogProps };

    get facts() {
        return this.props.data.context;
    }

    get kind() {
        const { kind, passed } = this.facts;
        if (kind === "emptied") {
            return "emptied";
        }
        return passed.length || leadsOf(this.facts).length > 1 ? "several" : "one";
    }
}

registry.category("error_dialogs").add(GATE_REFUSED, GateDialog);
