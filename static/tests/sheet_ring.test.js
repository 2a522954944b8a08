import { beforeEach, expect, test } from "@odoo/hoot";
import { click, edit, press, queryAllTexts, queryRect, waitFor, waitForNone } from "@odoo/hoot-dom";
import { advanceTime, animationFrame, Deferred, mockDate } from "@odoo/hoot-mock";
import { define, gap, glance, mountRecord } from "@crm_customer_sheet/../tests/helpers";
import { contains, fields, MockServer, models, onRpc } from "@web/../tests/web_test_helpers";

const EMAIL = gap("email", {
    label: "E-mail",
    state: "placeholder",
    value: "test@test.fr",
    stage: "Qualified",
});
const CITY = gap("city", { label: "City", example: "Lyon" });
const VAT = gap("vat", { label: "VAT", section: "need", section_label: "Need" });
const BUDGET = gap("budget", { label: "Budget", now: false, stage: "Proposition" });
const GONE = gap("gone", { label: "Removed field" });
const PHONE = gap("phone", { label: "Phone", state: "doubtful", reason: "Too short" });
const SOURCE = gap("source", { label: "Source", state: "stale" });

const missingOf = (items) => items.filter(({ now }) => now).map(({ code }) => code);

const gaps = (items, flags, values) => ({
    answered: 10 - missingOf(items).length,
    asked: 10,
    more: false,
    items,
    flags,
    ...values,
});

const NEED = gap("need", { label: "Need", now: false, stage: "Qualified" });
const BOSS = gap("boss", { label: "Decision maker", now: false, stage: "Qualified" });
const MONEY = gap("money", { label: "Budget", now: false, stage: "Qualified" });
const MAIL = gap("mail", { label: "Mailing", now: false, stage: "Qualified" });

const criterion = (label, items, values) => ({
    criterion: label,
    needed: 1,
    is_confirmed: false,
    items,
    ...values,
});

/** A record as the server has it: what is stored, and what is told after the paint. */
const row = (id, name, score, items, flags, values) => ({
    id,
    name,
    sheet_completeness: score,
    sheet_missing: missingOf(items),
    sheet_gaps: gaps(items, flags, values),
});

const GATE = {
    stage: "Qualified",
    is_behind: false,
    still: 3,
    missing: [
        criterion("Need", [NEED]),
        criterion("Contact", [EMAIL]),
        criterion("Authority or Budget", [BOSS, MONEY]),
    ],
};

let answers;

class Customer extends models.Model {
    name = fields.Char();
    email = fields.Char();
    city = fields.Char();
    vat = fields.Char();
    sheet_completeness = fields.Integer();
    sheet_missing = fields.Json();
    sheet_gaps = fields.Json();

    _records = [
        row(1, "Atlas", 60, [EMAIL, CITY, VAT, GONE, BUDGET]),
        row(2, "Known", 100, []),
        { id: 3, name: "Address", sheet_gaps: false },
        row(4, "Old", 90, [CITY], [PHONE, SOURCE]),
        row(5, "Gated", 60, [EMAIL, CITY, NEED, BOSS, MONEY, MAIL], [], {
            more: { count: 5, stage: "Qualified" },
            gates: [GATE],
        }),
    ];
}

define(Customer);

beforeEach(() => {
    mockDate("2026-03-02 10:00:00");
    answers = {};
    onRpc("customer", "sheet_answers", () => answers);
});

const mountForm = (resId) =>
    mountRecord(
        "customer",
        resId,
        `
        <form>
            <sheet>
                <field name="sheet_completeness" widget="sheet_ring"/>
                <field name="sheet_missing" invisible="1"/>
                <field name="name"/>
                <field name="email" invisible="1"/>
                <notebook>
                    <page name="first" string="First"><field name="email"/></page>
                    <page string="Second"><field name="city"/><field name="vat"/></page>
                </notebook>
            </sheet>
        </form>`
    );

const openRing = async () => {
    await contains(".o_sheet_ring button").click();
    await waitFor(".o_sheet_gap_list");
};

const COUNT = ".o_sheet_ring_count";

test("the ring tells how many of the questions that count are answered", async () => {
    await mountForm(1);
    expect(COUNT).toHaveText("6 of 10");
    expect(".o_sheet_ring_status").toHaveText("4 to complete");
    expect(".o_sheet_ring button").toHaveAttribute("aria-expanded", "false");
});

test("the arc is there with the form, the count takes no more room when it comes", async () => {
    const answer = new Deferred();
    onRpc("customer", "sheet_glance", () => answer);
    await mountForm(1);
    expect(".o_sheet_ring_arc").toHaveCount(1);
    expect(".o_sheet_ring_status").toHaveText("4 to complete");
    expect(COUNT).toHaveText("");
    const { width } = queryRect(".o_sheet_ring button");
    answer.resolve({ sheet_gaps: gaps([EMAIL, CITY, VAT, GONE, BUDGET]) });
    await waitFor(`${COUNT}:contains(6 of 10)`);
    expect(queryRect(".o_sheet_ring button").width).toBe(width);
});

