import { Component } from "@odoo/owl";
import {
    useRecordAction,
    useRecordDialog,
} from "@crm_customer_sheet/sheet/sheet_card/record_action";
import { useSheetGlance } from "@crm_customer_sheet/sheet/sheet_glance/sheet_glance";
import { deserializeDate, formatDate } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

const { DateTime } = luxon;

/** What comes next on a lead, which opens it; or the way to plan it. */
export class SheetNextAction extends Component {
    static template = "crm_customer_sheet.SheetNextAction";
    static props = { ...standardWidgetProps };

    setup() {
        this.glance = useSheetGlance();
        this.run = useRecordAction(() => this.props.record);
        this.openDialog = useRecordDialog(() => this.props.record);
    }

    get next() {
        return this.props.record.resId && this.glance.parts.sheet_next_action;
    }

    get isPlanned() {
        return this.next.state !== "none";
    }

    get text() {
        const { day, label, summary } = this.next;
        const what = summary || label;
        return day ? _t("%(what)s, %(day)s", { what, day: dayText(day) }) : what;
    }

    open() {
        const { activity_id: id } = this.next;
        return id ? this.openDialog((record) => activityAction(record, id)) : this.plan();
    }

    plan() {
        return this.run("action_sheet_plan_next");
    }
}

/** The dialog in which stock edits an activity. */
function activityAction({ resModel, resId }, id) {
    return {
        type: "ir.actions.act_window",
        name: _t("Schedule Activity"),
        res_model: "mail.activity",
        res_id: id,
        views: [[false, "form"]],
        target: "new",
        context: { default_res_model: resModel, default_res_id: resId, dialog_size: "large" },
    };
}

/** A day as one says it; how late it is, where it has passed. */
export function dayText(day) {
    const date = deserializeDate(day).startOf("day");
    const days = Math.round(date.diff(DateTime.local().startOf("day"), "days").days);
    if (days < -1) {
        return _t("%s days late", -days);
    }
    const near = { "-1": _t("late since yesterday"), 0: _t("today"), 1: _t("tomorrow") };
    return near[days] || formatDate(date);
}

registry.category("view_widgets").add("sheet_next_action", { component: SheetNextAction });
