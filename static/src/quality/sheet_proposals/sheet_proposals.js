import { Component, useState } from "@odoo/owl";
import { saveAndCall } from "@crm_customer_sheet/sheet/sheet_card/sheet_card";
import { useSheetGlance } from "@crm_customer_sheet/sheet/sheet_glance/sheet_glance";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

/** Corrections that the checks propose: each is accepted or refused, and can be undone. */
export class SheetProposals extends Component {
    static template = "crm_customer_sheet.SheetProposals";
    static props = { ...standardWidgetProps };

    setup() {
        this.glance = useSheetGlance();
        this.orm = useService("orm");
        this.notification = useService("notification");
        this.state = useState({ isOpen: false, isBusy: false });
    }

    /** Those of a field whose note says them are not said twice. */
    get proposals() {
        const { fields = {}, proposals = [] } = this.glance.parts.sheet_checks || {};
        const isNoted = ({ field }) => fields[field]?.suggestion;
        return proposals.filter(({ changes }) => !changes.every(isNoted));
    }

    get title() {
        const count = this.proposals.length;
        return count === 1 ? _t("1 suggested correction") : _t("%s suggested corrections", count);
    }

    /**
     * Accepts one correction, or all. Nothing has been saved yet of a new sheet: its values
     * are simply replaced.
     */
    async accept(...proposals) {
        const { record } = this.props;
        if (record.isNew) {
            const changes = proposals.flatMap((proposal) => proposal.changes);
            return record.update(Object.fromEntries(changes.map(asValue)));
        }
        const code = proposals.length === 1 && proposals[0].code;
        const former = await this.call("sheet_apply_proposals", code);
        if (former?.[record.resId]) {
            this.offerUndo(former[record.resId]);
        }
    }

    refuse(proposal) {
        return this.call("sheet_keep", proposal.code);
    }

    offerUndo(former) {
        const close = this.notification.add(_t("Corrected."), {
            type: "success",
            buttons: [
                {
                    name: _t("Undo"),
                    onClick: () => {
                        close();
                        return this.undo(former);
                    },
                },
            ],
        });
    }

    async undo(former) {
        const { fields } = this.props.record;
        await this.call("sheet_undo_proposals", former);
        const names = Object.keys(former).map((name) => fields[name]?.string || name);
        this.notification.add(_t("Undone. As before: %(names)s", { names: names.join(", ") }), {
            type: "success",
        });
    }

    /** Calls a method of the record, one thing at a time; returns what it returned. */
    async call(method, ...args) {
        this.state.isBusy = true;
        try {
            const done = await saveAndCall(this.orm, this.props.record, method, ...args);
            return done.answer;
        } finally {
            this.state.isBusy = false;
        }
    }
}

function asValue({ field, after, id }) {
    return [field, id ? { id, display_name: after } : after];
}

export const sheetProposals = {
    component: SheetProposals,
};

registry.category("view_widgets").add("sheet_proposals", sheetProposals);
