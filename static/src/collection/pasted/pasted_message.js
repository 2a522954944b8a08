import { registerMessageAction } from "@mail/core/common/message_actions";
import { _t } from "@web/core/l10n/translation";

const HOSTS = ["crm.lead", "res.partner"];

// offered on mail that came in: what a customer wrote may answer questions of the sheet
registerMessageAction("sheet-read", {
    condition: ({ message, thread, store }) =>
        message.message_type === "email" &&
        HOSTS.includes(thread?.model) &&
        store.self.main_user_id?.share === false &&
        !message.isSelfAuthored,
    icon: "fa fa-magic",
    name: _t("Read for the sheet"),
    onSelected: async ({ message, thread, owner }) => {
        const { orm, action } = owner.env.services;
        const open = await orm.call(thread.model, "action_sheet_paste", [[thread.id], message.id]);
        await action.doAction(open, { onClose: () => owner.env.reloadParentView?.() });
    },
    sequence: 70,
});
