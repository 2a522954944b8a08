import { registry } from "@web/core/registry";
import { MonetaryField, monetaryField } from "@web/views/fields/monetary/monetary_field";

/** An amount that nobody has typed yet is empty: "0.00" would look like an answer. */
export class SheetAmountField extends MonetaryField {
    get formattedValue() {
        return this.value ? super.formattedValue : "";
    }
}

export const sheetAmountField = { ...monetaryField, component: SheetAmountField };

registry.category("fields").add("sheet_amount", sheetAmountField);
