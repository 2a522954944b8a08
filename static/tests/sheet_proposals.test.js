import { beforeEach, describe, expect, test } from "@odoo/hoot";
import { queryAllTexts, waitFor } from "@odoo/hoot-dom";
import { animationFrame } from "@odoo/hoot-mock";
import { define, glance, mountRecord } from "@crm_customer_sheet/../tests/helpers";
import {
    contains,
    fields,
    MockServer,
    mockService,
    models,
    mountView,
    onRpc,
} from "@web/../tests/web_test_helpers";

describe.current.tags("desktop"); // drawn the same on a phone

const row = (values) => ({ said: [], why: "", warnings: [], is_empty: false, ...values });

const CITY = row({
    key: "correction-city",
    kind: "correction",
    about: "city",
    changes: [{ field: "city", label: "City", before: "LYON", after: "Lyon", id: false }],
});
const FORM = row({
    key: "correction-legal_form",
    kind: "correction",
    about: "legal_form",
    changes: [
        { field: "name", label: "Name", before: "Moulin SARL", after: "Moulin", id: false },
        { field: "form_id", label: "Legal form", before: "", after: "SARL", id: 4 },
    ],
});
const answer = (id, label, before, after, values) =>
    row({
        key: `answer-${id}`,
        kind: "answer",
        about: [id],
        changes: [{ field: "city", label, before, after, id: false }],
        said: [{ source: "Form", day: "03/01/2026", by: "Ada", evidence: "https://moulin.fr/1" }],
        is_empty: !before,
        ...values,
    });
const MAIL = answer(12, "E-mail", "ada@moulin.fr", "ada@moulin.com", {
    why: "write to ada@moulin.com",
    warnings: ["Verified on 02/01/2026: with another value it no longer is."],
});
const NEED = answer(13, "Need", "", "Audit");
const DEADLINE = answer(14, "Deadline", "", "12/31/2026");

class LegalForm extends models.Model {
    _name = "legal.form";

    name = fields.Char();

    _records = [{ id: 4, name: "SARL" }];
}

class Customer extends models.Model {
    name = fields.Char();
    city = fields.Char();
    form_id = fields.Many2one({ relation: "legal.form" });
    sheet_proposals = fields.Json();

    _records = [
        { id: 1, name: "Moulin SARL", city: "LYON", sheet_proposals: [FORM, CITY] },
        { id: 2, name: "Atlas", city: "LYON", sheet_proposals: [CITY] },
        { id: 3, name: "Ada", city: "Lyon", sheet_proposals: [] },
        { id: 4, name: "Of somebody who may not see them", sheet_proposals: false },
        { id: 5, name: "Ada", city: "LYON", sheet_proposals: [MAIL, NEED, DEADLINE, CITY] },
    ];
}

define(LegalForm, Customer);

const TOGGLE = ".o_sheet_proposals_toggle";
const proposal = (key, part = "") => `.o_sheet_proposal[data-key=${key}] ${part}`;
const correction = (code, part = "") => proposal(`correction-${code}`, part);

/** What the server would do: write and propose the rest. */
const becomes = (id, sheet_proposals, city) =>
    MockServer.env["customer"].write([id], { sheet_proposals, ...(city ? { city } : {}) });

beforeEach(() => {
    onRpc("customer", "sheet_apply_proposals", ({ args }) => {
        expect.step(["accept", ...args]);
        becomes(1, [FORM], "Lyon");
        return { 1: { city: "LYON" } };
    });
    onRpc("customer", "sheet_undo_proposals", ({ args }) => {
        expect.step(["undo", ...args]);
        becomes(1, [FORM], "LYON");
        return false;
    });
    onRpc("customer", "sheet_keep", ({ args }) => {
        expect.step(["keep", ...args]);
        becomes(1, [FORM], "LYON");
        return false;
    });
    onRpc("customer", "sheet_proposals_accept", ({ args }) => {
        expect.step(["accept answers", ...args]);
        becomes(5, [NEED, DEADLINE, CITY]);
        return { 5: args[1] };
    });
    onRpc("customer", "sheet_proposals_accept_empty", ({ args }) => {
        expect.step(["accept empty", ...args]);
        becomes(5, [MAIL, CITY]);
        return { 5: [13, 14] };
    });
    onRpc("customer", "sheet_proposals_keep", ({ args }) => {
        expect.step(["keep answers", ...args]);
        becomes(5, [NEED, DEADLINE, CITY]);
        return false;
    });
    onRpc("customer", "sheet_proposals_undo", ({ args }) => {
        expect.step(["undo answers", ...args]);
        becomes(5, [MAIL, NEED, DEADLINE, CITY]);
        return false;
    });
    onRpc("customer", "web_save", () => expect.step("save"));
});

