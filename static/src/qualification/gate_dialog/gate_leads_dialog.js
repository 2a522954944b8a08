import { Component, onMounted, useState } from "@odoo/owl";
import {
    ANYWAY,
    criterionText,
    factsOfLead,
    isWarning,
    leadsOf,
    missingTitle,
} from "@crm_customer_sheet/qualification/gate_dialog/gate_facts";
import { GateLeadDialog } from "@crm_customer_sheet/qualification/gate_dialog/gate_lead_dialog";
import { Dialog } from "@web/core/dialog/dialog";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";

/** Several leads before a gate: those that pass move, the others are completed one by one. */
export class GateLeadsDialog extends Component {
    static template = "crm_customer_sheet.GateLeadsDialog";
    static components = { Dialog };
    static props = { facts: Object, close: Function };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.dialog = useService("dialog");
        this.state = useState({ leads: leadsOf(this.props.facts), moved: 0, hasChanged: false });
        this.isWarning = isWarning(this.props.facts);
        this.criterionText = criterionText;
        this.env.dialogData.dismiss = () => this.leave();
        onMounted(() => this.movePassed());
    }

    get title() {
        const [, stage] = this.props.facts.stage;
        const { leads } = this.state;
        return leads.length === 1
            ? missingTitle(stage, leads[0].still)
            : _t("Leads on their way to “%s”", stage);
    }

    get statusText() {
        const { moved } = this.state;
        return moved ? `${_t("%s moved.", moved)} ${this.stayText}` : this.stayText;
    }

    get stayText() {
        const { length } = this.state.leads;
        if (!length) {
            return _t("None is left.");
        }
        return length === 1 ? _t("1 stays:") : _t("%s stay:", length);
    }

    completeLabel({ name }) {
        return _t("Complete %s", name);
    }

    async movePassed() {
        const { passed } = this.props.facts;
        if (passed.length) {
            await this.move(passed);
        }
    }

    /** Moves the leads that are left, of which the gate only warns. */
    async moveAnyway() {
        await this.move(this.state.leads.map(({ id }) => id));
        this.state.leads = [];
    }

    async move(leadIds) {
        const { stage } = this.props.facts;
        await this.orm.write("crm.lead", leadIds, { stage_id: stage[0] }, { context: ANYWAY });
        this.onMoved(leadIds.length);
    }

    onMoved(count) {
        this.state.moved += count;
        this.state.hasChanged = true;
    }

    complete(lead) {
        this.dialog.add(GateLeadDialog, {
            facts: factsOfLead(this.props.facts, lead.id),
            onChanged: (hasMoved) => {
                this.state.hasChanged = true;
                if (hasMoved) {
                    this.onMoved(1);
                    this.state.leads = this.state.leads.filter(({ id }) => id !== lead.id);
                }
            },
        });
    }

    async close() {
        await this.leave();
        this.props.close();
    }

    /** The views behind are loaded again once, at the end: that closes all dialogs. */
    leave() {
        if (this.state.hasChanged) {
            this.action.doAction({ type: "ir.actions.client", tag: "soft_reload" });
        }
    }
}
