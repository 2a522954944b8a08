import { beforeEach, describe, expect, test } from "@odoo/hoot";
import { click, press, queryAllTexts, waitFor } from "@odoo/hoot-dom";
import { animationFrame } from "@odoo/hoot-mock";
import { define, mountRecord } from "@crm_customer_sheet/../tests/helpers";
import { contains, fields, mockService, models, onRpc } from "@web/../tests/web_test_helpers";

describe.current.tags("desktop"); // drawn the same on a phone

const cell = (values) => ({ state: false, allowed: false, reasons: [], ...values });
const NONE = cell({ reasons: ["No consent, and the law asks for it first."], basis: "Consent" });
const GIVEN = cell({
    state: "given",
    words: "Given",
    date: "2026-09-12",
    allowed: true,
    reasons: ["Consent given on 09/12/2026."],
    basis: "Consent",
    method: "Double opt-in",
    strength_words: "Strong (confirmed by the person)",
    notice: "Prospecting notice, version 2 (fr)",
    notice_url: "/customer_sheet/notice/abc",
    expires: "2029-09-12",
});
const REFUSED = cell({
    state: "refused",
    words: "Refused",
    date: "10/03/2026",
    reasons: ["Refused on 10/03/2026."],
});
const INTEREST = cell({
    allowed: true,
    basis: "Legitimate interest",
    reasons: ["Legitimate interest, no objection so far."],
});
const CONTRACT = { ...INTEREST, basis: "Contract", requirement: "free" };

const CHANNELS = [
    ["email", "E-mail"],
    ["phone", "Phone"],
    ["post", "Post"],
];
const line = (purpose, label, email, phone, post) => ({
    purpose,
    label,
    cells: { email, phone, post },
});
const WARNING = "No decision on prospecting is known: ask before you call.";

class Customer extends models.Model {
    name = fields.Char();
    email = fields.Char({ default: "ada@example.com" });
    phone = fields.Char({ default: "06 12 34 56 78" });
    sheet_consents = fields.Json({ readonly: true }); // as computed fields are

    _records = [
        {
            id: 1,
            name: "Ada",
            sheet_consents: {
                channels: CHANNELS,
                may: {
                    email: { state: "yes", label: "yes", reasons: GIVEN.reasons },
                    phone: {
                        state: "refused",
                        label: "refused 10/03/2026",
                        reasons: REFUSED.reasons,
                    },
                },
                lines: [
                    line("prospecting", "Prospecting", GIVEN, REFUSED, INTEREST),
                    line("newsletter", "Newsletter", NONE, NONE, NONE),
                    line("events", "Events", NONE, NONE, INTEREST),
                ],
                warning: false,
                precontract: [
                    {
                        date: "09/12/2026",
                        what: "Cost of the credit",
                        method: "Face to face",
                        by: "Sofia Martin",
                        document: "offer.pdf",
                    },
                ],
                can_prove: true,
                can_ask: true,
            },
        },
        {
            id: 2,
            name: "Nobody asked her",
            sheet_consents: {
                channels: CHANNELS,
                may: {
                    email: { state: "ask", label: "ask first", reasons: NONE.reasons },
                    phone: { state: "ask", label: "ask first", reasons: NONE.reasons },
                },
                lines: [line("prospecting", "Prospecting", NONE, NONE, NONE)],
                warning: WARNING,
                precontract: [],
                can_prove: false,
            },
        },
        {
            id: 4,
            name: "A company nobody asked",
            sheet_consents: {
                channels: CHANNELS,
                lines: [line("prospecting", "Prospecting", INTEREST, CONTRACT, INTEREST)],
                warning: false,
                precontract: false,
                can_prove: false,
            },
        },
        { id: 3, name: "Of somebody who may not see it", sheet_consents: false },
    ];
}

define(Customer);

const CELL = (purpose, channel) => `[data-cell="${purpose},${channel}"]`;
const CARD = ".o_consent_card";

beforeEach(() => {
    for (const method of ["record", "request", "proof", "informed"]) {
        onRpc("customer", `action_sheet_consent_${method}`, ({ args }) => {
            expect.step([method, ...args]);
            return { type: "ir.actions.act_window", name: method };
        });
    }
    mockService("action", {
        doAction: ({ name }, { onClose }) => {
            expect.step(`open ${name}`);
            return onClose();
        },
    });
});