const ARCH = (attributes) => `
    <form ${attributes}>
        <field name="name"/>
        <field name="city"/>
        <field name="form_id"/>
        <widget name="sheet_proposals"/>
    </form>`;

const mountForm = (resId, attributes = "") => mountRecord("customer", resId, ARCH(attributes));

const openList = async () => {
    await contains(TOGGLE).click();
    await waitFor(".o_sheet_proposal");
};

test("what is proposed is counted, and shown only when asked for", async () => {
    await mountForm(1);
    expect(TOGGLE).toHaveText("2 suggested corrections");
    expect(TOGGLE).toHaveAttribute("aria-expanded", "false");
    expect(".o_sheet_proposal").toHaveCount(0);
    await openList();
    expect(TOGGLE).toHaveAttribute("aria-expanded", "true");
    expect(queryAllTexts(correction("legal_form", "th"))).toEqual(["Name", "Legal form"]);
    expect(queryAllTexts(correction("legal_form", ".o_sheet_proposal_here"))).toEqual([
        "Moulin SARL",
        "empty",
    ]);
    expect(queryAllTexts(correction("legal_form", ".o_sheet_proposal_after"))).toEqual([
        "Moulin",
        "SARL",
    ]);
    expect(correction("legal_form", ".o_sheet_proposal_accept")).toHaveCount(1);
    await contains(TOGGLE).click();
    expect(".o_sheet_proposal").toHaveCount(0);
});

test("one correction is not counted as several", async () => {
    await mountForm(2);
    expect(TOGGLE).toHaveText("1 suggested correction");
});

test("answers from outside say who said them, when and why", async () => {
    await mountForm(5);
    expect(TOGGLE).toHaveText("3 proposed answers · 1 suggested correction");
    await openList();
    const said = proposal("answer-12", ".o_sheet_proposal_said");
    expect(said).toHaveText(/^Form, 03\/01\/2026, Ada/);
    expect(`${said} q`).toHaveText("write to ada@moulin.com");
    expect(`${said} a`).toHaveAttribute("href", "https://moulin.fr/1");
    expect(`${said} .o_sheet_proposal_warning`).toHaveText(/Verified on/);
    expect(proposal("answer-13", ".o_sheet_proposal_warning")).toHaveCount(0);
    expect(correction("city", ".o_sheet_proposal_said")).toHaveText("Suggested by the checks");
});

test("evidence that is no page is no link", async () => {
    const said = [{ source: "Form", day: "", by: "", evidence: "javascript:alert(1)" }];
    Customer._records[4].sheet_proposals = [answer(12, "E-mail", "", "x", { said })];
    await mountForm(5);
    await openList();
    expect(proposal("answer-12", "a")).toHaveCount(0);
    expect(proposal("answer-12", ".o_sheet_proposal_said")).toHaveText(/javascript:alert/);
});

test("nothing proposed, or no right to see it, shows nothing", async () => {
    for (const resId of [3, 4]) {
        await mountForm(resId);
        expect(".o_sheet_proposals").toHaveCount(0);
    }
});

test("an accepted correction is made on the server and can be undone", async () => {
    await mountForm(1);
    await openList();
    await contains(correction("city", ".o_sheet_proposal_accept")).click();
    await waitFor(".o_notification");
    await glance();
    expect.verifySteps([["accept", [1], "city"]]);
    expect(".o_field_widget[name=city] input").toHaveValue("Lyon");
    expect(TOGGLE).toHaveText("1 suggested correction");
    await contains(".o_notification:contains(Accepted) button:contains(Undo)").click();
    await glance();
    expect.verifySteps([["undo", [1], { city: "LYON" }]]);
    expect(".o_field_widget[name=city] input").toHaveValue("LYON");
    await waitFor(".o_notification:contains(Undone)");
});

test("an accepted answer can be undone", async () => {
    await mountForm(5);
    await openList();
    await contains(proposal("answer-12", ".o_sheet_proposal_accept")).click();
    await glance();
    expect.verifySteps([["accept answers", [5], [12]]]);
    expect(proposal("answer-12")).toHaveCount(0);
    await contains(".o_notification button:contains(Undo)").click();
    await glance();
    expect.verifySteps([["undo answers", [5], [12]]]);
    expect(proposal("answer-12")).toHaveCount(1);
});

test("an undo is about the record that it was offered for", async () => {
    await mountView({
        type: "form",
        resModel: "customer",
        resId: 5,
        resIds: [5, 2],
        arch: ARCH(""),
    });
    await glance();
    await openList();
    await contains(proposal("answer-12", ".o_sheet_proposal_accept")).click();
    await contains(".o_pager_next").click();
    await glance();
    expect.verifySteps([["accept answers", [5], [12]]]);
    await contains(".o_notification button:contains(Undo)").click();
    await glance();
    expect.verifySteps([["undo answers", [5], [12]]]);
});

