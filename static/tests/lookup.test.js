import { beforeEach, describe, expect, test } from "@odoo/hoot";
import { waitFor } from "@odoo/hoot-dom";
import { define, glance, mountRecord } from "@crm_customer_sheet/../tests/helpers";
import { contains, fields, MockServer, models, onRpc } from "@web/../tests/web_test_helpers";

describe.current.tags("desktop"); // drawn the same on a phone

const ON = { company: true, vat: true, closed: "", vat_said: "" };
const STREET = {
    key: "answer-7",
    kind: "answer",
    about: [7],
    changes: [{ field: "name", label: "Street", before: "", after: "12 Rue des Forges" }],
    said: [{ source: "Public register", day: "11/20/2026", by: "Register", evidence: "" }],
    why: "",
    warnings: [],
    is_empty: true,
};

class Customer extends models.Model {
    name = fields.Char();
    vat = fields.Char();
    sheet_proposals = fields.Json();
    sheet_registers = fields.Json();

    _records = [
        { id: 1, name: "Verdon", vat: "FR1", sheet_proposals: [], sheet_registers: ON },
        { id: 2, name: "Off", sheet_proposals: [], sheet_registers: { ...ON, company: false } },
        {
            id: 3,
            name: "Gone",
            sheet_proposals: [],
            sheet_registers: { ...ON, closed: "Closed, said Register." },
        },
    ];
}

define(Customer);

const ARCH = `
    <form>
        <field name="name"/>
        <field name="vat"/>
        <widget name="sheet_lookup" options="{'field': 'name', 'what': 'company'}"/>
        <widget name="sheet_lookup" options="{'field': 'vat', 'what': 'vat'}"/>
        <widget name="sheet_register_warning"/>
    </form>`;
const button = (field) => `.o_sheet_lookup[data-field=${field}]`;
const mountForm = (resId) => mountRecord("customer", resId, ARCH);

beforeEach(() => {
    onRpc("customer", "sheet_lookup", ({ args }) => {
        expect.step(["search", ...args]);
        const found = { register: "france", name: "Ateliers", town: "Castellane", state: "open" };
        const closed = { ...found, name: "Ateliers Nord", town: "Lille", state: "closed" };
        const candidates = [
            { ...found, number: "732829320" },
            { ...closed, number: "552100554" },
        ];
        return { candidates, said: [] };
    });
    onRpc("customer", "sheet_lookup_read", ({ args }) => {
        expect.step(["read", ...args]);
        return { token: "signed", said: [], page: "https://example.org/732829320" };
    });
    onRpc("customer", "sheet_lookup_take", ({ args }) => {
        expect.step(["take", ...args]);
        MockServer.env["customer"].write([1], { sheet_proposals: [STREET] });
        return 1;
    });
    onRpc("customer", "sheet_lookup_later", ({ args }) => {
        expect.step(["later", ...args]);
        return false;
    });
    onRpc("customer", "web_save", () => expect.step("save"));
});

test("there is a button where a register is switched on, and nobody is asked before", async () => {
    await mountForm(1);
    expect(button("name")).toHaveText("Look up");
    expect(button("vat")).toHaveCount(1);
    expect.verifySteps([]);
});

test("without a register, or without a VAT number, there is none", async () => {
    await mountForm(2);
    expect(".o_sheet_lookup").toHaveCount(0);
});

test("who it is comes first, then what the register says, field by field", async () => {
    await mountForm(1);
    await contains(button("name")).click();
    await waitFor(".o_sheet_lookup_candidate");
    expect.verifySteps([["search", [1], "Verdon", false]]);
    expect(".o_sheet_lookup_candidate:eq(0)").toHaveText("Ateliers\nCastellane\n732829320");
    expect(".o_sheet_lookup_candidate:eq(1)").toHaveText("Ateliers Nord\nLille\n552100554\nClosed");
    await contains(".o_sheet_lookup_candidate:eq(0)").click();
    await glance();
    expect.verifySteps([
        ["read", [1], "france", "732829320", false],
        ["take", [1], "signed"],
    ]);
    expect(".o_sheet_lookup_dialog .o_sheet_proposal_after").toHaveText("12 Rue des Forges");
});

test("what has been typed is saved before something is proposed about it", async () => {
    await mountForm(1);
    await contains("[name=name] input").edit("Ateliers", { confirm: false });
    await contains(button("name")).click();
    await waitFor(".o_sheet_lookup_candidate");
    expect.verifySteps([["search", [1], "Ateliers", false]]);
    await contains(".o_sheet_lookup_candidate:eq(0)").click();
    await glance();
    expect.verifySteps([
        ["read", [1], "france", "732829320", false],
        "save",
        ["take", [1], "signed"],
    ]);
});

test("no answer is a sentence, and the VAT number is asked about again", async () => {
    onRpc("customer", "sheet_lookup_vat", () => ({
        token: false,
        said: ["The tax office does not answer."],
        page: "",
        is_open: true,
    }));
    await mountForm(1);
    await contains(button("vat")).click();
    await glance();
    expect(".o_sheet_lookup_answer:eq(0)").toHaveText("The tax office does not answer.");
    expect(".o_sheet_lookup_answer:eq(1)").toHaveText(/asked again in 5 minutes/);
    expect.verifySteps([["later", [1]]]);
});

test("a closed company is a warning", async () => {
    await mountForm(3);
    expect(".o_sheet_register_warning").toHaveText("Closed, said Register.");
});