const mountForm = (resId, attributes = "") =>
    mountRecord(
        "customer",
        resId,
        `
        <form ${attributes}>
            <field name="name"/>
            <div>
                <field name="email" widget="email"/>
                <div class="o_sheet_point">
                    <widget name="sheet_consent_mark"
                        options="{'channel': 'email', 'field': 'email'}"/>
                </div>
            </div>
            <div>
                <field name="phone" widget="phone"/>
                <div class="o_sheet_point">
                    <widget name="sheet_consent_mark"
                        options="{'channel': 'phone', 'field': 'phone'}"/>
                </div>
            </div>
            <widget name="sheet_consents"/>
            <widget name="sheet_consent_informed"/>
        </form>`
    );

test("each cell says in words and with a mark what was decided and when", async () => {
    await mountForm(1);
    expect(queryAllTexts("[data-purpose=prospecting] .o_consent_words")).toEqual([
        "Given",
        "Refused",
        "Legitimate interest",
    ]);
    expect(queryAllTexts(".o_consent_date")).toEqual(["09/12/2026", "10/03/2026"]);
    expect(`${CELL("prospecting", "email")} .fa-check`).toHaveCount(1);
    expect(`${CELL("prospecting", "phone")} .fa-ban`).toHaveCount(1);
    expect(`${CELL("prospecting", "post")} .fa-check`).toHaveCount(1);
    expect(CELL("prospecting", "phone")).toHaveAttribute(
        "aria-label",
        "Prospecting: Phone, Refused 10/03/2026, not allowed"
    );
});

test("purposes without any decision are one line, which unfolds them", async () => {
    await mountForm(1);
    expect("tbody tr").toHaveCount(1);
    expect(".o_consent_folded").toHaveText("No decision yet: Newsletter, Events");
    await contains(".o_consent_unfold").click();
    expect("tbody tr").toHaveCount(3);
    expect(".o_consent_folded").toHaveCount(0);
    expect(queryAllTexts("[data-purpose=newsletter] .o_consent_words")[0]).toBe("no decision");
});

test("who has no e-mail address is not asked by e-mail", async () => {
    await mountForm(2);
    expect(".o_consent_record").toHaveCount(1);
    expect(".o_consent_request").toHaveCount(0);
});

test("nobody was asked: it is said plainly, and leads to the dialog", async () => {
    await mountForm(2);
    expect(".o_consent_warning").toHaveText(new RegExp(WARNING));
    await contains(".o_consent_warning_record").click();
    expect.verifySteps([["record", [2], "prospecting", false, false], "open record"]);
});

test("an empty table is an invitation", async () => {
    await mountForm(4);
    expect(".o_consent_warning").toHaveCount(0);
    expect(".o_consent_empty").toHaveCount(1);
});

test("where decisions are known there is no invitation", async () => {
    await mountForm(1);
    expect(".o_consent_warning").toHaveCount(0);
    expect(".o_consent_empty").toHaveCount(0);
});

test("who may not see the consents sees nothing of them", async () => {
    await mountForm(3);
    expect(".o_consent_block").toHaveCount(0);
    expect(".o_consent_mark").toHaveCount(0);
});

test("a cell explains why one may contact, on what notice and evidence", async () => {
    await mountForm(1);
    await contains(CELL("prospecting", "email")).click();
    await waitFor(CARD);
    expect(CELL("prospecting", "email")).toHaveAttribute("aria-expanded", "true");
    expect(queryAllTexts(".o_consent_reasons li")).toEqual(["Consent given on 09/12/2026."]);
    expect(".o_consent_verdict").toHaveText(/Yes, you may\./);
    expect(queryAllTexts(".o_consent_facts dt")).toEqual([
        "Legal basis",
        "Obtained",
        "Evidence",
        "Valid until",
        "Notice",
    ]);
    expect(queryAllTexts(".o_consent_facts dd")).toEqual([
        "Consent",
        "Double opt-in",
        "Strong (confirmed by the person)",
        "09/12/2029",
        "Prospecting notice, version 2 (fr)",
    ]);
    expect(".o_consent_facts a").toHaveAttribute("href", "/customer_sheet/notice/abc");
});