test("no sheet, no ring", async () => {
    onRpc("customer", "web_read", async ({ parent }) => {
        const [values] = await parent();
        return [{ ...values, sheet_completeness: false }];
    });
    await mountForm(3);
    expect(".o_sheet_ring button").toHaveCount(0);
});

test("a complete sheet says so", async () => {
    await mountForm(2);
    await waitFor(`${COUNT}:contains(10 of 10)`);
    expect(".o_sheet_ring_status").toHaveText("Complete");
    await openRing();
    expect(".o_sheet_gap_complete").toHaveText("Complete. Nothing is missing for now.");
});

test("the list groups what counts now by section and what comes next by stage", async () => {
    await mountForm(1);
    await openRing();
    expect(".o_sheet_ring button").toHaveAttribute("aria-expanded", "true");
    expect(queryAllTexts(".o_sheet_gap_group h3")).toEqual([
        "CONTACT",
        "NEED",
        "WANTED FROM “PROPOSITION” ON",
    ]);
    expect(".o_sheet_gap_count").toHaveText("6 of 10 answered.");
    expect(".o_sheet_gap[data-code=email] .o_sheet_gap_goto").toHaveText(
        "E-mail\n“test@test.fr” looks like filler"
    );
    expect(".o_sheet_gap[data-code=city] .o_sheet_gap_goto").toHaveText("City\ne.g. Lyon");
});

test("what the gate asks for stands apart from what is only wanted, each once", async () => {
    await mountForm(5);
    await openRing();
    expect(".o_sheet_gap_count").toHaveText("8 of 10 answered. 5 more count from “Qualified” on.");
    expect(queryAllTexts(".o_sheet_gap_group h3")).toEqual([
        "TO ENTER “QUALIFIED”",
        "CONTACT",
        "WANTED FROM “QUALIFIED” ON",
    ]);
    expect(queryAllTexts(".o_sheet_gap_gate .o_sheet_gap_goto")).toEqual([
        "Need",
        "E-mail\nContact · “test@test.fr” looks like filler",
        "Decision maker",
        "Budget",
    ]);
    expect(queryAllTexts(".o_sheet_gap_criterion")).toEqual([
        "Authority or Budget · one of the two is enough",
    ]);
    expect(queryAllTexts(".o_sheet_gap_group:not(.o_sheet_gap_gate) .o_sheet_gap_goto")).toEqual([
        "City\ne.g. Lyon",
        "Mailing",
    ]);
});

test("what is not known yet stays where the gate asks for it", async () => {
    answers = { need: { state: "unknown", reason: "They will call", reask_date: false } };
    await mountForm(5);
    await openRing();
    expect(".o_sheet_gap_gate [data-code=need] .o_sheet_gap_goto").toHaveText(
        "Need\nNot known yet, which does not pass the gate · They will call"
    );
    expect(".o_sheet_gap_gate [data-code=need] .o_sheet_gap_ask_again").toHaveCount(1);
});

test("escape closes the list and gives the focus back", async () => {
    await mountForm(1);
    await openRing();
    await press("escape");
    await animationFrame();
    expect(".o_sheet_gap_list").toHaveCount(0);
    expect(".o_sheet_ring button").toBeFocused();
    expect(".o_sheet_ring button").toHaveAttribute("aria-expanded", "false");
});

test("a click on an item opens its page, focuses and highlights its field", async () => {
    await mountForm(1);
    await openRing();
    await click(".o_sheet_gap[data-code=city] .o_sheet_gap_goto");
    await waitFor(".o_field_widget[name=city].o_sheet_highlight");
    expect(".o_notebook_headers .nav-link.active").toHaveText("Second");
    expect(".o_field_widget[name=city] input").toBeFocused();
    expect(".o_sheet_gap_list").toHaveCount(0);
    await advanceTime(2000);
    await waitForNone(".o_sheet_highlight");
});

test("an invisible field is passed over for the one that shows", async () => {
    await mountForm(1);
    await openRing();
    await click(".o_sheet_gap[data-code=email] .o_sheet_gap_goto");
    await waitFor(".o_sheet_highlight");
    expect(".o_field_widget[name=email] input").toBeFocused();
});

test("an item without a field on the form says which", async () => {
    await mountForm(1);
    await openRing();
    await click(".o_sheet_gap[data-code=gone] .o_sheet_gap_goto");
    await waitFor(".o_notification");
    expect(".o_notification_content").toHaveText(
        "“Removed field” has no field on this form, so it cannot be filled in here."
    );
});

