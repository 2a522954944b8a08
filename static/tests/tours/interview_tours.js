import { registry } from "@web/core/registry";
import { type, typeDate } from "./sheet_steps";

const onQuestion = (code) => `.o_interview .o_interview_question[data-code=${code}]`;

/** The same steps, in the interview: the form behind shows the same fields. */
const inInterview = (steps) =>
    steps.map((step) => ({ ...step, trigger: `.o_interview ${step.trigger}` }));

const tap = (name) => ({ trigger: `.o_interview_${name}:enabled`, run: "click" });

const openInterview = () => [
    {
        content: "a phone has the buttons in a menu",
        trigger: ".o_form_view .o_button_more",
        isActive: ["mobile"],
        run: "click",
    },
    {
        content: "open the interview",
        trigger: "button[name=action_sheet_interview]",
        run: "click",
    },
];

const goToEnd = () => [
    {
        content: "a phone has the questions behind a button",
        isActive: ["mobile"],
        ...tap("show_list"),
    },
    { content: "go to the end", ...tap("to_end") },
];

const meetTheGate = () => [
    ...goToEnd(),
    { content: "the gate does not let the lead pass yet", ...tap("move") },
    {
        content: "its dialog says why: leave it",
        trigger: ".modal .o_sheet_gate .modal-title:contains(missing)",
    },
    { trigger: ".modal:has(.o_sheet_gate) .modal-header button", run: "click" },
    {
        content: "the interview is still there: ask what is missing",
        trigger: "body:not(:has(.o_sheet_gate)) .o_interview_again[data-code=deadline]",
        run: "click",
    },
];

const answerDeadline = () => [
    { trigger: `${onQuestion("deadline")} .o_interview_wording:contains(By when)` },
    ...inInterview(typeDate("sheet_deadline", "01/15/2020")),
    tap("next"),
    {
        content: "the refusal is beside the field, and what was typed is still there",
        trigger: `${onQuestion("deadline")} .o_interview_error:contains(is in the past)`,
    },
    ...inInterview(typeDate("sheet_deadline", "12/24/2099")),
    tap("next"),
];

const answerTheRest = () => [
    { content: "nobody knows the budget", trigger: onQuestion("budget") },
    tap("unknown"),
    { content: "ask who decides", trigger: onQuestion("decision_maker") },
    ...inInterview([type("sheet_decision_maker", "Salma Bennani")]),
    tap("next"),
    { content: "pass a question over", trigger: onQuestion("function") },
    tap("skip"),
    { trigger: `.o_interview .o_interview_question:not([data-code=function])` },
];

const wrapUp = () => [
    ...goToEnd(),
    {
        content: "the summary has the answers",
        trigger: ".o_interview_answers:contains(Salma Bennani)",
    },
    {
        content: "add a note",
        trigger: ".o_interview_note textarea",
        run: "edit They compare us with two others",
    },
    { content: "agree on the next action", ...tap("schedule") },
    {
        trigger: ".modal:not(.o_inactive_modal) button[name=action_schedule_activities]",
        run: "click",
    },
    {
        content: "the next action is there",
        trigger: ".o_interview_summary:not(:contains(No next action))",
    },
    { content: "move the lead", ...tap("move") },
    { trigger: ".o_interview_stage:contains(Qualified)" },
    { content: "finish", ...tap("finish") },
    {
        content: "the form shows the new stage",
        trigger: "body:not(:has(.o_interview)) .o_statusbar_status:contains(Qualified)",
    },
];

registry.category("web_tour.tours").add("crm_customer_sheet_interview", {
    steps: () => [
        ...openInterview(),
        ...meetTheGate(),
        ...answerDeadline(),
        ...answerTheRest(),
        ...wrapUp(),
    ],
});