test("a refusal says no, with the reason", async () => {
    await mountForm(1);
    await contains(CELL("prospecting", "phone")).click();
    await waitFor(CARD);
    expect(".o_consent_verdict").toHaveText(/No, not now\./);
    expect(queryAllTexts(".o_consent_reasons li")).toEqual(["Refused on 10/03/2026."]);
});

test("the answer that is clicked, and only that, is handed to the dialog", async () => {
    await mountForm(1);
    await contains(CELL("prospecting", "phone")).click();
    await contains(".o_consent_answer[data-state=given]").click();
    await animationFrame();
    expect.verifySteps([["record", [1], "prospecting", "phone", "given"], "open record"]);
    expect(CARD).toHaveCount(0);
    expect(".o_consent_block > [role=status]").toHaveText("The consents are up to date.");
});

test("a consent can be withdrawn, anything else objected to", async () => {
    await mountForm(1);
    await contains(CELL("prospecting", "email")).click();
    await waitFor(CARD);
    expect(queryAllTexts(".o_consent_answer")).toEqual(["Given", "Refused", "Withdrawn"]);
    await press("Escape");
    await animationFrame();
    await contains(CELL("prospecting", "post")).click();
    await waitFor(CARD);
    expect(queryAllTexts(".o_consent_answer")).toEqual(["Given", "Refused", "Objection"]);
});

test("where no consent is needed there is no answer to note", async () => {
    await mountForm(4);
    await contains(CELL("prospecting", "phone")).click();
    await waitFor(CARD);
    expect(".o_consent_answer").toHaveCount(0);
});

test("the focus goes into the card and back to its cell", async () => {
    await mountForm(1);
    await contains(CELL("prospecting", "email")).focus();
    await press("Enter");
    await waitFor(CARD);
    expect(CARD).toBeFocused();
    await press("Escape");
    await animationFrame();
    expect(CARD).toHaveCount(0);
    expect(CELL("prospecting", "email")).toBeFocused();
    expect(CELL("prospecting", "email")).toHaveAttribute("aria-expanded", "false");
});

test("the general button fills nothing in", async () => {
    await mountForm(1);
    await contains(".o_consent_record").click();
    await contains(".o_consent_request").click();
    await contains(".o_consent_proof").click();
    await animationFrame();
    expect.verifySteps([
        ["record", [1], false, false, false],
        "open record",
        ["request", [1]],
        "open request",
        ["proof", [1]],
        "open proof",
    ]);
});

test("only who may prove sees the proof", async () => {
    await mountForm(2);
    expect(".o_consent_proof").toHaveCount(0);
    expect(".o_consent_history_open").toHaveCount(1);
});

test("edits are saved before a decision is noted", async () => {
    onRpc("customer", "web_save", () => expect.step("save"));
    await mountForm(1);
    await contains(".o_field_widget[name=name] input").edit("Ada Lovelace");
    await contains(".o_consent_record").click();
    await animationFrame();
    expect.verifySteps(["save", ["record", [1], false, false, false], "open record"]);
});

test("a form that cannot be edited only shows", async () => {
    await mountForm(2, `edit="0"`);
    expect(".o_consent_record").toHaveCount(0);
    expect(".o_consent_informed_record").toHaveCount(0);
    await contains(CELL("prospecting", "email")).click();
    await waitFor(CARD);
    expect(".o_consent_answer").toHaveCount(0);
});

test("the privacy officer notes what came by letter, also on a sheet of others", async () => {
    await mountForm(1, `edit="0"`);
    expect(".o_consent_record").toHaveCount(1);
    expect(".o_consent_informed_record").toHaveCount(1);
    await contains(CELL("prospecting", "email")).click();
    await waitFor(CARD);
    expect(".o_consent_answer").toHaveCount(3);
});

const EVENT = {
    hash: "$1$abc",
    date: "09/12/2026",
    recorded: "09/14/2026 10:00",
    purpose: "Prospecting",
    channel: "E-mail",
    state: "given",
    words: "Given",
    method: "Phone",
    by: "Sofia Martin",
    label: "May I write to you?",
    trace: false,
};

