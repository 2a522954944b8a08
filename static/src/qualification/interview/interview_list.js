import { Component, useEffect, useRef } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";

const ICONS = { filled: "fa-check", unknown: "fa-question" };

/** The questions of the interview with what is known, and the choice of the playbook. */
export class InterviewList extends Component {
    static template = "crm_customer_sheet.InterviewList";
    static props = {
        interview: Object,
        code: String, // of the question on the screen; none at the end
        goTo: Function,
        goToEnd: Function,
        choosePlaybook: Function,
    };

    setup() {
        this.root = useRef("root");
        useEffect(
            (el) => {
                el.querySelector(".active")?.scrollIntoView({ block: "nearest" });
            },
            () => [this.root.el, this.props.code]
        );
    }

    get progress() {
        const { answered, questions } = this.props.interview;
        return _t("%(done)s of %(total)s answered", { done: answered, total: questions.length });
    }

    onChoose(ev) {
        return this.props.choosePlaybook(parseInt(ev.target.value));
    }

    iconOf({ state }) {
        return ICONS[state] || "fa-circle-o";
    }

    labelOf({ state }) {
        return { filled: _t("Answered"), unknown: _t("Not known yet") }[state] || _t("Still open");
    }
}
