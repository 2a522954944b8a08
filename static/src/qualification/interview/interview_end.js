import { Component, useRef, useState } from "@odoo/owl";
import { isOpen } from "@crm_customer_sheet/qualification/interview/interview_questions";
import { deserializeDate, formatDate } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { useBus, useService } from "@web/core/utils/hooks";

/** The end of the interview: what came out of it, what next, which stage. */
export class InterviewEnd extends Component {
    static template = "crm_customer_sheet.InterviewEnd";
    static props = { interview: Object, goTo: Function };

    setup() {
        this.orm = useService("orm");
        this.store = useService("mail.store");
        this.root = useRef("root");
        this.state = useState({ isMoving: false });
        // another dialog has closed: the gate's, which may have moved the lead
        useBus(useService("ui").bus, "active-element-changed", ({ detail: activeElement }) => {
            if (activeElement?.contains(this.root.el) && !this.state.isMoving) {
                this.props.interview.refresh();
            }
        });
    }

    get lead() {
        return this.props.interview.lead;
    }

    get answers() {
        return this.props.interview.questions.filter(
            ({ code, state }) => state === "filled" && this.props.interview.asked.has(code)
        );
    }

    get open() {
        return this.props.interview.questions.filter(isOpen);
    }

    get unknown() {
        return this.props.interview.questions.filter((question) => question.state === "unknown");
    }

    get nextAction() {
        const { summary, deadline } = this.lead.activity;
        return _t("%(action)s, on %(date)s", {
            action: summary,
            date: formatDate(deserializeDate(deadline)),
        });
    }

    get missing() {
        return _t("Still missing: %s", this.lead.next_stage.missing.join(", "));
    }

    get moveLabel() {
        return _t("Move to “%s”", this.lead.next_stage.name);
    }

    async schedule() {
        await this.store.scheduleActivity("crm.lead", [this.lead.id]);
        await this.props.interview.refresh();
    }

    /** What a gate refuses, or asks, is an error that opens the gate's own dialog. */
    async moveStage() {
        this.state.isMoving = true;
        try {
            const stage = { stage_id: this.lead.next_stage.id };
            await this.orm.webSave("crm.lead", [this.lead.id], stage, { specification: {} });
            await this.props.interview.refresh();
        } finally {
            this.state.isMoving = false;
        }
    }
}
