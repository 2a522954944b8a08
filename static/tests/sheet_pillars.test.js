import { beforeEach, expect, test } from "@odoo/hoot";
import { click, edit, press, queryAllTexts, waitFor, waitForNone } from "@odoo/hoot-dom";
import { animationFrame } from "@odoo/hoot-mock";
import { define, glance, mountRecord } from "@crm_customer_sheet/../tests/helpers";
import { contains, fields, MockServer, models, onRpc } from "@web/../tests/web_test_helpers";

const pillar = (name, values) => ({
    pillar: name,
    label: name,
    state: "unknown",
    code: name,
    question: `Question of ${name}`,
    fields: [name],
    value: "",
    evidence: "",
    author: "",
    days: false,
    is_old: false,
    ...values,
});

const BUDGET = pillar("budget", { label: "Budget", state: "stated", value: "10 000 to 25 000" });
const AUTHORITY = pillar("authority", { label: "Authority", question: "Decision maker" });
const NEED = pillar("need", {
    label: "Need",
    state: "confirmed",
    value: "Audit of the HVAC line",
    evidence: "The CFO on the phone",
    author: "Mitchell",
    days: 3,
});
const TIMING = pillar("timing", {
    ...NEED,
    pillar: "timing",
    label: "Timing",
    days: 62,
    is_old: true,
});

class Customer extends models.Model {
    name = fields.Char();
    authority = fields.Char();
    sheet_pillars = fields.Json();

    _records = [
        { id: 1, name: "Atlas", sheet_pillars: [BUDGET, AUTHORITY, NEED, TIMING] },
        { id: 2, name: "No sheet", sheet_pillars: false },
        { id: 3, name: "New", sheet_pillars: [AUTHORITY, { ...AUTHORITY, pillar: "need" }] },
    ];
}

define(Customer);

beforeEach(() => {
    onRpc("customer", "web_save", () => expect.step("save"));
});

const mountForm = (resId) =>
    mountRecord(
        "customer",
        resId,
        `
        <form>
            <sheet>
                <widget name="sheet_pillars"/>
                <field name="name"/>
                <notebook>
                    <page string="First"><field name="name"/></page>
                    <page string="Second"><field name="authority"/></page>
                </notebook>
            </sheet>
        </form>`
    );

const PILLARS = ".o_sheet_pillar";

const open = async (name) => {
    await contains(`.o_sheet_pillar[data-pillar=${name}]`).click();
    await waitFor(".o_sheet_pillar_card");
};

const setPillars = (...pillars) =>
    MockServer.env["customer"].write([1], { sheet_pillars: pillars });

test("each pillar tells its state by a mark, and in words to who cannot see it", async () => {
    await mountForm(1);
    await waitFor(PILLARS);
    expect(queryAllTexts(PILLARS)).toEqual([
        "Need\nconfirmed 3 d",
        "Timing\nconfirmed 62 d: check again",
        "Authority\nunknown",
        "Budget\nstated",
    ]);
    expect(".o_sheet_pillar[data-pillar=budget] .fa-circle").toHaveCount(1);
    expect(".o_sheet_pillar[data-pillar=authority] .fa-circle-o").toHaveCount(1);
    expect(".o_sheet_pillar[data-pillar=need] .fa-check-circle").toHaveCount(1);
    expect(".o_sheet_pillar[data-pillar=timing] .fa-clock-o").toHaveCount(1);
});

test("of a lead that nothing is known of, the strip is an invitation", async () => {
    onRpc("customer", "action_sheet_interview", ({ args }) => {
        expect.step(args);
        return false;
    });
    await mountForm(3);
    await waitFor(".o_sheet_pillars:contains(Nothing qualified yet.)");
    expect(PILLARS).toHaveCount(0);
    await contains(".o_sheet_pillars_start").click();
    expect.verifySteps([[[3]]]);
});

test("no sheet, no strip", async () => {
    await mountForm(2);
    expect(".o_sheet_pillar").toHaveCount(0);
});

test.tags("desktop");
test("a card shows question, value, evidence, author and age", async () => {
    await mountForm(1);
    await open("timing");
    expect(".o_sheet_pillar[data-pillar=timing]").toHaveAttribute("aria-expanded", "true");
    expect(".o_sheet_pillar_card h2").toHaveText("Timing");
    expect(".o_sheet_pillar_value").toHaveText("Audit of the HVAC line");
    expect(".o_sheet_pillar_evidence").toHaveText("The CFO on the phone");
    expect(".o_sheet_pillar_age").toHaveText("confirmed 62 days ago: check again · Mitchell");
});

test("escape closes the card and gives the focus back", async () => {
    await mountForm(1);
    await open("need");
    await press("escape");
    await animationFrame();
    expect(".o_sheet_pillar_card").toHaveCount(0);
    expect(".o_sheet_pillar[data-pillar=need]").toBeFocused();
});

test("an unknown pillar invites to its field and cannot be confirmed", async () => {
    await mountForm(1);
    await open("authority");
    expect(".o_sheet_pillar_empty").toHaveText("Not answered yet. Who could tell?");
    expect(".o_sheet_evidence_form").toHaveCount(0);
    await click(".o_sheet_pillar_goto");
    await waitFor(".o_field_widget[name=authority].o_sheet_highlight");
    expect(".o_field_widget[name=authority] input").toBeFocused();
    expect(".o_sheet_pillar_card").toHaveCount(0);
});

test("confirming saves the edits, sends the evidence and announces the state", async () => {
    onRpc("customer", "sheet_confirm_pillar", ({ args }) => {
        expect.step(args);
        const confirmed = { state: "confirmed", evidence: args[2], author: "Mitchell", days: 0 };
        setPillars({ ...BUDGET, ...confirmed });
        return false;
    });
    await mountForm(1);
    await contains(".o_field_widget[name=name]:first input").edit("Atlas Meca");
    await open("budget");
    await click(".o_sheet_evidence_form input");
    await edit(" Signed quote ");
    await click(".o_sheet_evidence_form button[type=submit]");
    await waitFor(".o_sheet_pillar_evidence:contains(Signed quote)");
    expect.verifySteps(["save", [[1], "budget", "Signed quote"]]);
    expect(".o_sheet_pillar_age").toHaveText("confirmed today · Mitchell");
    await waitFor(".o_sheet_pillars [role=status]:contains(confirmed today)");
    expect(".o_sheet_pillars [role=status]").toHaveText("Budget: confirmed today");
    expect(".o_sheet_evidence_form input").toHaveValue("");
});

test("a confirmation is taken back", async () => {
    onRpc("customer", "sheet_unconfirm_pillar", ({ args }) => {
        expect.step(args);
        setPillars({ ...NEED, state: "stated", evidence: "", author: "", days: false });
        return false;
    });
    await mountForm(1);
    await open("need");
    await click(".o_sheet_pillar_take_back");
    await waitForNone(".o_sheet_pillar_evidence");
    await glance();
    expect(PILLARS).toHaveText("Need\nstated");
    expect.verifySteps([[[1], "need"]]);
});

test.tags("mobile");
test("a phone shows the card as a full screen dialog", async () => {
    await mountForm(1);
    await open("need");
    expect(".modal.o_modal_full .o_sheet_pillar_card").toHaveCount(1);
    expect(".modal-title").toHaveText("Need");
});