test("the ring follows edits and announces the new count", async () => {
    await mountForm(1);
    await waitFor(`${COUNT}:contains(6 of 10)`);
    expect(".o_sheet_ring [role=status]").toHaveText("");
    onRpc("customer", "sheet_glance", ({ args }) => {
        expect.step(args);
        return { sheet_gaps: gaps([CITY]) };
    });
    await contains(".o_field_widget[name=name] input").edit("Atlas Meca");
    await glance();
    await waitFor(`${COUNT}:contains(9 of 10)`);
    expect.verifySteps([[[1], { name: "Atlas Meca" }]]);
    expect(".o_sheet_ring [role=status]").toHaveText(/^9 of 10 answered/);
});

test("not known yet: reason and date go to the server, the row changes group", async () => {
    onRpc("customer", "sheet_set_unknown", ({ args }) => {
        expect.step(args);
        answers.vat = {
            state: "unknown",
            reason: args[2],
            reask_date: args[3],
            author: "Mitchell",
            date: "2026-03-02",
        };
        return false;
    });
    await mountForm(1);
    await openRing();
    await click(".o_sheet_gap[data-code=vat] .o_sheet_gap_unknown");
    await waitFor(".o_sheet_unknown_form");
    expect(".o_sheet_unknown_form input:eq(0)").toBeFocused();
    await edit("They ask their accountant");
    await click(".o_sheet_unknown_form button[type=submit]");
    await waitFor(".o_sheet_gap[data-code=vat] .o_sheet_gap_ask_again");
    expect.verifySteps([[[1], "vat", "They ask their accountant", "2026-03-16"]]);
    expect(".o_sheet_gap[data-code=vat] .o_sheet_gap_goto").toHaveText(
        "VAT\nThey ask their accountant · Ask again on 03/16/2026 · Noted by Mitchell"
    );
    expect(".o_sheet_gap_list").toBeFocused();
});

test("ask again clears the mark", async () => {
    answers = { vat: { state: "unknown", reason: "", reask_date: false, author: "" } };
    onRpc("customer", "sheet_clear_unknown", ({ args }) => {
        expect.step(args);
        answers = {};
        return false;
    });
    await mountForm(1);
    await openRing();
    await click(".o_sheet_gap[data-code=vat] .o_sheet_gap_ask_again");
    await waitFor(".o_sheet_gap[data-code=vat] .o_sheet_gap_unknown");
    expect.verifySteps([[[1], "vat"]]);
});

test("a value that looks like filler can be confirmed, after saving the edits", async () => {
    onRpc("customer", "web_save", () => expect.step("save"));
    onRpc("customer", "sheet_confirm_value", ({ args }) => {
        expect.step(args);
        return false;
    });
    await mountForm(1);
    await contains(".o_field_widget[name=name] input").edit("Atlas Meca");
    await openRing();
    await click(".o_sheet_gap[data-code=email] .o_sheet_gap_confirm");
    await animationFrame();
    await animationFrame();
    expect.verifySteps(["save", [[1], "email"]]);
});

test("doubtful and old answers are to be checked again, and do not count as missing", async () => {
    await mountForm(4);
    expect(".o_sheet_ring_status").toHaveText("1 to complete");
    await openRing();
    expect(queryAllTexts(".o_sheet_gap_group h3")).toEqual(["CONTACT", "TO CHECK AGAIN"]);
    expect(queryAllTexts(".o_sheet_gap_group:eq(1) .o_sheet_gap_goto")).toEqual([
        "Phone\nToo short",
        "Source\nAsked long ago: is it still right?",
    ]);
    expect(".o_sheet_gap_group:eq(1) .o_sheet_gap_unknown").toHaveCount(0);
    expect(".o_sheet_gap[data-code=phone] .o_sheet_gap_still_right").toHaveCount(0);
});

test("an old answer that is still right is no longer to be checked", async () => {
    onRpc("customer", "sheet_still_right", ({ args }) => {
        expect.step(args);
        MockServer.env["customer"].write([4], { sheet_gaps: gaps([CITY], [PHONE]) });
        return false;
    });
    await mountForm(4);
    await openRing();
    await click(".o_sheet_gap[data-code=source] .o_sheet_gap_still_right");
    await glance();
    expect(".o_sheet_gap[data-code=source]").toHaveCount(0);
    expect.verifySteps([[[4], "source"]]);
    expect(".o_sheet_gap[data-code=phone]").toHaveCount(1);
});

test("an unsaved record offers no marks", async () => {
    Customer._fields.sheet_gaps.default = gaps([CITY]);
    await mountForm();
    await openRing();
    expect(".o_sheet_gap_goto").toHaveCount(1);
    expect(".o_sheet_gap_unknown").toHaveCount(0);
});

test.tags("mobile");
test("a phone shows the list as a full screen dialog", async () => {
    await mountForm(1);
    await openRing();
    expect(".modal.o_modal_full .o_sheet_gap_list").toHaveCount(1);
    expect(".modal-title").toHaveText("To complete");
    await click(".o_sheet_gap[data-code=city] .o_sheet_gap_goto");
    await waitFor(".o_field_widget[name=city].o_sheet_highlight");
    expect(".o_field_widget[name=city] input").toBeFocused();
    expect(".modal").toHaveCount(0);
});
