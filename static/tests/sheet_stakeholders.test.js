import { describe, expect, test } from "@odoo/hoot";
import { animationFrame } from "@odoo/hoot-mock";
import { define, mountRecord } from "@crm_customer_sheet/../tests/helpers";
import { contains, fields, models } from "@web/../tests/web_test_helpers";

describe.current.tags("desktop"); // drawn the same on a phone

class Stakeholder extends models.Model {
    name = fields.Char();
    role = fields.Char();

    _records = [{ id: 1, name: "Salma Bennani", role: "Decides" }];
}

class Deal extends models.Model {
    name = fields.Char();
    sheet_decision_maker = fields.Char();
    people_ids = fields.One2many({ relation: "stakeholder" });

    _records = [
        { id: 1, name: "Nobody", people_ids: [] },
        { id: 2, name: "Decider", sheet_decision_maker: "Nora", people_ids: [] },
        { id: 3, name: "Somebody", people_ids: [1] },
    ];
}

define(Stakeholder, Deal);

const EMPTY = ".o_sheet_stakeholders_empty";

const mountForm = (resId, attributes = "") =>
    mountRecord(
        "deal",
        resId,
        `
        <form ${attributes}>
            <field name="sheet_decision_maker"/>
            <field name="people_ids" widget="sheet_stakeholders">
                <list editable="bottom">
                    <field name="name"/>
                    <field name="role"/>
                </list>
            </field>
        </form>`
    );

test("nobody noted yet is an invitation with one button, not an empty table", async () => {
    await mountForm(1);
    expect(EMPTY).toHaveText("No decision maker yet. Who signs?\nAdd a person");
    expect(".o_list_renderer").toHaveCount(0);
});

test("who signs is not asked again once it is known", async () => {
    await mountForm(2);
    expect(`${EMPTY} span`).toHaveText("Nobody else noted yet. Who else has a say?");
});

test("the button begins the first row, where one can type at once", async () => {
    await mountForm(1);
    await contains(`${EMPTY} button`).click();
    await animationFrame();
    expect(EMPTY).toHaveCount(0);
    expect(".o_selected_row [name=name] input").toBeFocused();
    await contains(".o_selected_row [name=name] input").edit("Bob Martin", { confirm: false });
    await contains(".o_form_button_save").click();
    expect(".o_data_row").toHaveText("Bob Martin");
});

test("people are a table", async () => {
    await mountForm(3);
    expect(EMPTY).toHaveCount(0);
    expect(".o_data_row").toHaveCount(1);
});

test("a form that cannot be edited invites without a button", async () => {
    await mountForm(1, `edit="0"`);
    expect(EMPTY).toHaveText("No decision maker yet. Who signs?");
});
