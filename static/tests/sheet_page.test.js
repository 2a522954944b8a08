import { beforeEach, expect, test } from "@odoo/hoot";
import { click, edit, queryAllTexts } from "@odoo/hoot-dom";
import { animationFrame } from "@odoo/hoot-mock";
import { define, gap, mountRecord } from "@crm_customer_sheet/../tests/helpers";
import { contains, fields, mockService, models, onRpc } from "@web/../tests/web_test_helpers";

const item = (label, section, now) =>
    gap(label.toLowerCase(), { label, section, section_label: section, now, fields: [] });

const GAPS = {
    score: 60,
    total: 10,
    missing: 2,
    sections: { need: [4, 6], contact: [2, 2] },
    items: [
        item("Budget", "need", true),
        item("Phone", "contact", false),
        item("Deadline", "need", true),
    ],
};

class Customer extends models.Model {
    name = fields.Char();
    need = fields.Char();
    sheet_gaps = fields.Json();

    _records = [
        { id: 1, name: "Salma", need: "Audit", sheet_gaps: GAPS },
        { id: 2, name: "Address", need: false, sheet_gaps: false },
    ];
}

define(Customer);

const mountForm = (body, resId = 1) => mountRecord("customer", resId, `<form>${body}</form>`);

// -- title of a section ------------------------------------------------------

const SECTIONS = `
    <widget name="sheet_section" string="Need" options="{'section': 'need'}"/>
    <widget name="sheet_section" string="Contact details" options="{'section': 'contact'}"/>
    <widget name="sheet_section" string="Other" options="{'section': 'other'}"/>`;

test("a section counts its answers and names what is open now", async () => {
    await mountForm(SECTIONS);
    expect(queryAllTexts(".o_horizontal_separator")).toEqual([
        "Need\n4/6\nTo complete: Budget, Deadline",
        "Contact details\n2/2",
        "Other",
    ]);
    expect(".o_sheet_tally:eq(0)").toHaveAttribute("aria-label", "4 of 6 questions answered");
});

test("a record without a sheet shows plain titles", async () => {
    await mountForm(SECTIONS, 2);
    expect(queryAllTexts(".o_horizontal_separator")).toEqual(["Need", "Contact details", "Other"]);
});

// -- need --------------------------------------------------------------------

const NEED = `<field name="need" widget="sheet_need" options="{'limit': 10}"/>`;

test("the characters left are counted as one types", async () => {
    await mountForm(NEED);
    expect(".o_field_sheet_need small").toHaveText("5 characters left");
    await click(".o_field_sheet_need textarea");
    await edit("An audit");
    await animationFrame();
    expect(".o_field_sheet_need small").toHaveText("2 characters left");
    expect(".o_field_sheet_need small").toHaveClass("o_sheet_quiet");
});

test("a text that is too long says by how much, and is not cut", async () => {
    await mountForm(NEED);
    await click(".o_field_sheet_need textarea");
    await edit("An audit of it");
    await animationFrame();
    expect(".o_field_sheet_need small.text-danger").toHaveText("4 characters too many");
    expect(".o_field_sheet_need textarea").toHaveValue("An audit of it");
});

test("a read-only need has no counter", async () => {
    await mountForm(
        `<field name="need" widget="sheet_need" readonly="1" options="{'limit': 10}"/>`
    );
    expect(".o_field_sheet_need").toHaveText("Audit");
    expect(".o_field_sheet_need small").toHaveCount(0);
});

// -- answers of the company --------------------------------------------------

let known;

beforeEach(() => {
    known = {
        company: [7, "Atlas Meca"],
        answers: [
            { label: "Headcount", value: "100 to 249 employees" },
            { label: "Required standards", value: "ISO 9001, ISO 14001" },
        ],
    };
    onRpc("customer", "sheet_company_answers", ({ args }) => {
        expect.step(`asked for ${args[0]}`);
        return known;
    });
});

test("the answers of the company are read beside those of the person", async () => {
    await mountForm(`<widget name="sheet_company"/>`);
    expect.verifySteps(["asked for 1"]);
    expect(".o_sheet_company h6 span").toHaveText("Company: Atlas Meca");
    expect(queryAllTexts(".o_sheet_company dt")).toEqual(["Headcount", "Required standards"]);
    expect(".o_sheet_company dd:eq(1)").toHaveText("ISO 9001, ISO 14001");
    expect(".o_sheet_company input").toHaveCount(0);
});

test("a company that nothing is known about says so", async () => {
    known.answers = [];
    await mountForm(`<widget name="sheet_company"/>`);
    expect(".o_sheet_company p").toHaveText("Nothing is known about the company yet.");
    expect.verifySteps(["asked for 1"]);
});

test("a person without a company shows nothing", async () => {
    known = false;
    await mountForm(`<widget name="sheet_company"/>`);
    expect(".o_sheet_company").toHaveCount(0);
    expect.verifySteps(["asked for 1"]);
});

test("a new record asks nothing", async () => {
    await mountForm(`<widget name="sheet_company"/>`, false);
    expect(".o_sheet_company").toHaveCount(0);
    expect.verifySteps([]);
});

test("the company opens from its answers", async () => {
    mockService("action", {
        doAction: ({ res_model, res_id }) => expect.step(`opens ${res_model} ${res_id}`),
    });
    await mountForm(`<widget name="sheet_company"/>`);
    await contains(".o_sheet_company button").click();
    expect.verifySteps(["asked for 1", "opens res.partner 7"]);
});

test("typing on the form does not ask again and again", async () => {
    await mountForm(`<field name="name"/><field name="need"/><widget name="sheet_company"/>`);
    await contains(".o_field_widget[name=name] input").edit("Nora");
    await contains(".o_field_widget[name=need] input").edit("Repair");
    expect.verifySteps(["asked for 1"]);
});
