import { beforeEach, expect, test } from "@odoo/hoot";
import { queryAllTexts, waitFor } from "@odoo/hoot-dom";
import { animationFrame } from "@odoo/hoot-mock";
import { define, glance, mountRecord } from "@crm_customer_sheet/../tests/helpers";
import { contains, fields, MockServer, models, onRpc } from "@web/../tests/web_test_helpers";

const CITY = {
    code: "city",
    changes: [{ field: "city", label: "City", before: "LYON", after: "Lyon", id: false }],
};
const FORM = {
    code: "legal_form",
    changes: [
        { field: "name", label: "Name", before: "Moulin SARL", after: "Moulin", id: false },
        { field: "form_id", label: "Legal form", before: "", after: "SARL", id: 4 },
    ],
};

class LegalForm extends models.Model {
    _name = "legal.form";

    name = fields.Char();

    _records = [{ id: 4, name: "SARL" }];
}

class Customer extends models.Model {
    name = fields.Char();
    city = fields.Char();
    form_id = fields.Many2one({ relation: "legal.form" });
    sheet_checks = fields.Json();

    _records = [
        { id: 1, name: "Moulin SARL", city: "LYON", sheet_checks: { proposals: [FORM, CITY] } },
        { id: 2, name: "Atlas", city: "LYON", sheet_checks: { proposals: [CITY] } },
        { id: 3, name: "Ada", city: "Lyon", sheet_checks: { proposals: [] } },
        { id: 4, name: "Of somebody who may not see the checks", sheet_checks: false },
    ];
}

define(LegalForm, Customer);

const TOGGLE = ".o_sheet_proposals_toggle";
const proposal = (code, part = "") => `.o_sheet_proposal[data-code=${code}] ${part}`;

/** What the server would do: write and propose the rest. */
const becomes = (city, proposals) =>
    MockServer.env["customer"].write([1], { city, sheet_checks: { proposals } });

beforeEach(() => {
    onRpc("customer", "sheet_apply_proposals", ({ args }) => {
        expect.step(["accept", ...args]);
        becomes("Lyon", [FORM]);
        return { 1: { city: "LYON" } };
    });
    onRpc("customer", "sheet_undo_proposals", ({ args }) => {
        expect.step(["undo", ...args]);
        becomes("LYON", [FORM]);
        return false;
    });
    onRpc("customer", "sheet_keep", ({ args }) => {
        expect.step(["keep", ...args]);
        becomes("LYON", [FORM]);
        return false;
    });
    onRpc("customer", "web_save", () => expect.step("save"));
});

const mountForm = (resId, attributes = "") =>
    mountRecord(
        "customer",
        resId,
        `
        <form ${attributes}>
            <field name="name"/>
            <field name="city"/>
            <field name="form_id"/>
            <widget name="sheet_proposals"/>
        </form>`
    );

const openList = async () => {
    await contains(TOGGLE).click();
    await waitFor(".o_sheet_proposal");
};

test("the corrections are counted, and shown only when asked for", async () => {
    await mountForm(1);
    expect(TOGGLE).toHaveText("2 suggested corrections");
    expect(TOGGLE).toHaveAttribute("aria-expanded", "false");
    expect(".o_sheet_proposal").toHaveCount(0);
    await openList();
    expect(TOGGLE).toHaveAttribute("aria-expanded", "true");
    expect(queryAllTexts(proposal("legal_form", "span"))).toEqual(["Name", "Legal form"]);
    expect(queryAllTexts(proposal("legal_form", "del"))).toEqual(["Moulin SARL"]);
    expect(queryAllTexts(proposal("legal_form", "ins"))).toEqual(["Moulin", "SARL"]);
    expect(proposal("city", "[aria-label=becomes]")).toHaveCount(1);
    await contains(TOGGLE).click();
    expect(".o_sheet_proposal").toHaveCount(0);
});