test("an undo that could not be done says nothing of the kind", async () => {
    Customer._fields.name.required = true;
    await mountForm(5);
    await openList();
    await contains(proposal("answer-12", ".o_sheet_proposal_accept")).click();
    await waitFor(".o_notification button:contains(Undo)");
    await contains(".o_field_widget[name=name] input").edit("");
    await contains(".o_notification button:contains(Undo)").click();
    await animationFrame();
    expect.verifySteps([["accept answers", [5], [12]]]);
    expect(".o_field_widget[name=name]").toHaveClass("o_field_invalid");
    expect(".o_notification:contains(Undone)").toHaveCount(0);
});

test("all empty ones are accepted at once", async () => {
    await mountForm(5);
    await openList();
    await contains(".o_sheet_proposals_empty").click();
    await glance();
    expect.verifySteps([["accept empty", [5]]]);
    expect(proposal("answer-12")).toHaveCount(1);
    expect(".o_sheet_proposals_empty").toHaveCount(0);
    await contains(".o_notification button:contains(Undo)").click();
    expect.verifySteps([["undo answers", [5], [13, 14]]]);
});

test("all corrections are accepted at once", async () => {
    await mountForm(1);
    await openList();
    expect(".o_sheet_proposals_empty").toHaveCount(0);
    await contains(".o_sheet_proposals_corrections").click();
    expect.verifySteps([["accept", [1], false]]);
});

test("one correction needs no button for all", async () => {
    await mountForm(2);
    await openList();
    expect(".o_sheet_proposals_corrections").toHaveCount(0);
});

test("what was typed can be kept", async () => {
    await mountForm(1);
    await openList();
    await contains(correction("city", ".o_sheet_proposal_keep")).click();
    await animationFrame();
    expect.verifySteps([["keep", [1], "city"]]);
    expect(correction("city")).toHaveCount(0);
    expect(".o_field_widget[name=city] input").toHaveValue("LYON");
    expect(".o_notification").toHaveCount(0);
});

test("keeping ones own answer can be taken back", async () => {
    await mountForm(5);
    await openList();
    await contains(proposal("answer-12", ".o_sheet_proposal_keep")).click();
    await glance();
    expect.verifySteps([["keep answers", [5], [12]]]);
    expect(proposal("answer-12")).toHaveCount(0);
    await contains(".o_notification:contains(kept) button:contains(Undo)").click();
    expect.verifySteps([["undo answers", [5], [12]]]);
});

test("edits are saved before a correction is made", async () => {
    await mountForm(1);
    await contains(".o_field_widget[name=name] input").edit("Moulin et fils SARL");
    await openList();
    await contains(correction("city", ".o_sheet_proposal_accept")).click();
    await waitFor(".o_notification");
    expect.verifySteps(["save", ["accept", [1], "city"]]);
});

test("a form that cannot be saved decides nothing", async () => {
    Customer._fields.name.required = true;
    await mountForm(5);
    await contains(".o_field_widget[name=name] input").edit("");
    await openList();
    for (const button of [".o_sheet_proposal_accept", ".o_sheet_proposal_keep"]) {
        await contains(proposal("answer-12", button)).click();
        await animationFrame();
    }
    expect.verifySteps([]);
    expect(".o_field_widget[name=name]").toHaveClass("o_field_invalid");
    expect(".o_notification button:contains(Undo)").toHaveCount(0);
});

test("on a new record a correction only changes the form", async () => {
    Customer._fields.name.default = "Moulin SARL";
    Customer._fields.sheet_proposals.default = [FORM];
    await mountForm(false);
    await openList();
    expect(".o_sheet_proposal_keep").toHaveCount(0);
    await contains(correction("legal_form", ".o_sheet_proposal_accept")).click();
    await animationFrame();
    expect(".o_field_widget[name=name] input").toHaveValue("Moulin");
    expect(".o_field_widget[name=form_id] input").toHaveValue("SARL");
    expect.verifySteps([]);
    expect(".o_notification").toHaveCount(0);
});

test("a form that cannot be edited shows what is proposed without buttons", async () => {
    await mountForm(5, `edit="0"`);
    await openList();
    expect(".o_sheet_proposal").toHaveCount(4);
    expect(".o_sheet_proposal button").toHaveCount(0);
    expect(".o_sheet_proposals_empty").toHaveCount(0);
});

test("all that was ever proposed is one click away", async () => {
    mockService("action", { doAction: (action) => expect.step(action) });
    onRpc("customer", "action_sheet_proposals", () => ({ id: 7 }));
    await mountForm(5);
    await openList();
    await contains(".o_sheet_proposals_history").click();
    expect.verifySteps([{ id: 7 }]);
});
