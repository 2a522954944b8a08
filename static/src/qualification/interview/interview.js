import { mayContact } from "@crm_customer_sheet/consent/consent_block/consent_may";
import {
    inSeenOrder,
    isOpen,
    nextQuestion,
} from "@crm_customer_sheet/qualification/interview/interview_questions";

/** What is being asked of a lead, and what this interview has brought so far. */
export class Interview {
    constructor(orm, leadId) {
        this.orm = orm;
        this.leadId = leadId;
        this.code = "";
        this.visited = []; // codes, for "Back"
        this.asked = new Set(); // codes of what was answered, or noted as not known yet
        this.skipped = new Set();
    }

    get lead() {
        return this.data.lead;
    }

    get questions() {
        return this.data.questions;
    }

    get codes() {
        return this.questions.map((question) => question.code);
    }

    get question() {
        return this.questions.find((question) => question.code === this.code);
    }

    get answered() {
        return this.questions.filter((question) => !isOpen(question)).length;
    }

    /** Reads what to ask; begins with what is most useful. */
    async load(playbookId = false) {
        this.playbookId = playbookId;
        [this.data, this.consents] = await Promise.all([this.fetch(), this.fetchConsents()]);
        this.visited = [];
        this.begin();
    }

    /** Reads again what is known; the questions stay where the person has seen them. */
    async refresh() {
        const data = await this.fetch();
        data.questions = inSeenOrder(data.questions, this.questions);
        this.data = data;
        if (!this.question) {
            this.begin();
        }
    }

    async fetchConsents() {
        const args = [[this.leadId]];
        const { sheet_consents } = await this.orm.call("crm.lead", "sheet_glance", args);
        return sheet_consents;
    }

    /** Whether one may call the person, see `mayContact`. */
    get mayCall() {
        return mayContact(this.consents, "phone");
    }

    fetch() {
        const kwargs = { playbook_id: this.playbookId };
        return this.orm.call("crm.lead", "sheet_interview", [[this.leadId]], kwargs);
    }

    begin() {
        this.code = nextQuestion(this.questions)?.code || this.codes[0] || "";
    }

    show(code) {
        this.visited.push(this.code);
        this.code = code;
    }

    /** Goes on to the next open question; false when there is none left. */
    advance() {
        this.skipped.add(this.code); // without an answer, going on is skipping
        const question = nextQuestion(this.questions, this.code, this.skipped);
        if (question) {
            this.show(question.code);
        }
        return Boolean(question);
    }

    back() {
        this.code = this.visited.pop() || this.code;
    }

    async setUnknown() {
        const { code } = this;
        await this.orm.call("crm.lead", "sheet_set_unknown", [[this.leadId], code]);
        this.asked.add(code);
        await this.refresh();
    }

    end(note, seconds) {
        const args = [[this.leadId], note, seconds, [...this.asked]];
        return this.orm.call("crm.lead", "sheet_interview_end", args);
    }
}
