import { beforeEach, describe, expect, test } from "@odoo/hoot";
import { press, queryAllTexts, waitFor, waitForNone } from "@odoo/hoot-dom";
import { advanceTime, animationFrame, mockDate } from "@odoo/hoot-mock";
import { define } from "@crm_customer_sheet/../tests/helpers";
import {
    inSeenOrder,
    isOpen,
    nextQuestion,
} from "@crm_customer_sheet/qualification/interview/interview_questions";
import {
    contains,
    fields,
    getService,
    makeServerError,
    models,
    mountWithCleanup,
    onRpc,
} from "@web/../tests/web_test_helpers";
import { WebClient } from "@web/webclient/webclient";

const CODES = ["need", "deadline", "source"];

class Lead extends models.Model {
    _name = "crm.lead";

    name = fields.Char();
    need = fields.Char();
    deadline = fields.Char();
    source = fields.Text();

    _records = [{ id: 1, name: "Audit", need: "" }];
    _views = {
        "form,crm_customer_sheet.crm_lead_view_form_gate": `
            <form>
                <group name="sheet_gate_0"><field name="need"/></group>
                <group name="sheet_gate_1"><field name="deadline"/></group>
                <group name="sheet_gate_2"><field name="source"/></group>
            </form>`,
    };
}

define(Lead);

let states, lead, ended, mayCall;

const asked = (code) => ({
    code,
    label: code,
    wording: `Tell me the ${code}`,
    why: "To help",
    hint: "In one word",
    example: "Tomorrow",
    fields: [code],
    state: states[code],
    value: states[code] === "filled" ? `known ${code}` : "",
    pillar: "",
    section: "Need",
    is_needed: code === "deadline" && states[code] !== "filled",
});

beforeEach(() => {
    mockDate("2026-03-02 10:00:00");
    mayCall = { state: "yes", label: "yes", reasons: [] };
    states = { need: "filled", deadline: "missing", source: "missing" };
    lead = {
        id: 1,
        name: "Audit",
        contact: "Nora",
        phone: "+33 1 42 68 53 00",
        stage: "New",
        next_stage: { id: 2, name: "Qualified", missing: ["Deadline"] },
        activity: false,
    };
    onRpc("crm.lead", "sheet_interview", ({ kwargs }) => {
        expect.step(`interview ${kwargs.playbook_id}`);
        return {
            lead,
            playbook: { id: 7, name: "Company" },
            playbooks: [
                { id: 7, name: "Company" },
                { id: 8, name: "Private" },
            ],
            questions: CODES.map(asked),
            opening: "Good morning",
            closing: "Thank you",
        };
    });
    onRpc("crm.lead", "sheet_glance", () => ({ sheet_consents: { may: { phone: mayCall } } }));
    onRpc("crm.lead", "sheet_brief", () => new Promise(() => {})); // nobody waits for it
    onRpc("crm.lead", "web_save", ({ args }) => {
        expect.step(["save", args[1]]);
        for (const [code, value] of Object.entries(args[1])) {
            states[code] = value ? "filled" : "missing";
        }
    });
    onRpc("crm.lead", "sheet_interview_end", ({ args }) => {
        ended = args;
        expect.step("end");
        return false;
    });
});

async function openInterview() {
    await mountWithCleanup(WebClient);
    await getService("action").doAction(
        { type: "ir.actions.client", tag: "customer_sheet_interview", params: { lead_id: 1 } },
        { onClose: () => expect.step("closed") }
    );
    await waitFor(".o_interview_fields .o_field_widget");
    expect.verifySteps(["interview false"]);
}

const tap = (name) => contains(`.o_interview_${name}`).click();
const answer = (code) => contains(`.o_interview_fields [name=${code}] :is(input, textarea)`);

