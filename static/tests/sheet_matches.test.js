import { beforeEach, describe, expect, test } from "@odoo/hoot";
import { click, edit, press, queryAllTexts, waitFor, waitForNone } from "@odoo/hoot-dom";
import { advanceTime, animationFrame } from "@odoo/hoot-mock";
import { define } from "@crm_customer_sheet/../tests/helpers";
import {
    contains,
    fields,
    mockService,
    models,
    mountView,
    onRpc,
} from "@web/../tests/web_test_helpers";

describe.current.tags("desktop"); // drawn the same on a phone

const reason = (code, label, weight) => ({ code, label, weight });
const match = (values) => ({
    model: "res.partner",
    id: 7,
    name: "Atlas Meca",
    owner: "Nora Haddad",
    stage: "Customer",
    last_activity: "2026-02-03",
    partner_id: false,
    score: 12,
    band: "probable",
    kind: "duplicate",
    reasons: [reason("email.same", "Same e-mail", 9), reason("name.different", "Other name", -4)],
    readable: true,
    ...values,
});
const LEAD = match({ model: "crm.lead", id: 8, name: "Audit", partner_id: 7, band: "possible" });
const HIDDEN = match({ id: false, name: "", readable: false, reasons: [] });

class Contact extends models.Model {
    _name = "customer.contact";

    name = fields.Char();

    _records = [{ id: 7, name: "Atlas Meca" }];
}

class Lead extends models.Model {
    _name = "crm.lead";

    name = fields.Char();
    email_from = fields.Char();
    partner_id = fields.Many2one({ relation: "customer.contact" });

    _records = [
        { id: 1, name: "New line", email_from: "info@atlas.fr" },
        { id: 2, name: "Nobody", email_from: false },
    ];
}

define(Contact, Lead);

let found;

beforeEach(() => {
    found = [match()];
    onRpc("customer.sheet.match.key", "find", ({ args }) => {
        expect.step([args[0].email_from, args[2].id]);
        return found;
    });
    onRpc("customer.sheet.duplicate", "mark_not_duplicate", ({ args }) => {
        expect.step(args);
        found = [];
        return true;
    });
    onRpc("customer.sheet.duplicate", "attach", ({ args }) => {
        expect.step(["attach", ...args]);
        found = [];
        return "Atlas Meca";
    });
    onRpc("crm.lead", "web_save", () => expect.step("save"));
});

const mountLead = (resId, options = "{}") =>
    mountView({
        type: "form",
        resModel: "crm.lead",
        resId,
        resIds: [1, 2],
        arch: `<form>
            <field name="name"/><field name="email_from"/><field name="partner_id"/>
            <widget name="sheet_matches" options="${options}"/>
        </form>`,
    });

const TITLE = ".o_sheet_matches [role=status]";
const action = (code) => `.o_sheet_match button[data-action=${code}]`;
const actions = () => queryAllTexts(".o_sheet_match_actions button");

test("a saved record is looked up once, and says who, how sure and why", async () => {
    await mountLead(1);
    await waitFor(".o_sheet_match");
    expect(TITLE).toHaveText("1 possible match");
    expect(".o_sheet_match_name").toHaveText("Atlas Meca");
    expect(".o_sheet_match_details").toHaveText(/Contact · Customer · Nora Haddad · last activity/);
    expect(".o_sheet_match_band").toHaveText("Probable");
    expect(".o_sheet_match_reasons").toHaveText("(Same e-mail)");
    await advanceTime(1000);
    expect.verifySteps([["info@atlas.fr", 1]]);
});

test("M6: a customer of former times is marked, and only opened", async () => {
    found = [match({ archived: true })];
    await mountLead(1);
    await waitFor(".o_sheet_match");
    expect(".o_sheet_match_details").toHaveText(/^Contact · archived · Customer/);
    expect(".o_sheet_match button[data-action]:first").toHaveAttribute("data-action", "open");
    for (const code of ["use", "attach", "merge"]) {
        expect(action(code)).toHaveCount(0);
    }
    expect.verifySteps([["info@atlas.fr", 1]]);
});

test("nothing is asked of a form that names nobody", async () => {
    await mountLead(2);
    await advanceTime(1000);
    expect(TITLE).toHaveText("");
    expect(".o_sheet_match").toHaveCount(0);
    expect.verifySteps([]);
});

test("it follows what is being typed, without taking the focus", async () => {
    await mountLead();
    await contains("[name=email_from] input").click();
    await edit("zoe@at", { confirm: false });
    await advanceTime(100);
    await edit("zoe@atlas.fr", { confirm: false });
    await advanceTime(299);
    expect.verifySteps([]);
    await advanceTime(1);
    await waitFor(".o_sheet_match");
    expect.verifySteps([["zoe@atlas.fr", false]]);
    expect("[name=email_from] input").toBeFocused();
    await press("Tab");
    await advanceTime(1000);
    expect.verifySteps([]); // the same values: asked already
});

