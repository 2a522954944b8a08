import { useService } from "@web/core/utils/hooks";

/**
 * Returns a function that saves the form, opens the action that a method of its record
 * returns, and reloads the record when the dialog is closed.
 *
 * @param {() => Object} getRecord
 * @param {() => void} [onDone] called after the record has been reloaded
 */
export function useRecordAction(getRecord, onDone = () => {}) {
    const orm = useService("orm");
    const action = useService("action");
    return async (method, ...args) => {
        const record = getRecord();
        if ((record.isNew || (await record.isDirty())) && !(await record.save())) {
            return;
        }
        const reload = async () => {
            await record.model.load();
            onDone();
        };
        const answer = await orm.call(record.resModel, method, [[record.resId], ...args]);
        if (answer) {
            await action.doAction(answer, { onClose: reload });
        } else {
            await reload();
        }
    };
}
