import { Component, onWillStart, useRef, useState } from "@odoo/owl";
import { mayText } from "@crm_customer_sheet/consent/consent_block/consent_may";
import { GATE_REFUSED } from "@crm_customer_sheet/qualification/gate_dialog/gate_facts";
import { Interview } from "@crm_customer_sheet/qualification/interview/interview";
import {
    InterviewClock,
    secondsSince,
} from "@crm_customer_sheet/qualification/interview/interview_clock";
import { InterviewEnd } from "@crm_customer_sheet/qualification/interview/interview_end";
import { InterviewFields } from "@crm_customer_sheet/qualification/interview/interview_fields";
import { InterviewList } from "@crm_customer_sheet/qualification/interview/interview_list";
import { ConfirmationDialog } from "@web/core/confirmation_dialog/confirmation_dialog";
import { Dialog } from "@web/core/dialog/dialog";
import { _t } from "@web/core/l10n/translation";
import { RPCError } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";

const { DateTime } = luxon;

/** A dialog that asks before it closes. */
class InterviewFrame extends Dialog {
    static props = { ...Dialog.props, onLeave: Function };

    dismiss() {
        return this.props.onLeave();
    }
}

/**
 * The questions of a playbook over the whole screen, one at a time. An answer is saved when one
 * goes on; what cannot be saved stays on the screen with the reason.
 */
export class InterviewDialog extends Component {
    static template = "crm_customer_sheet.InterviewDialog";
    static components = {
        InterviewClock,
        InterviewEnd,
        InterviewFields,
        InterviewFrame,
        InterviewList,
    };
    static props = { leadId: Number, close: Function };

    setup() {
        this.dialog = useService("dialog");
        this.ui = useState(useService("ui"));
        this.interview = useState(new Interview(useService("orm"), this.props.leadId));
        this.content = useRef("content");
        this.wording = useRef("wording");
        this.start = DateTime.now();
        // what other rooms show before the first question
        this.tops = registry.category("sheet_interview_top").getAll();
        this.state = useState({
            hasStarted: false,
            isEnd: false,
            isBusy: false,
            error: "",
            note: "",
            showList: false,
            showNote: false,
        });
        onWillStart(() => this.load());
    }

    /** What was refused is no link. */
    get callHref() {
        const { lead, mayCall } = this.interview;
        return lead.phone && mayCall?.state !== "refused" ? `tel:${lead.phone}` : "";
    }

    get mayCallText() {
        const { lead, mayCall } = this.interview;
        return lead.phone && mayCall ? mayText(mayCall, "phone") : "";
    }

    get progress() {
        const { answered, questions } = this.interview;
        return _t("%(done)s of %(total)s", { done: answered, total: questions.length });
    }

    get percentage() {
        const { answered, questions } = this.interview;
        return questions.length ? (100 * answered) / questions.length : 100;
    }

    get exampleText() {
        return _t("e.g. %s", this.interview.question.example);
    }

    /** Another set of questions is another form. */
    get fieldsKey() {
        return [...this.interview.codes].sort().join();
    }

    async load(playbookId) {
        await this.interview.load(playbookId);
        this.state.isEnd = !this.interview.code;
    }

    // -- saving --------------------------------------------------------------

    /**
     * Saves what was typed, in one request.
     *
     * @returns {Promise<boolean>} false when it was refused: it is still there, with the reason
     */
    async save() {
        this.state.error = "";
        if (!(await this.record?.isDirty())) {
            return true;
        }
        const saved = await this.record.save({ onError: (error) => this.onError(error) });
        if (saved) {
            this.interview.asked.add(this.interview.code);
            await this.interview.refresh();
        }
        return saved;
    }

    onError(error) {
        const name = (error instanceof RPCError && error.exceptionName) || "";
        if (name !== GATE_REFUSED && !name.startsWith("odoo.exceptions.")) {
            throw error;
        }
        this.state.error = error.data.message;
        return false;
    }

    async forgetTyped() {
        this.state.error = "";
        await this.record?.discard();
    }

    /** Runs one thing at a time: a second tap while the first one is saved does nothing. */
    async run(task) {
        if (this.state.isBusy) {
            return;
        }
        this.state.isBusy = true;
        try {
            return await task();
        } finally {
            this.state.isBusy = false;
        }
    }

    /** Does something once what was typed is saved; not at all when it cannot be. */
    runSaved(task) {
        return this.run(async () => (await this.save()) && task());
    }

    // -- moving on -----------------------------------------------------------

    next() {
        return this.runSaved(() => this.advance());
    }

    skip() {
        return this.run(async () => {
            await this.forgetTyped();
            this.advance();
        });
    }

    setUnknown() {
        return this.run(async () => {
            await this.forgetTyped();
            await this.interview.setUnknown();
            this.advance();
        });
    }

    advance() {
        this.state.hasStarted = true;
        this.state.isEnd = !this.interview.advance();
        this.content.el?.scrollTo(0, 0);
    }

    back() {
        return this.runSaved(() => {
            if (!this.state.isEnd) {
                this.interview.back();
            }
            this.state.isEnd = !this.interview.code;
        });
    }

    goTo(code) {
        return this.runSaved(() => {
            this.interview.show(code);
            Object.assign(this.state, { hasStarted: true, isEnd: false, showList: false });
        });
    }

    goToEnd() {
        return this.runSaved(() => Object.assign(this.state, { isEnd: true, showList: false }));
    }

    choosePlaybook(playbookId) {
        return this.runSaved(() => this.load(playbookId));
    }

    toggleList() {
        return this.runSaved(() => (this.state.showList = !this.state.showList));
    }

    /** Enter goes on, except where it makes a new line or chooses from a list. */
    onKeydown(ev) {
        const isField = ev.target.matches(".o_interview_fields input");
        const isChoice = ev.target.closest(".o-autocomplete, .o_select_menu, .o_field_tags");
        const goesOn = ev.ctrlKey || ev.metaKey || (isField && !isChoice);
        if (ev.key === "Enter" && goesOn && !this.state.isEnd) {
            ev.preventDefault();
            ev.stopPropagation();
            this.next();
        }
    }

    // -- the end -------------------------------------------------------------

    finish() {
        return this.runSaved(async () => {
            await this.interview.end(this.state.note, secondsSince(this.start));
            this.props.close();
        });
    }

    /** Closes without a question when nothing would be lost. */
    leave() {
        return this.run(async () => {
            if (!(await this.save())) {
                this.confirmLeaving(_t("The last answer is not saved."), {
                    confirm: () => this.props.close(),
                    confirmLabel: _t("Leave without it"),
                    cancel: () => {},
                    cancelLabel: _t("Stay"),
                });
            } else if (this.state.note.trim()) {
                this.confirmLeaving(_t("Your note is kept when the interview is finished."), {
                    confirm: () => void this.finish(),
                    confirmLabel: _t("Finish"),
                    cancel: () => this.props.close(),
                    cancelLabel: _t("Leave without the note"),
                });
            } else {
                this.props.close();
            }
        });
    }

    confirmLeaving(body, buttons) {
        const title = _t("Leave the interview?");
        this.dialog.add(ConfirmationDialog, { title, body, ...buttons, dismiss: () => {} });
    }
}
