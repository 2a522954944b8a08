import { useEnv } from "@odoo/owl";
import { useSheetPageLoader } from "@crm_customer_sheet/sheet/sheet_page/sheet_page";
import { revealField } from "@crm_customer_sheet/sheet/sheet_ring/reveal_field";
import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";
import { usePopover } from "@web/core/popover/popover_hook";
import { useService } from "@web/core/utils/hooks";

/**
 * Returns `{open(target, props), close()}` of a card that explains a field: beside the
 * button that was pressed, or over the whole screen of a phone.
 *
 * @param {Component} Card
 * @param {Component} CardDialog the same card on a phone
 * @param {Object} options {position, popoverClass}, and `onClosed`, however it was closed
 */
export function useCard(Card, CardDialog, { onClosed, ...options }) {
    const ui = useService("ui");
    const dialog = useService("dialog");
    let closeDialog;
    const onClose = () => {
        closeDialog = undefined;
        onClosed();
    };
    const popover = usePopover(Card, { arrow: false, ...options, onClose });
    return {
        open(target, props) {
            if (ui.isSmall) {
                closeDialog = dialog.add(CardDialog, props, { onClose });
            } else {
                popover.open(target, props);
            }
        },
        close() {
            popover.close();
            closeDialog?.();
        },
    };
}

/**
 * Returns `goTo(form, fields, label)`, which shows the first of these fields that the form
 * has, or says that it has none. The card has to be closed before.
 *
 * @param {() => Object} getRecord
 */
export function useGoTo(getRecord) {
    const env = useEnv();
    const notification = useService("notification");
    const loadPage = useSheetPageLoader();
    return async (form, fields, label) => {
        // The focus comes back to the button when the card is gone.
        await new Promise((resolve) =>
            browser.requestAnimationFrame(() => browser.setTimeout(resolve))
        );
        const { viewArch } = env.config;
        if (!(await revealField(form, viewArch, getRecord(), fields, loadPage))) {
            notification.add(
                _t("“%s” has no field on this form, so it cannot be filled in here.", label),
                { type: "warning" }
            );
        }
    };
}

/**
 * Saves the form, calls a method of its record, and reloads.
 *
 * @returns {Promise<{answer: any}|false>} what the method returned; false when the form cannot be
 *  saved as it is
 */
export async function saveAndCall(orm, record, method, ...args) {
    if ((await record.isDirty()) && !(await record.save())) {
        return false;
    }
    const answer = await orm.call(record.resModel, method, [[record.resId], ...args]);
    await record.model.load();
    return { answer };
}
