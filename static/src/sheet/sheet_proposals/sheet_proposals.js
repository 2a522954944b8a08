import { Component, status, useRef, useState } from "@odoo/owl";
import { saveAndCall } from "@crm_customer_sheet/sheet/sheet_card/sheet_card";
import { useSheetGlance } from "@crm_customer_sheet/sheet/sheet_glance/sheet_glance";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

/** What decides about a row, by its kind. */
const METHODS = {
    answer: {
        accept: "sheet_proposals_accept",
        keep: "sheet_proposals_keep",
        undo: "sheet_proposals_undo",
    },
    correction: {
        accept: "sheet_apply_proposals",
        keep: "sheet_keep",
        undo: "sheet_undo_proposals",
    },
};

/**
 * What is proposed instead of what stands, in one table: answers that came from outside, and
 * corrections of the checks. A person accepts each or keeps their own, and can take it back.
 *
 * "isOpen" is for dialogs: the table is there at once, and leads nowhere else.
 */
export class SheetProposals extends Component {
    static template = "crm_customer_sheet.SheetProposals";
    static props = { ...standardWidgetProps, isOpen: { type: Boolean, optional: true } };

    setup() {
        this.glance = useSheetGlance();
        this.orm = useService("orm");
        this.action = useService("action");
        this.notification = useService("notification");
        this.root = useRef("root");
        this.state = useState({ isOpen: Boolean(this.props.isOpen), isBusy: false });
        this.labels = { here: _t("Here:"), after: _t("Proposed:") }; // the heads of a card
    }

    get rows() {
        return this.glance.parts.sheet_proposals || [];
    }

    of(kind) {
        return this.rows.filter((row) => row.kind === kind);
    }

    get emptyOnes() {
        return this.of("answer").filter((row) => row.is_empty);
    }

    get title() {
        const answers = this.of("answer").length;
        const corrections = this.of("correction").length;
        const texts = [
            answers &&
                (answers === 1 ? _t("1 proposed answer") : _t("%s proposed answers", answers)),
            corrections &&
                (corrections === 1
                    ? _t("1 suggested correction")
                    : _t("%s suggested corrections", corrections)),
        ];
        return texts.filter(Boolean).join(" · ");
    }

    saidText({ source, day, by }) {
        return [source, day, by].filter(Boolean).join(", ");
    }

    isPage(evidence) {
        return /^https?:\/\//.test(evidence);
    }

    // -- deciding ------------------------------------------------------------

    /** Nothing has been saved yet of a new record: its values are simply replaced. */
    accept(row) {
        const { record } = this.props;
        if (record.isNew) {
            return record.update(Object.fromEntries(row.changes.map(asValue)));
        }
        return this.acceptBy(row.kind, METHODS[row.kind].accept, row.about);
    }

    acceptCorrections() {
        return this.acceptBy("correction", METHODS.correction.accept, false);
    }

    acceptEmptyOnes() {
        return this.acceptBy("answer", "sheet_proposals_accept_empty");
    }

    async acceptBy(kind, method, ...about) {
        const { resId } = this.props.record;
        const done = await this.call(method, ...about);
        const former = done && done.answer?.[resId];
        if (former) {
            this.offerUndo(_t("Accepted."), resId, kind, former);
        }
    }

    async keep({ kind, about }) {
        const { resId } = this.props.record;
        const done = await this.call(METHODS[kind].keep, about);
        if (done && kind === "answer") {
            this.offerUndo(_t("Your own answer is kept."), resId, kind, about);
        }
    }

    offerUndo(said, resId, kind, former) {
        const onClick = () => {
            close();
            return this.undo(resId, METHODS[kind].undo, former);
        };
        const close = this.notification.add(said, {
            type: "success",
            className: "o_sheet_said",
            buttons: [{ name: _t("Undo"), onClick }],
        });
    }

    /** The notification outlives the form, and the form may show another record by then. */
    async undo(resId, method, former) {
        const { orm, notification } = this.env.services;
        const { record } = this.props;
        const isShown = status(this) !== "destroyed" && record.resId === resId;
        const done = isShown
            ? await this.call(method, former)
            : await orm.call(record.resModel, method, [[resId], former]).then(() => true);
        if (done) {
            notification.add(_t("Undone."), { type: "success" });
        }
    }

    /** Calls a method of the record, one thing at a time; see `saveAndCall`. */
    async call(method, ...args) {
        this.state.isBusy = true;
        try {
            return await saveAndCall(this.orm, this.props.record, method, ...args);
        } finally {
            this.state.isBusy = false;
            this.root.el?.querySelector("button")?.focus(); // that of the row has gone
        }
    }

    async openAll() {
        const { resId, resModel } = this.props.record;
        const action = await this.orm.call(resModel, "action_sheet_proposals", [[resId]]);
        return this.action.doAction(action);
    }
}

function asValue({ field, after, id }) {
    return [field, id ? { id, display_name: after } : after];
}

export const sheetProposals = {
    component: SheetProposals,
};

registry.category("view_widgets").add("sheet_proposals", sheetProposals);
