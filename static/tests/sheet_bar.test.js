import { beforeEach, describe, expect, test } from "@odoo/hoot";
import { queryAllTexts } from "@odoo/hoot-dom";
import { define } from "@crm_customer_sheet/../tests/helpers";
import { fields, models, mountView, onRpc } from "@web/../tests/web_test_helpers";

describe.current.tags("desktop"); // drawn the same on a phone

class Customer extends models.Model {
    name = fields.Char();
    score = fields.Integer({ aggregator: "avg" });

    _records = [
        { id: 1, name: "Half known", score: 50 },
        { id: 2, name: "Unknown", score: 0 },
        { id: 3, name: "Without sheet", score: false },
    ];
}

define(Customer);

// The mock server knows no integer without a value.
beforeEach(() => {
    onRpc("customer", "web_search_read", ({ parent }) => {
        const result = parent();
        for (const record of result.records) {
            record.score = record.id === 3 ? false : record.score;
        }
        return result;
    });
});

test("a list shows the score as number and bar, and nothing without a sheet", async () => {
    await mountView({
        type: "list",
        resModel: "customer",
        arch: `<list><field name="name"/><field name="score" widget="sheet_bar"/></list>`,
    });
    expect(queryAllTexts(".o_data_row .o_field_sheet_bar")).toEqual(["50%", "0%", ""]);
    expect(".o_data_row:eq(0) .o_sheet_bar_track > span").toHaveStyle({ width: /./ });
    expect(".o_data_row:eq(2) .o_sheet_bar").toHaveCount(0);
});

test("a group of a list shows its average as a percentage", async () => {
    await mountView({
        type: "list",
        resModel: "customer",
        domain: [["id", "=", 1]],
        groupBy: ["name"],
        arch: `<list><field name="name"/><field name="score" widget="sheet_bar"/></list>`,
    });
    expect(".o_group_header .o_list_number").toHaveText("50%");
});

test("a kanban card shows the bar", async () => {
    await mountView({
        type: "kanban",
        resModel: "customer",
        arch: `
            <kanban>
                <templates>
                    <t t-name="card"><field name="score" widget="sheet_bar"/></t>
                </templates>
            </kanban>`,
    });
    expect(queryAllTexts(".o_kanban_record:not(.o_kanban_ghost)")).toEqual(["50%", "0%", ""]);
});
