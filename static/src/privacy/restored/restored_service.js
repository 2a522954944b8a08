import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { session } from "@web/session";

/** Tells a privacy officer, until it is mended, that a restored backup has brought people back. */
export const restoredService = {
    dependencies: ["action", "notification"],
    start(env, { action, notification }) {
        if (!session.sheet_restored) {
            return;
        }
        const close = notification.add(session.sheet_restored, {
            title: _t("A backup was restored"),
            type: "danger",
            sticky: true,
            className: "o_sheet_restored",
            buttons: [
                {
                    name: _t("See who is back"),
                    primary: true,
                    onClick: () => {
                        close();
                        action.doAction("crm_customer_sheet.customer_sheet_erasure_replay_action");
                    },
                },
            ],
        });
    },
};

registry.category("services").add("customer_sheet_restored", restoredService);