test("two are shown, the others fold out", async () => {
    found = [match(), LEAD, HIDDEN];
    await mountLead(1);
    await waitFor(".o_sheet_match");
    expect(TITLE).toHaveText("3 possible matches");
    expect(".o_sheet_match").toHaveCount(2);
    expect(".o_sheet_matches_more").toHaveAttribute("aria-expanded", "false");
    await contains(".o_sheet_matches_more:contains(1 more)").click();
    expect(".o_sheet_match").toHaveCount(3);
    expect.verifySteps([["info@atlas.fr", 1]]);
});

test("of a record that one may not see only its owner is told", async () => {
    found = [HIDDEN];
    await mountLead(1);
    await waitFor(".o_sheet_match");
    expect(".o_sheet_match_hidden").toHaveText(
        "A contact that you may not see, looked after by Nora Haddad"
    );
    expect(".o_sheet_match button").toHaveCount(0);
    expect(".o_sheet_match_band").toHaveCount(0);
    expect.verifySteps([["info@atlas.fr", 1]]);
});

test("the contact is used", async () => {
    await mountLead();
    await contains("[name=email_from] input").edit("zoe@atlas.fr");
    await advanceTime(300);
    await waitFor(".o_sheet_match");
    expect(actions()).toEqual(["Same customer: attach", "Open", "Use this contact"]);
    found = [];
    await contains(action("use")).click();
    expect("[name=partner_id] input").toHaveValue("Atlas Meca");
    await advanceTime(300);
    await waitForNone(".o_sheet_match");
    expect.verifySteps([
        ["zoe@atlas.fr", false],
        ["zoe@atlas.fr", false],
    ]);
});

test("a quick-create is not left, and Enter on a button is that button's", async () => {
    found = [LEAD];
    await mountLead(undefined, "{'quick': True}");
    await contains("[name=email_from] input").edit("zoe@atlas.fr");
    await advanceTime(300);
    await waitFor(".o_sheet_match");
    expect(actions()).toEqual(["Same customer: attach", "Open"]);
    await contains(action("attach")).focus();
    await press("Enter");
    await animationFrame();
    expect("[name=partner_id] input").toHaveValue("Atlas Meca");
    expect.verifySteps([["zoe@atlas.fr", false]]);
});

test("a lead attached to the customer of another lead is no duplicate of it", async () => {
    found = [LEAD];
    await mountLead(1);
    await waitFor(".o_sheet_match");
    await contains(action("attach")).click();
    await waitForNone(".o_sheet_match");
    const two = [
        { model: "crm.lead", id: 1 },
        { model: "crm.lead", id: 8 },
    ];
    expect.verifySteps([["info@atlas.fr", 1], "save", ["attach", two], ["info@atlas.fr", 1]]);
    expect(".o_notification").toHaveText(/Saved as a new request of Atlas Meca/);
});

test("of two requests of one customer both are kept, before one thinks of merging", async () => {
    found = [{ ...LEAD, partner_id: false, kind: "same_customer" }];
    await mountLead(1);
    await waitFor(".o_sheet_match");
    expect(".o_sheet_match_band").toHaveText("Same customer");
    expect(actions()).toEqual(["Same customer: attach", "Open", "Merge…", "Not a duplicate"]);
    await contains(action("attach")).click();
    await waitForNone(".o_sheet_match");
    const two = [
        { model: "crm.lead", id: 1 },
        { model: "crm.lead", id: 8 },
    ];
    expect.verifySteps([
        ["info@atlas.fr", 1],
        ["attach", two],
        ["info@atlas.fr", 1],
    ]);
});

test("both are shown side by side to be merged", async () => {
    mockService("action", { doAction: ({ params }) => expect.step(params) });
    await mountLead(1);
    await waitFor(".o_sheet_match");
    await contains(action("merge")).click();
    expect.verifySteps([
        ["info@atlas.fr", 1],
        { host: "res.partner", record_ids: [7], lead_ids: [1] },
    ]);
});

test("that it is no duplicate is remembered, with why", async () => {
    await mountLead(1);
    await waitFor(".o_sheet_match");
    await contains(action("refuse")).click();
    await animationFrame();
    expect(".o_sheet_match_why input").toBeFocused();
    await edit("Two brothers", { confirm: false });
    await click(".o_sheet_match_why button[type=submit]");
    await waitForNone(".o_sheet_match");
    expect.verifySteps([
        ["info@atlas.fr", 1],
        [
            [
                { model: "crm.lead", id: 1 },
                { model: "res.partner", id: 7 },
            ],
            "Two brothers",
        ],
        ["info@atlas.fr", 1],
    ]);
});