describe("order", () => {
    const of = (...all) => all.map(([code, state]) => ({ code, state }));

    test("the next question is the next open one, then from the start", () => {
        const questions = of(["a", "missing"], ["b", "filled"], ["c", "invalid"]);
        expect(nextQuestion(questions).code).toBe("a");
        expect(nextQuestion(questions, "a").code).toBe("c");
        expect(nextQuestion(questions, "c").code).toBe("a");
        expect(nextQuestion(questions, "c", new Set(["a"]))).toBe(undefined);
        expect(nextQuestion([])).toBe(undefined);
    });

    test("what is known or not known yet is not open", () => {
        const questions = of(["a", "filled"], ["b", "unknown"], ["c", "placeholder"]);
        expect(questions.filter(isOpen).map(({ code }) => code)).toEqual(["c"]);
    });

    test("questions stay where they were seen, new ones come last", () => {
        const order = (...codes) => codes.map((code) => ({ code }));
        const sorted = inSeenOrder(order("d", "c", "a"), order("a", "b", "c"));
        expect(sorted.map(({ code }) => code)).toEqual(["a", "c", "d"]);
    });
});

test("it begins with the first open question, said as one says it", async () => {
    await openInterview();
    expect(".o_interview_opening").toHaveText("Good morning");
    expect(".o_interview_wording").toHaveText("Tell me the deadline");
    expect(".o_interview_why").toHaveText("Why we ask:To help");
    expect(".o_interview_hint").toHaveText("In one word\ne.g. Tomorrow");
    expect(".o_interview_fields .o_field_widget").toHaveCount(1);
    expect(".o_interview_progress").toHaveAttribute("aria-valuenow", "1");
    expect(".o_interview_call").toHaveAttribute("href", "tel:+33 1 42 68 53 00");
    expect(".o_interview_may").toHaveText("Call: yes");
    expect(".o_interview_back").not.toBeEnabled();
});

test("a number that was refused is no link, and says so", async () => {
    mayCall = { state: "refused", label: "refused 10/03/2026", reasons: [] };
    await openInterview();
    expect(".o_interview_call").toHaveCount(0);
    expect(".o_interview_may").toHaveText("Call: refused 10/03/2026");
});

test.tags("desktop");
test("the list shows what is known and what the next stage needs", async () => {
    await openInterview();
    expect(queryAllTexts(".o_interview_item[data-code]")).toEqual([
        "need\nknown need",
        "deadline\nQualified",
        "source",
    ]);
    expect(".o_interview_item[aria-current=step]").toHaveAttribute("data-code", "deadline");
});

test("an answer is saved once, when going on; without one nothing is saved", async () => {
    await openInterview();
    await answer("deadline").edit("June", { confirm: false });
    await tap("next");
    await waitFor(".o_interview_question[data-code=source]");
    expect.verifySteps([["save", { deadline: "June" }], "interview false"]);
    expect(".o_interview_opening").toHaveCount(0);
    await tap("next");
    await waitFor(".o_interview_summary");
    expect.verifySteps([]);
    await tap("back");
    await waitFor(".o_interview_question[data-code=source]");
    await tap("back");
    await waitFor(".o_interview_question[data-code=deadline]");
    expect(".o_interview_fields input").toHaveValue("June");
});

test.tags("desktop");
test("enter goes on from a line, control and enter from a paragraph", async () => {
    await openInterview();
    expect(".o_interview_fields input").toBeFocused();
    await answer("deadline").edit("June", { confirm: false });
    await press("enter");
    await waitFor(".o_interview_question[data-code=source]");
    expect(".o_interview_fields textarea").toBeFocused();
    await answer("source").edit("Fair", { confirm: false });
    await press("enter");
    await animationFrame();
    expect(".o_interview_question").toHaveAttribute("data-code", "source");
    await press(["control", "enter"]);
    await waitFor(".o_interview_summary");
    expect.verifySteps([
        ["save", { deadline: "June" }],
        "interview false",
        ["save", { source: "Fair\n" }],
        "interview false",
    ]);
});

test("a refused answer stays with the reason, and can be left out", async () => {
    onRpc("crm.lead", "web_save", () => {
        throw makeServerError({ type: "ValidationError", message: "“Deadline” is in the past." });
    });
    await openInterview();
    await answer("deadline").edit("June", { confirm: false });
    await tap("next");
    await waitFor(".o_interview_error");
    expect(".o_interview_error").toHaveText("“Deadline” is in the past.");
    expect(".o_interview_fields input").toHaveValue("June");
    expect(".o_error_dialog").toHaveCount(0);
    await tap("skip");
    await waitFor(".o_interview_question[data-code=source]");
    expect(".o_interview_error").toHaveCount(0);
    await tap("back");
    await waitFor(".o_interview_question[data-code=deadline]");
    expect(".o_interview_fields input").toHaveValue("");
});

