import { useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useRecordObserver } from "@web/model/relational_model/utils";
import { TextField, textField } from "@web/views/fields/text/text_field";

/** A short text with a counter of the characters left, as one types. */
export class SheetNeedField extends TextField {
    static template = "crm_customer_sheet.SheetNeed";
    static props = { ...TextField.props, limit: Number };

    setup() {
        super.setup();
        this.counter = useState({ length: 0 });
        useRecordObserver((record) => {
            this.counter.length = (record.data[this.props.name] || "").length;
        });
    }

    onType(ev) {
        this.counter.length = ev.target.value.length;
    }

    get left() {
        return this.props.limit - this.counter.length;
    }

    get message() {
        return this.left < 0
            ? _t("%s characters too many", -this.left)
            : _t("%s characters left", this.left);
    }
}

export const sheetNeedField = {
    ...textField,
    component: SheetNeedField,
    extractProps: (fieldInfo, ...args) => ({
        ...textField.extractProps(fieldInfo, ...args),
        limit: fieldInfo.options.limit,
    }),
};

registry.category("fields").add("sheet_need", sheetNeedField);
