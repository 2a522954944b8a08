import { Component, markRaw, onWillStart, useState } from "@odoo/owl";
import { GateBody } from "@crm_customer_sheet/qualification/gate_dialog/gate_body";
import { GateCriterion } from "@crm_customer_sheet/qualification/gate_dialog/gate_criterion";
import {
    ANYWAY,
    GATE_REFUSED,
    isWarning,
    leadsOf,
    metText,
    missingTitle,
    openCodes,
    stillText,
} from "@crm_customer_sheet/qualification/gate_dialog/gate_facts";
import { loadGateFields } from "@crm_customer_sheet/qualification/gate_dialog/gate_fields";
import { askForms } from "@crm_customer_sheet/qualification/gate_dialog/gate_forms";
import { GateWaiverForm } from "@crm_customer_sheet/qualification/gate_dialog/gate_waiver_form";
import { checkRainbowmanMessage } from "@crm/views/check_rainbowman_message";
import { Dialog } from "@web/core/dialog/dialog";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";
import { Record } from "@web/model/record";

/**
 * What one lead lacks to enter a stage, with the fields to say it in. Answers and stage are
 * saved in one call, so that the gate judges both and a refusal takes neither.
 */
export class GateLeadDialog extends Component {
    static template = "crm_customer_sheet.GateLeadDialog";
    static components = {
        Dialog,
        GateBody,
        GateCriterion,
        GateWaiverForm,
        Record,
    };
    static props = {
        facts: Object,
        close: Function,
        // who opened the dialog reloads the views: onChanged(has the lead moved)
        onChanged: { type: Function, optional: true },
    };

    setup() {
        this.orm = useService("orm");
        this.view = useService("view");
        this.action = useService("action");
        this.effect = useService("effect");
        this.notification = useService("notification");
        this.lead = leadsOf(this.props.facts)[0];
        [this.stageId, this.stageName] = this.props.facts.stage;
        this.state = useState({
            still: this.lead.still,
            missing: this.lead.missing,
            met: this.lead.met,
            isWarning: isWarning(this.props.facts),
            recordProps: false,
            fieldsRound: 0, // how often the fields have been read again
            focusRound: 0, // changes when the focus goes back to the first missing field
            asking: false, // code of a question, or "waiver"
            message: "",
            busy: false,
        });
        this.hasSaved = false;
        Object.assign(this, { ANYWAY, metText });
        this.actions = {
            ask: (code) => (this.state.asking = code),
            cancel: () => this.cancel(),
            confirm: (option, evidence) => this.confirm(option, evidence),
            setUnknown: (option, reason, date) => this.setUnknown(option, reason, date),
        };
        this.env.dialogData.dismiss = () => this.stay();
        onWillStart(() => Promise.all([this.loadStage(), this.loadFields()]));
    }

    get title() {
        return missingTitle(this.stageName, this.state.still);
    }

    /** Nobody has to be asked where the lead may move anyway. */
    get canAskWaiver() {
        const { asking, isWarning, still } = this.state;
        return still && !isWarning && asking !== "waiver";
    }

    /** Two gates may ask for the same by the same name. */
    criterionKey({ gate, criterion }, index) {
        return `${gate}/${criterion}/${index}`;
    }

    get stillText() {
        return stillText(this.state);
    }

    /** Where the lead is: the move has been taken back. */
    async loadStage() {
        const [{ stage_id }] = await this.orm.read("crm.lead", [this.lead.id], ["stage_id"]);
        this.stage = stage_id && { id: stage_id[0], display_name: stage_id[1] };
    }

    async loadFields() {
        const services = { view: this.view, isSmall: this.env.isSmall };
        this.codes = openCodes(this.state.missing);
        const { archInfos, ...recordProps } = await loadGateFields(services, this.codes);
        this.archInfos = archInfos;
        this.state.recordProps = markRaw({
            ...recordProps,
            resModel: "crm.lead",
            resId: this.lead.id,
            mode: "edit",
            hooks: { onRootLoaded: (record) => (this.record = record) },
        });
    }

    // -- saving --------------------------------------------------------------

    /** @param {Object} [context] ANYWAY where nothing has to be filled in first */
    saveAndMove(context) {
        return this.run(async () => {
            if (await this.save({ stage_id: this.stageId }, context)) {
                await checkRainbowmanMessage(this.orm, this.effect, this.lead.id);
                await this.leave(true);
            }
        });
    }

