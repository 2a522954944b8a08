import { Component, onWillStart, useState } from "@odoo/owl";
import { MAY_ICONS, mayText } from "@crm_customer_sheet/consent/consent_block/consent_may";
import {
    businessText,
    KIND_ICONS,
    momentText,
} from "@crm_customer_sheet/overview/brief/brief_words";
import { dayText } from "@crm_customer_sheet/qualification/sheet_next_action/sheet_next_action";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";

/**
 * What one needs to know before a call, on one screen of a phone. That somebody has looked is noted
 * once it is shown, by a call of its own: the brief itself writes nothing.
 */
export class Brief extends Component {
    static template = "crm_customer_sheet.Brief";
    static props = {
        resModel: String,
        resId: Number,
        // over the questions of an interview: what the interview shows itself is left out
        isInInterview: { type: Boolean, optional: true },
    };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({ brief: null });
        this.businessText = businessText;
        this.dayText = dayText;
        this.momentText = momentText;
        onWillStart(() => this.load());
    }

    async load() {
        const { resModel, resId } = this.props;
        this.state.brief = await this.orm.call(resModel, "sheet_brief", [[resId]]);
        this.orm.silent.call(resModel, "sheet_brief_looked", [[resId]]);
    }

    get brief() {
        return this.state.brief;
    }

    get job() {
        const { company, function: job, stage } = this.brief.who;
        return [job, company, stage].filter(Boolean).join(" · ");
    }

    get facts() {
        const { facts, owner } = this.brief.who;
        return [...facts, owner].filter(Boolean).join(" · ");
    }

    /** Whether one may call, and until what hour. */
    get mayCall() {
        return this.brief.who.phone && this.brief.may.phone;
    }

    get mayCallText() {
        const { until } = this.mayCall;
        const text = mayText(this.mayCall, "phone");
        return until ? _t("%(answer)s, until %(hour)s", { answer: text, hour: until }) : text;
    }

    get mayCallIcon() {
        return MAY_ICONS[this.mayCall.state];
    }

    /** What was refused is no link. */
    get callHref() {
        const { phone } = this.brief.who;
        return phone && this.mayCall?.state !== "refused" ? `tel:${phone}` : "";
    }

    get nextText() {
        const { day, label, summary } = this.brief.next;
        const what = summary || label;
        return day ? _t("%(what)s, %(day)s", { what, day: dayText(day) }) : _t("Nothing planned.");
    }

    /** What is planned beside the next action. */
    get promises() {
        const { activity_id: next } = this.brief.next || {};
        return this.brief.promises.items.filter(({ activity_id: id }) => id !== next);
    }

    get morePromises() {
        const { count, items } = this.brief.promises;
        return count > items.length ? _t("and %s more", count - items.length) : "";
    }

    get missingTitle() {
        const { count, stage } = this.brief.missing;
        return stage
            ? _t("To ask: %(count)s missing before “%(stage)s”", { count, stage })
            : _t("To ask: %s missing", count);
    }

    get changesTitle() {
        return _t("Since you looked on %s", momentText(this.brief.changes.since));
    }

    iconOf({ kind }) {
        return KIND_ICONS[kind] || "fa-circle-o";
    }

    /** What was written under a subject, and what was said in a call. */
    contactText({ kind, text, title }) {
        return kind === "email" ? title || text : text || title;
    }

    promiseText({ about, day, summary, user }) {
        return [`${summary}, ${dayText(day)}`, about, user].filter(Boolean).join(" · ");
    }

    openBusiness({ action }) {
        return this.action.doAction(action);
    }

    openInterview() {
        const params = { lead_id: this.props.resId };
        const options = { onClose: () => this.load() };
        const tag = "customer_sheet_interview";
        return this.action.doAction({ type: "ir.actions.client", tag, params }, options);
    }
}
