import { useEnv } from "@odoo/owl";
import { useBus } from "@web/core/utils/hooks";

/** Asks the forms that show a lead to do something about a move that a gate refused. */
const GATE_MOVE = "CRM_CUSTOMER_SHEET:GATE_MOVE";

/**
 * @param {Object} env
 * @param {"takeBack"|"keepRest"|"reload"} task see the functions of these names
 * @param {number} leadId
 * @param {{id: number, display_name: string}} [stage] where the lead is
 * @returns {Promise<boolean[]>} an answer from each form that shows the lead
 */
export function askForms(env, task, leadId, stage) {
    const answers = [];
    env.bus.trigger(GATE_MOVE, { task, leadId, stage, answers });
    return Promise.all(answers);
}

/**
 * Lets the dialog of a gate reach the record of a form.
 *
 * @param {() => Object} getRecord
 */
export function useGatedForm(getRecord) {
    useBus(useEnv().bus, GATE_MOVE, ({ detail: { task, leadId, stage, answers } }) => {
        const record = getRecord();
        if (record.resModel === "crm.lead" && record.resId === leadId) {
            answers.push(TASKS[task](record, stage));
        }
    });
}

const TASKS = { takeBack, keepRest, reload };

/** Puts the lead's stage back; what else has been typed stays, unsaved. */
async function takeBack(record, stage) {
    if ("stage_id" in record.data && record.data.stage_id?.id !== stage?.id) {
        await record.update({ stage_id: stage });
        if (await isAsSaved(record)) {
            await record.discard();
        }
    }
    return true;
}

/** Puts the lead's stage back and saves what else has been typed. */
async function keepRest(record, stage) {
    await takeBack(record, stage);
    return !(await record.isDirty()) || record.save();
}

/** Shows what the dialog has saved; never at the price of something typed. */
async function reload(record) {
    if (!(await record.isDirty())) {
        await record.model.load();
    }
    return true;
}

/** Whether a form's edits come down to what is saved: a stage there and back. */
async function isAsSaved(record) {
    const changes = await record.getChanges();
    const names = Object.keys(changes);
    const { orm } = record.model;
    const options = { load: false }; // relations by their id, as in the changes
    const [saved] = await orm.read(record.resModel, [record.resId], names, options);
    return names.every((name) => changes[name] === saved[name]);
}
