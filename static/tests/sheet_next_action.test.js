import { beforeEach, describe, expect, test } from "@odoo/hoot";
import { waitFor } from "@odoo/hoot-dom";
import { animationFrame, mockDate } from "@odoo/hoot-mock";
import { define, mountRecord } from "@crm_customer_sheet/../tests/helpers";
import { contains, fields, mockService, models, onRpc } from "@web/../tests/web_test_helpers";

describe.current.tags("desktop"); // drawn the same on a phone

const next = (state, day, values) => ({ state, day, summary: "Qualification call", ...values });

class Lead extends models.Model {
    name = fields.Char();
    sheet_next_action = fields.Json();

    _records = [
        { id: 1, sheet_next_action: next("planned", "2026-03-03", { activity_id: 7 }) },
        { id: 2, sheet_next_action: next("overdue", "2026-02-27") },
        { id: 3, sheet_next_action: next("overdue", "2026-03-01") },
        { id: 4, sheet_next_action: next("planned", "2026-03-20") },
        { id: 5, sheet_next_action: { state: "none", label: "None" } },
        { id: 6, name: "Won", sheet_next_action: false },
    ];
}

define(Lead);

const BLOCK = "div[name=sheet_next_action]";

beforeEach(() => {
    mockDate("2026-03-02 10:00:00");
    mockService("action", {
        doAction: ({ name, res_id }, { onClose }) => {
            expect.step(`open ${name} ${res_id || ""}`);
            return onClose();
        },
    });
});

const mountForm = (resId) =>
    mountRecord(
        "lead",
        resId,
        `<form><field name="name"/><widget name="sheet_next_action"/></form>`
    );

test("what comes next is said with its day, as one says it", async () => {
    const texts = {
        1: "Next: Qualification call, tomorrow",
        2: "Next: Qualification call, 3 days late",
        3: "Next: Qualification call, late since yesterday",
        4: "Next: Qualification call, 03/20/2026",
    };
    for (const [id, text] of Object.entries(texts)) {
        await mountForm(Number(id));
        await waitFor(`${BLOCK}:last`);
        expect(`${BLOCK}:last`).toHaveText(text);
    }
});

test("a click opens the activity", async () => {
    await mountForm(1);
    await contains(".o_sheet_next").click();
    await animationFrame();
    expect.verifySteps(["open Schedule Activity 7"]);
});

test("where nothing is planned one plans a call", async () => {
    onRpc("lead", "action_sheet_plan_next", ({ args }) => {
        expect.step(args);
        return { type: "ir.actions.act_window", name: "Plan" };
    });
    await mountForm(5);
    await waitFor(BLOCK);
    expect(BLOCK).toHaveText("Nothing planned. Plan a call");
    await contains(".o_sheet_plan_next").click();
    await animationFrame();
    expect.verifySteps([[[5]], "open Plan "]);
});

test("of a lead that is over, and of a new one, nothing is said", async () => {
    for (const id of [6, false]) {
        await mountForm(id);
        await animationFrame();
        expect(BLOCK).toHaveCount(0);
    }
});
