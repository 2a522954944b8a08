import { expect, test } from "@odoo/hoot";
import { click, queryAllTexts } from "@odoo/hoot-dom";
import { animationFrame } from "@odoo/hoot-mock";
import { define, mountRecord } from "@crm_customer_sheet/../tests/helpers";
import { fields, models } from "@web/../tests/web_test_helpers";

const LINES = [
    { factor: "urgency", label: "Urgency", points: 40, maximum: 60, text: "In 45 days." },
    { factor: "budget", label: "Budget", points: 40, maximum: 40, text: "It is enough." },
];

class Lead extends models.Model {
    sheet_score_lines = fields.Json();

    _records = [
        { id: 1, sheet_score_lines: { total: 80, hot: true, lines: LINES } },
        { id: 2, sheet_score_lines: { total: 12, hot: false, lines: [] } },
        { id: 3, sheet_score_lines: false },
    ];
}

define(Lead);

const mountForm = (resId) =>
    mountRecord("lead", resId, `<form><widget name="sheet_score_lines"/></form>`);

test("the button tells the score and whether the lead is hot", async () => {
    await mountForm(1);
    expect(".o_sheet_score").toHaveText("Score 80 · hot");
    expect(".o_sheet_score .fa-fire").toHaveCount(1);
});

test("a lead that is not hot shows the score alone", async () => {
    await mountForm(2);
    expect(".o_sheet_score").toHaveText("Score 12");
    expect(".o_sheet_score .fa-fire").toHaveCount(0);
});

test("without a score there is no button", async () => {
    await mountForm(3);
    expect(".o_sheet_score").toHaveCount(0);
});

test("the button opens the explanation, line by line, with the total", async () => {
    await mountForm(1);
    await click(".o_sheet_score");
    await animationFrame();
    expect(".o_sheet_score").toHaveAttribute("aria-expanded", "true");
    expect(queryAllTexts(".o_sheet_score_table tbody th")).toEqual([
        "Urgency\nIn 45 days.",
        "Budget\nIt is enough.",
    ]);
    expect(queryAllTexts(".o_sheet_score_table td")).toEqual(["40 / 60", "40 / 40", "80 / 100"]);
});
