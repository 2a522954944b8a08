import { Component } from "@odoo/owl";
import { useRecordAction } from "@crm_customer_sheet/sheet/sheet_card/record_action";
import { useSheetGlance } from "@crm_customer_sheet/sheet/sheet_glance/sheet_glance";
import { deserializeDateTime, formatDate } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

/** The sequence that runs on a lead: its next step and why; and those that ran before. */
export class SheetSequence extends Component {
    static template = "crm_customer_sheet.SheetSequence";
    static props = { ...standardWidgetProps };

    setup() {
        this.glance = useSheetGlance();
        this.run = useRecordAction(() => this.props.record);
    }

    get sequences() {
        return this.glance.parts.sheet_sequences || { running: false, count: 0 };
    }

    get runningText() {
        const { due_at: due, name } = this.sequences.running;
        const day = due && formatDate(deserializeDateTime(due));
        return day
            ? _t("In sequence %(name)s, on %(day)s.", { name, day })
            : _t("In sequence %s.", name);
    }
}

registry.category("view_widgets").add("sheet_sequence", { component: SheetSequence });
