import { Component, useState } from "@odoo/owl";
import { DateTimeInput } from "@web/core/datetime/datetime_input";
import { serializeDate } from "@web/core/l10n/dates";
import { useAutofocus } from "@web/core/utils/hooks";

const { DateTime } = luxon;

/** Asks why an answer is not known yet and when to ask again. */
export class SheetUnknownForm extends Component {
    static template = "crm_customer_sheet.SheetUnknownForm";
    static components = { DateTimeInput };
    static props = { id: String, onSubmit: Function, onCancel: Function };

    setup() {
        this.state = useState({ reason: "", date: DateTime.now().plus({ weeks: 2 }) });
        this.today = DateTime.now();
        useAutofocus({ refName: "reason", mobile: true });
    }

    submit() {
        const { reason, date } = this.state;
        return this.props.onSubmit(reason.trim(), date ? serializeDate(date) : false);
    }
}
