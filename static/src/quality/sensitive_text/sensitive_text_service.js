import { focusShownField } from "@crm_customer_sheet/sheet/sheet_ring/reveal_field";
import { router } from "@web/core/browser/router";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";

/** Tells the author of a text that it seems to say too much, with a way back to it. */
export const sensitiveTextService = {
    dependencies: ["action", "bus_service", "notification"],
    start(env, { action, bus_service, notification }) {
        function rephrase({ res_model, res_id, field }) {
            const isOpen =
                action.currentController?.props.resModel === res_model &&
                router.current.resId === res_id;
            if (!isOpen || !focusShownField(field)) {
                action.doAction({
                    type: "ir.actions.act_window",
                    res_model,
                    res_id,
                    views: [[false, "form"]],
                });
            }
        }
        bus_service.subscribe("customer_sheet_sensitive", (payload) => {
            const button = { name: _t("Rephrase"), primary: true };
            const close = notification.add(payload.message, {
                title: payload.title,
                type: "warning",
                sticky: true,
                className: "o_sheet_sensitive",
                buttons: payload.res_id
                    ? [{ ...button, onClick: () => (close(), rephrase(payload)) }]
                    : [],
            });
        });
        bus_service.start();
    },
};

registry.category("services").add("customer_sheet_sensitive", sensitiveTextService);