test("the history tells who noted what, without a trace for most", async () => {
    onRpc("customer", "sheet_consent_history", () => [EVENT]);
    await mountForm(1);
    await contains(".o_consent_history_open").click();
    await waitFor(".o_consent_event");
    expect(".o_consent_event").toHaveText(/Given/);
    expect(".o_consent_event").toHaveText(/Phone · Sofia Martin/);
    expect(".o_consent_event").toHaveText(/noted on 09\/14\/2026 10:00/);
    expect(".o_consent_label").toHaveText("May I write to you?");
    expect(".o_consent_trace").toHaveCount(0);
});

test("the trace of an event is a list of what is known, with its document", async () => {
    const trace = { ip: "203.0.113.0", evidence_id: 7, other: "not shown" };
    onRpc("customer", "sheet_consent_history", () => [{ ...EVENT, trace }]);
    await mountForm(1);
    await contains(".o_consent_history_open").click();
    await contains(".o_consent_trace summary").click();
    expect(queryAllTexts(".o_consent_trace dt")).toEqual(["IP address", "File", "Hash"]);
    expect(".o_consent_trace a").toHaveAttribute("href", "/web/content/7?download=1");
});

test("an empty history is an invitation", async () => {
    onRpc("customer", "sheet_consent_history", () => []);
    await mountForm(2);
    await contains(".o_consent_history_open").click();
    await waitFor(".o_consent_history_empty");
    expect(".o_consent_event").toHaveCount(0);
});

const MARK = (channel) => `.o_consent_mark[data-channel=${channel}]`;

test("whether one may is said in words beside each contact point", async () => {
    await mountForm(1);
    await waitFor(MARK("email"));
    expect(MARK("email")).toHaveText("Write: yes");
    expect(MARK("phone")).toHaveText("Call: refused 10/03/2026");
    expect(MARK("phone")).toHaveAttribute("title", "May I call them for prospecting?");
});

test("where the law asks for consent one asks first", async () => {
    await mountForm(2);
    await waitFor(MARK("phone"));
    expect(MARK("phone")).toHaveText("Call: ask first");
});

test("what is not there may not be called, and says nothing", async () => {
    Customer._records[0].phone = false;
    await mountForm(1);
    await waitFor(MARK("email"));
    expect(MARK("phone")).toHaveCount(0);
});

const LINK = "a[href^='tel:']:visible";

test("a refused number is no link, until one calls about something else", async () => {
    await mountForm(1);
    await waitFor(MARK("phone"));
    await click(".o_field_phone input"); // stock shows the link of the field that one is in
    await animationFrame();
    expect(LINK).toHaveCount(0);
    expect(".o_field_phone input").toHaveValue("06 12 34 56 78");
    await contains(MARK("phone")).click();
    await waitFor(CARD);
    expect(".o_consent_reasons").toHaveText("Refused on 10/03/2026.");
    await contains(".o_consent_other button").click();
    await click(".o_field_phone input"); // stock shows the link of the field that one is in
    await animationFrame();
    expect(LINK).toHaveCount(1);
    expect(CARD).toHaveCount(0);
});

test("on a form that cannot be edited a refused number is text", async () => {
    await mountForm(1, `edit="0"`);
    await waitFor(MARK("phone"));
    expect(LINK).toHaveCount(0);
    expect(".o_consent_may:eq(1)").toHaveText(/06 12 34 56 78/);
});

test("the words lead to the history, and to the note of an answer", async () => {
    onRpc("customer", "sheet_consent_history", () => [EVENT]);
    await mountForm(1);
    await contains(MARK("phone")).click();
    await contains(".o_consent_card_history").click();
    await waitFor(".o_consent_event");
    await contains(".modal :is(.btn-close, .oi-arrow-left)").click();
    await contains(MARK("phone")).click();
    await contains(".o_consent_answer[data-state=given]").click();
    await animationFrame();
    expect.verifySteps([["record", [1], "prospecting", "phone", "given"], "open record"]);
});

test("what was told before the contract is listed with its document", async () => {
    await mountForm(1);
    expect(".o_consent_informed_row").toHaveCount(1);
    expect(".o_consent_informed_row").toHaveText(/Cost of the credit/);
    expect(".o_consent_informed_row").toHaveText(/offer\.pdf/);
    await contains(".o_consent_informed_record").click();
    await animationFrame();
    expect.verifySteps([["informed", [1]], "open informed"]);
});

test("nothing told yet is an invitation", async () => {
    await mountForm(2);
    expect(".o_consent_informed_empty").toHaveCount(1);
});