test("not known yet is noted with one tap", async () => {
    onRpc("crm.lead", "sheet_set_unknown", ({ args }) => {
        expect.step(["unknown", ...args]);
        states.deadline = "unknown";
        return false;
    });
    await openInterview();
    await tap("unknown");
    await waitFor(".o_interview_question[data-code=source]");
    expect.verifySteps([["unknown", [1], "deadline"], "interview false"]);
});

test("the end sums up, keeps the note and the time, and reads the form again", async () => {
    await openInterview();
    await answer("deadline").edit("June", { confirm: false });
    await tap("next");
    await waitFor(".o_interview_question[data-code=source]");
    await tap("skip");
    await waitFor(".o_interview_summary");
    expect(".o_interview_opening").toHaveText("Thank you");
    expect(".o_interview_answers").toHaveText("deadline\nknown deadline");
    expect(queryAllTexts(".o_interview_again")).toEqual(["source"]);
    await contains(".o_interview_note textarea").edit("They hesitate", { confirm: false });
    await advanceTime(125000);
    expect(".o_interview_clock").toHaveText(/^2:0\d$/);
    expect.verifySteps([["save", { deadline: "June" }], "interview false"]);
    await tap("finish");
    await waitForNone(".o_interview");
    expect.verifySteps(["end", "closed"]);
    const [ids, note, seconds, codes] = ended;
    expect([ids, note, codes]).toEqual([[1], "They hesitate", ["deadline"]]);
    expect(seconds).toBeWithin(125, 130);
});

test("the lead moves to the next stage", async () => {
    onRpc("crm.lead", "web_save", ({ args }) => {
        expect.step(["move", ...args]);
        lead = { ...lead, stage: "Qualified", next_stage: false };
        return true;
    });
    states = { need: "filled", deadline: "filled", source: "filled" };
    await openInterview();
    await tap("next");
    await waitFor(".o_interview_move");
    expect(".o_interview_move").toHaveText("Move to “Qualified”");
    await tap("move");
    await waitForNone(".o_interview_move");
    expect.verifySteps([["move", [1], { stage_id: 2 }], "interview false"]);
});

test("escape asks nothing when all is saved", async () => {
    await openInterview();
    await answer("deadline").edit("June", { confirm: false });
    await press("escape");
    await waitForNone(".o_interview");
    expect.verifySteps([["save", { deadline: "June" }], "interview false", "closed"]);
});

test("a note is not lost without a question", async () => {
    await openInterview();
    states.deadline = states.source = "filled";
    await tap("skip");
    await tap("skip");
    await waitFor(".o_interview_summary");
    await contains(".o_interview_note textarea").edit("They hesitate", { confirm: false });
    await tap("leave");
    await waitFor(".modal .btn:contains(Leave without the note)");
    expect(".o_interview").toHaveCount(1);
    await contains(".modal-footer .btn:contains(Finish)").click();
    await waitForNone(".o_interview");
    expect.verifySteps(["end", "closed"]);
    expect(ended[1]).toBe("They hesitate");
});

test.tags("desktop");
test("another playbook asks other questions", async () => {
    await openInterview();
    await contains("#o_interview_playbook").select("8");
    await animationFrame();
    expect.verifySteps(["interview 8"]);
});

test.tags("mobile");
test("a phone shows one question, the list behind a button, the note on demand", async () => {
    await openInterview();
    expect(".o_interview_list").toHaveCount(0);
    expect(".o_interview_note").toHaveCount(0);
    await tap("show_note");
    await waitFor(".o_interview_note textarea");
    await tap("show_list");
    await waitFor(".o_interview_list");
    expect(".o_interview_question").toHaveCount(0);
    expect(".o_interview_bar").toHaveCount(0);
    await contains(".o_interview_item[data-code=source]").click();
    await waitFor(".o_interview_question[data-code=source]");
});
