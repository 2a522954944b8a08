import { useService } from "@web/core/utils/hooks";

/**
 * Returns a function that saves the form, opens the action that its argument returns for the
 * record, and reloads the record when the dialog is closed.
 *
 * @param {() => Object} getRecord
 * @param {() => void} [onDone] called after the record has been reloaded
 */
export function useRecordDialog(getRecord, onDone = () => {}) {
    const action = useService("action");
    return async (getAction) => {
        const record = getRecord();
        if ((record.isNew || (await record.isDirty())) && !(await record.save())) {
            return;
        }
        const reload = async () => {
            await record.model.load();
            onDone();
        };
        const answer = await getAction(record);
        if (answer) {
            await action.doAction(answer, { onClose: reload });
        } else {
            await reload();
        }
    };
}

/** Returns the same for the action that a method of the record returns. */
export function useRecordAction(getRecord, onDone) {
    const orm = useService("orm");
    const open = useRecordDialog(getRecord, onDone);
    return (method, ...args) =>
        open(({ resModel, resId }) => orm.call(resModel, method, [[resId], ...args]));
}