    saveAndStay() {
        return this.run(async () => {
            if (await this.save()) {
                await this.leave();
            }
        });
    }

    /**
     * Saves what has been typed here, after what a form of the lead holds.
     *
     * @returns {Promise<boolean>} false when something is invalid or a gate refused
     */
    async save(values = {}, context = {}) {
        const kept = await askForms(this.env, "keepRest", this.lead.id, this.stage);
        if (kept.includes(false)) {
            return false;
        }
        if (!(await this.record.checkValidity({ displayNotification: true }))) {
            return false;
        }
        const changes = { ...(await this.record.getChanges()), ...values };
        if (Object.keys(changes).length) {
            try {
                await this.webSave(changes, context);
            } catch (error) {
                return this.onRefused(error);
            }
            this.hasSaved = true;
        }
        return true;
    }

    async onRefused(error) {
        const facts = error.exceptionName === GATE_REFUSED && error.data.context;
        if (!facts || facts.kind !== "entry") {
            throw error;
        }
        this.state.isWarning = isWarning(facts);
        await this.show(leadsOf(facts)[0]);
        this.state.message = _t("The lead stays where it is. %s", this.title);
        this.state.focusRound++;
        return false;
    }

    /** Shows what is missing now; other questions than before come with fields of their own. */
    async show({ still, missing, met }) {
        Object.assign(this.state, { still, missing, met });
        const known = new Set(this.codes);
        if (openCodes(missing).some((code) => !known.has(code))) {
            await this.reloadFields();
        }
    }

    async reloadFields() {
        const changes = await this.record.getChanges();
        if (Object.keys(changes).length) {
            await this.webSave(changes);
            this.hasSaved = true;
        }
        await this.loadFields();
        this.state.fieldsRound++;
        this.state.focusRound++;
    }

    webSave(values, context = {}) {
        const options = { specification: {}, context };
        return this.orm.webSave("crm.lead", [this.lead.id], values, options);
    }

    // -- what is not a field ---------------------------------------------------

    setUnknown(option, reason, date) {
        return this.run(async () => {
            const args = [[this.lead.id], option.code, reason, date];
            await this.orm.call("crm.lead", "sheet_set_unknown", args);
            await this.checkAgain();
            this.state.message = _t(
                "“%s” is marked as not known yet. That does not pass the gate.",
                option.label
            );
        });
    }

    confirm(option, evidence) {
        return this.run(async () => {
            if (await this.save()) {
                const args = [[this.lead.id], option.code, evidence];
                await this.orm.call("crm.lead", "sheet_confirm_pillar", args);
                await this.checkAgain();
                this.state.message = this.title;
            }
        });
    }

    askWaiver(reason) {
        return this.run(async () => {
            for (const gateId of this.lead.gateIds) {
                const args = [[this.lead.id], gateId, reason];
                this.asked = await this.orm.call("crm.lead", "sheet_gate_ask_waiver", args);
            }
            this.hasSaved = true;
            const message = _t("%s has been asked to let the lead pass.", this.asked);
            this.notification.add(message, { type: "success" });
            await this.stay();
            this.props.close();
        });
    }

    async checkAgain() {
        this.hasSaved = true;
        const args = [[this.lead.id], this.stageId];
        await this.show(await this.orm.call("crm.lead", "sheet_gate_check", args));
        this.cancel();
    }

    /** Closes the small form that asks something: what had the focus goes with it. */
    cancel() {
        this.state.asking = false;
        this.state.focusRound++;
    }

    // -- leaving -------------------------------------------------------------

    /** Leaves the lead where it was. */
    async stay() {
        await askForms(this.env, "takeBack", this.lead.id, this.stage);
        await this.reload(false);
    }

    async leave(hasMoved = false) {
        this.props.close();
        await this.reload(hasMoved);
    }

    /** Loads the views behind again, if there is something new to see. */
    async reload(hasMoved) {
        if (!this.hasSaved) {
            return;
        }
        if (this.props.onChanged) {
            return this.props.onChanged(hasMoved);
        }
        const forms = await askForms(this.env, "reload", this.lead.id);
        if (!forms.length) {
            await this.action.doAction({ type: "ir.actions.client", tag: "soft_reload" });
        }
    }

    async run(task) {
        if (this.state.busy) {
            return;
        }
        this.state.busy = true;
        this.state.message = "";
        try {
            await task();
        } finally {
            this.state.busy = false;
        }
    }
}