test("one correction is not counted as several", async () => {
    await mountForm(2);
    expect(TOGGLE).toHaveText("1 suggested correction");
});

test("what the note of a field suggests is not said twice", async () => {
    const noted = { fields: { city: { suggestion: "Lyon" } }, proposals: [FORM, CITY] };
    Customer._records[0].sheet_checks = noted;
    await mountForm(1);
    await waitFor(TOGGLE);
    expect(TOGGLE).toHaveText("1 suggested correction");
});

test("nothing to correct, or no right to see the checks, shows nothing", async () => {
    for (const resId of [3, 4]) {
        await mountForm(resId);
        expect(".o_sheet_proposals").toHaveCount(0);
    }
});

test("an accepted correction is made on the server and can be undone", async () => {
    await mountForm(1);
    await openList();
    await contains(proposal("city", ".o_sheet_proposal_accept")).click();
    await waitFor(".o_notification");
    await glance();
    expect.verifySteps([["accept", [1], "city"]]);
    expect(".o_field_widget[name=city] input").toHaveValue("Lyon");
    expect(TOGGLE).toHaveText("1 suggested correction");
    expect(".o_notification").toHaveText(/Corrected\./);
    await contains(".o_notification button:contains(Undo)").click();
    await glance();
    expect.verifySteps([["undo", [1], { city: "LYON" }]]);
    expect(".o_field_widget[name=city] input").toHaveValue("LYON");
    await waitFor(".o_notification:contains(As before: City)");
});

test("all corrections are accepted at once", async () => {
    await mountForm(1);
    await openList();
    await contains(".o_sheet_proposal_accept_all").click();
    expect.verifySteps([["accept", [1], false]]);
});

test("one correction needs no button for all", async () => {
    await mountForm(2);
    await openList();
    expect(".o_sheet_proposal_accept_all").toHaveCount(0);
});

test("what was typed can be kept", async () => {
    await mountForm(1);
    await openList();
    await contains(proposal("city", ".o_sheet_proposal_keep")).click();
    await animationFrame();
    expect.verifySteps([["keep", [1], "city"]]);
    expect(proposal("city")).toHaveCount(0);
    expect(".o_field_widget[name=city] input").toHaveValue("LYON");
    expect(".o_notification").toHaveCount(0);
});

test("edits are saved before a correction is made", async () => {
    await mountForm(1);
    await contains(".o_field_widget[name=name] input").edit("Moulin et fils SARL");
    await openList();
    await contains(proposal("city", ".o_sheet_proposal_accept")).click();
    await waitFor(".o_notification");
    expect.verifySteps(["save", ["accept", [1], "city"]]);
});

test("a form that cannot be saved makes no correction", async () => {
    Customer._fields.name.required = true;
    await mountForm(1);
    await contains(".o_field_widget[name=name] input").edit("");
    await openList();
    await contains(proposal("city", ".o_sheet_proposal_accept")).click();
    await animationFrame();
    expect.verifySteps([]);
    expect(".o_field_widget[name=name]").toHaveClass("o_field_invalid");
});

test("on a new record a correction only changes the form", async () => {
    Customer._fields.name.default = "Moulin SARL";
    Customer._fields.sheet_checks.default = { proposals: [FORM] };
    await mountForm(false);
    await openList();
    expect(".o_sheet_proposal_keep").toHaveCount(0);
    await contains(proposal("legal_form", ".o_sheet_proposal_accept")).click();
    await animationFrame();
    expect(".o_field_widget[name=name] input").toHaveValue("Moulin");
    expect(".o_field_widget[name=form_id] input").toHaveValue("SARL");
    expect.verifySteps([]);
    expect(".o_notification").toHaveCount(0);
});

test("a form that cannot be edited shows the corrections without buttons", async () => {
    await mountForm(1, `edit="0"`);
    await openList();
    expect(".o_sheet_proposal").toHaveCount(2);
    expect(".o_sheet_proposal button").toHaveCount(0);
});
