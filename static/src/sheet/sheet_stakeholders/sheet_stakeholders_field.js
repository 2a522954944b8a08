import { useEffect, useRef } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { X2ManyField, x2ManyField } from "@web/views/fields/x2many/x2many_field";

/** Who has a say on a lead: an invitation with one button as long as nobody is noted. */
export class SheetStakeholdersField extends X2ManyField {
    static template = "crm_customer_sheet.SheetStakeholders";

    setup() {
        super.setup();
        const root = useRef("root");
        let wasEmpty = this.isEmpty;
        // The button that had the focus is gone, and a table that is new takes none by itself.
        useEffect(
            (isEmpty) => {
                if (wasEmpty && !isEmpty) {
                    root.el.querySelector(".o_selected_row input")?.focus();
                }
                wasEmpty = isEmpty;
            },
            () => [this.isEmpty]
        );
    }

    get isEmpty() {
        return !this.list.count;
    }

    get invitation() {
        const { sheet_decision_maker, sheet_decision_maker_id } = this.props.record.data;
        return sheet_decision_maker || sheet_decision_maker_id
            ? _t("Nobody else noted yet. Who else has a say?")
            : _t("No decision maker yet. Who signs?");
    }

    addFirst() {
        return this.onAdd({ editable: "bottom" });
    }
}

export const sheetStakeholdersField = {
    ...x2ManyField,
    component: SheetStakeholdersField,
    supportedTypes: ["one2many"],
};

registry.category("fields").add("sheet_stakeholders", sheetStakeholdersField);
