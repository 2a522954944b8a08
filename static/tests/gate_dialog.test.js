import { beforeEach, expect, test } from "@odoo/hoot";
import { click, edit, press, queryAllTexts, waitFor, waitForNone } from "@odoo/hoot-dom";
import { animationFrame } from "@odoo/hoot-mock";
import { define, mountRecord } from "@crm_customer_sheet/../tests/helpers";
import { GateDialog } from "@crm_customer_sheet/qualification/gate_dialog/gate_dialog";
import { arrange, GATE_REFUSED } from "@crm_customer_sheet/qualification/gate_dialog/gate_facts";
import {
    contains,
    fields,
    getService,
    makeServerError,
    models,
    mountWithCleanup,
    onRpc,
} from "@web/../tests/web_test_helpers";
import { registry } from "@web/core/registry";
import { WebClient } from "@web/webclient/webclient";

const option = (code, values) => ({
    item: code,
    code,
    label: code,
    fields: [code],
    state: "missing",
    value: "",
    ...values,
});

const criterion = (label, any_of, values) => ({
    gate: "Qualified",
    criterion: label,
    needed: 1,
    is_confirmed: false,
    any_of,
    ...values,
});

const NEED = criterion("Need", [option("need", { state: "filled", value: "Audit" })]);
const TIMING = criterion("Timing", [option("deadline", { label: "Deadline" })]);
const POWER = criterion("Authority or Budget", [
    option("boss", { label: "Decision maker" }),
    option("budget", { label: "Budget" }),
]);

const refusal = ({ missing = [TIMING, POWER], ...values } = {}) => ({
    id: 1,
    name: "Atlas",
    gate: "Qualified",
    gate_id: 7,
    mode: "enforce",
    passed: false,
    still: missing.length,
    missing,
    met: [NEED],
    ...values,
});

const facts = (values) => ({
    kind: "entry",
    stage: [2, "Qualified"],
    leads: [refusal()],
    passed: [],
    ...values,
});

class Stage extends models.Model {
    _name = "crm.stage";

    name = fields.Char();

    _records = [
        { id: 1, name: "New" },
        { id: 2, name: "Qualified" },
    ];
}

class Lead extends models.Model {
    _name = "crm.lead";

    name = fields.Char();
    stage_id = fields.Many2one({ relation: "crm.stage" });
    deadline = fields.Char({ string: "Deadline" });
    closing = fields.Char({ string: "Expected Closing" });
    boss = fields.Char({ string: "Decision maker" });
    budget = fields.Monetary({ string: "Budget", currency_field: "currency" });
    currency = fields.Many2one({ relation: "res.currency" });
    sheet_completeness = fields.Integer({ readonly: true });
    sheet_missing = fields.Json();
    sheet_gaps = fields.Json();

    _records = [1, 2, 3].map((id) => ({
        id,
        name: `Lead ${id}`,
        stage_id: 1,
        sheet_completeness: 50,
        sheet_missing: ["need", "timing"],
        sheet_gaps: { answered: 2, asked: 4, items: [] },
    }));

    _views = {
        form: `
            <form>
                <field name="deadline"/><field name="closing"/><field name="boss"/>
                <field name="budget"/><field name="currency"/>
            </form>`,
    };
}

define(Stage, Lead);

let refused;

beforeEach(() => {
    refused = facts();
    onRpc("crm.lead", "get_rainbowman_message", () => false);
    // As the server does it: a group per question that the context asks for, one of what else
    // would do.
    onRpc("crm.lead", "get_views", async ({ kwargs, parent }) => {
        const result = await parent();
        const asked = kwargs.context.sheet_gate_view_ref;
        if (asked) {
            const widget = { budget: `widget="sheet_amount"` };
            const groups = asked
                .split(";")
                .map(
                    (code, i) =>
                        `<group name="sheet_gate_${i}"><field name="currency" invisible="1"/><field name="${code}" ${widget[code] || ""}/></group>` +
                        (code === "deadline"
                            ? `<group name="sheet_gate_${i}_more"><field name="closing"/></group>`
                            : "")
                );
            result.views.form.arch = `<form>${groups.join("")}</form>`;
        }
        return result;
    });
    onRpc("crm.lead", "web_save", ({ args, kwargs }) => {
        expect.step(args[1]);
        if (args[1].stage_id && refused && kwargs.context.sheet_gate_ask !== false) {
            throw makeServerError({ errorName: GATE_REFUSED, context: refused });
        }
    });
});

/** Opens the dialog as the error service does. */
const openGate = async (values) => {
    await mountWithCleanup(WebClient);
    getService("action").doAction = ({ tag }) => expect.step(tag);
    getService("dialog").add(GateDialog, { data: { context: facts(values) } });
    await waitFor(".modal .modal-body");
};

const answer = async (name, value) => {
    await contains(`.o_sheet_gate .o_field_widget[name=${name}] input`).edit(value);
};

test("the dialog is what the web client shows for the server's refusal", async () => {
    expect(registry.category("error_dialogs").get(GATE_REFUSED)).toBe(GateDialog);
});

test("it says what is there, what is missing, and where one of several is enough", async () => {
    await openGate();
    expect(".modal-title").toHaveText("To enter “Qualified”, 2 things are missing");
    expect(queryAllTexts(".o_sheet_gate_met > div")).toEqual(["Need", "Audit"]);
    expect(queryAllTexts(".o_sheet_gate_title")).toEqual([
        "Timing",
        "Authority or Budget\none is enough",
    ]);
    expect(".o_sheet_gate_no").toHaveCount(2);
    expect(".o_sheet_gate_still").toHaveCount(0);
});

test("where not all of it is needed, it says how much is", async () => {
    await openGate({ leads: [refusal({ still: 1 })] });
    expect(".modal-title").toHaveText("To enter “Qualified”, 1 thing is missing");
    expect(".o_sheet_gate_still").toHaveText("One of these is enough.");
});

test("one input for each way to answer; the others are behind or...", async () => {
    await openGate();
    const names = () =>
        [...document.querySelectorAll(".o_sheet_gate .o_field_widget")].map((el) =>
            el.getAttribute("name")
        );
    expect(names()).toEqual(["deadline", "boss", "budget"]);
    expect(".o_sheet_gate_or").toHaveCount(1);
    await click(".o_sheet_gate_or");
    await waitFor(".o_field_widget[name=closing] input:focus");
    expect(names()).toEqual(["deadline", "closing", "boss", "budget"]);
    expect(".o_sheet_gate_or").toHaveAttribute("aria-expanded", "true");
    refused = false;
    await answer("closing", "June");
    await click(".o_sheet_gate_move");
    await waitForNone(".modal");
    expect.verifySteps([{ closing: "June", stage_id: 2 }, "soft_reload"]);
});

test("of many ways the first two are shown, and as many as are needed", async () => {
    const five = ["a", "b", "c", "d"].map((code) => option(code));
    expect(arrange({ any_of: five, needed: 1 }).shown.map(({ code }) => code)).toEqual(["a", "b"]);
    expect(arrange({ any_of: five, needed: 3 }).others.map(({ code }) => code)).toEqual(["d"]);
    const twins = [option("a", { item: "Power" }), option("b", { item: "Power" })];
    expect(arrange({ any_of: twins, needed: 1 }).shown.map(({ code }) => code)).toEqual(["a"]);
});

test("an amount that nobody has typed is empty, and labels lead to the inputs of the dialog", async () => {
    await openGate();
    expect(".o_sheet_gate .o_field_widget[name=budget] input").toHaveValue("");
    await answer("budget", "2500");
    expect(".o_sheet_gate .o_field_widget[name=budget] input").toHaveValue("2,500.00");
    await answer("budget", "");
    expect(".o_sheet_gate .o_field_widget[name=budget] input").toHaveValue("");
    const label = document.querySelector(".o_sheet_gate [data-code=budget] label");
    const input = document.querySelector(".o_sheet_gate [data-code=budget] input");
    expect(label.htmlFor).toBe(input.id);
    expect(input.id).toMatch(/^sheet_gate_/);
});

test("a gate that only warns lets the lead move anyway, with what was typed", async () => {
    refused = facts({ leads: [refusal({ mode: "warn" })] });
    await openGate(refused);
    expect(".modal-title").toHaveText("To enter “Qualified”, 2 things are missing");
    expect(".o_sheet_gate_waiver").toHaveCount(0);
    await answer("deadline", "June");
    await click(".o_sheet_gate_move");
    await waitFor(".o_sheet_gate_message:contains(The lead stays where it is)");
    await click(".o_sheet_gate_anyway");
    await waitForNone(".modal");
    expect.verifySteps([
        { deadline: "June", stage_id: 2 },
        { deadline: "June", stage_id: 2 },
        "soft_reload",
    ]);
});

test("where one of two gates is enforced nobody moves anyway", async () => {
    await openGate({ leads: [refusal(), refusal({ mode: "warn", gate_id: 8 })] });
    expect(".o_sheet_gate_anyway").toHaveCount(0);
    expect(".o_sheet_gate_waiver").toHaveCount(1);
});

test("several leads of which a gate only warns are moved anyway at once", async () => {
    onRpc("crm.lead", "write", ({ args, kwargs }) => {
        expect.step([...args, kwargs.context.sheet_gate_ask]);
    });
    const mode = "warn";
    await openGate({ leads: [refusal({ mode }), refusal({ mode, id: 2, name: "Beta" })] });
    await click(".o_sheet_gate_leads .o_sheet_gate_anyway");
    await waitFor("[role=status]:contains(2 moved. None is left.)");
    expect(".o_sheet_gate_anyway").toHaveCount(0);
    await click(".o_sheet_gate_leads .modal-footer .btn-primary");
    await waitForNone(".modal");
    expect.verifySteps([[[1, 2], { stage_id: 2 }, false], "soft_reload"]);
});

test.tags("desktop");
test("the first missing field has the focus", async () => {
    await openGate();
    expect(".o_sheet_gate .o_field_widget[name=deadline] input").toBeFocused();
});

test("answers and stage are saved in one call", async () => {
    await openGate();
    refused = false;
    await answer("deadline", "June");
    await answer("boss", "Nora");
    await click(".o_sheet_gate_move");
    await waitForNone(".modal");
    expect.verifySteps([{ deadline: "June", boss: "Nora", stage_id: 2 }, "soft_reload"]);
});

test("what is still missing is shown in place, with what was typed", async () => {
    await openGate();
    refused = facts({ leads: [refusal({ missing: [POWER], met: [NEED, TIMING] })] });
    await answer("deadline", "June");
    await answer("boss", "test");
    await click(".o_sheet_gate_move");
    await waitFor(".modal-title:contains(1 thing is missing)");
    expect(".modal").toHaveCount(1);
    expect(".o_sheet_gate [role=status]").toHaveText(
        "The lead stays where it is. To enter “Qualified”, 1 thing is missing"
    );
    expect(".o_sheet_gate .o_field_widget[name=boss] input").toHaveValue("test");
    expect.verifySteps([{ deadline: "June", boss: "test", stage_id: 2 }]);
});

test("save, stay here leaves the stage out", async () => {
    await openGate();
    await answer("deadline", "June");
    await click(".o_sheet_gate_stay");
    await waitForNone(".modal");
    expect.verifySteps([{ deadline: "June" }, "soft_reload"]);
});

test("escape saves nothing", async () => {
    await openGate();
    await press("escape");
    await animationFrame();
    expect(".modal").toHaveCount(0);
    expect.verifySteps([]);
});

test("not known yet is noted and does not pass the gate", async () => {
    onRpc("crm.lead", "sheet_set_unknown", ({ args }) => {
        expect.step(args.slice(0, 3));
        return false;
    });
    onRpc("crm.lead", "sheet_gate_check", () => {
        const unknown = option("deadline", { label: "Deadline", state: "unknown" });
        const missing = [criterion("Timing", [unknown]), POWER];
        return { passed: false, still: 2, missing, met: [NEED] };
    });
    await openGate();
    await click("[data-code=deadline] .o_sheet_gate_unknown");
    await waitFor(".o_sheet_unknown_form");
    expect("[data-code=deadline] .o_sheet_gate_hint").toHaveText(
        "This is noted, but it does not pass the gate."
    );
    await edit("They decide in spring");
    await click(".o_sheet_unknown_form button[type=submit]");
    await waitFor(".o_sheet_gate_message:contains(marked as not known yet)");
    expect(".modal-title").toHaveText("To enter “Qualified”, 2 things are missing");
    expect("[data-code=deadline] .o_sheet_gate_unknown").toHaveCount(0);
    expect.verifySteps([[[1], "deadline", "They decide in spring"]]);
});

test("a waiver is asked for with a reason; it says who was asked", async () => {
    onRpc("crm.lead", "sheet_gate_ask_waiver", ({ args }) => {
        expect.step(args);
        return "Salma";
    });
    await openGate();
    await click(".o_sheet_gate_waiver");
    await waitFor(".o_sheet_gate_waiver_form input:focus");
    await edit("They sign tomorrow");
    await click(".o_sheet_gate_waiver_form button[type=submit]");
    await waitFor(".o_notification");
    expect(".o_notification_content").toHaveText("Salma has been asked to let the lead pass.");
    await waitForNone(".modal");
    expect.verifySteps([[[1], 7, "They sign tomorrow"], "soft_reload"]);
});

test("an answer to be confirmed takes its evidence in the dialog", async () => {
    onRpc("crm.lead", "sheet_confirm_pillar", ({ args }) => {
        expect.step(args);
        return false;
    });
    onRpc("crm.lead", "sheet_gate_check", () => ({
        passed: true,
        still: 0,
        missing: [],
        met: [NEED],
    }));
    await openGate({
        leads: [refusal({ missing: [{ ...NEED, is_confirmed: true }], met: [] })],
    });
    await contains(".o_sheet_evidence_form input").edit("The CFO", { confirm: false });
    await click(".o_sheet_evidence_form button[type=submit]");
    await waitFor(".modal-title:contains(Nothing is missing any more)");
    expect.verifySteps([[[1], "need", "The CFO"]]);
});

test("of several leads those that pass are moved, the others are listed", async () => {
    onRpc("crm.lead", "write", ({ args }) => expect.step(args));
    await openGate({
        leads: [refusal(), refusal({ id: 2, name: "Beta", missing: [TIMING] })],
        passed: [3],
    });
    await waitFor("[role=status]:contains(1 moved. 2 stay:)");
    expect.verifySteps([[[3], { stage_id: 2 }]]);
    expect(queryAllTexts(".o_sheet_gate_lead:eq(0) > div > div")).toEqual([
        "Atlas",
        "Timing (Deadline)",
        "Authority or Budget (Decision maker, Budget)",
    ]);
    await click(".o_sheet_gate_lead[data-id='2'] button");
    await waitFor(".o_sheet_gate .modal-title:contains(1 thing is missing)");
    refused = false;
    await answer("deadline", "June");
    await click(".o_sheet_gate_move");
    await waitFor("[role=status]:contains(2 moved. 1 stays:)");
    await click(".o_sheet_gate_leads .modal-footer .btn-primary");
    await waitForNone(".modal");
    expect.verifySteps([{ deadline: "June", stage_id: 2 }, "soft_reload"]);
});

test("an emptied answer: only words, nothing is reloaded", async () => {
    await openGate({ kind: "emptied", leads: [refusal({ missing: [TIMING] })] });
    expect(".modal-title").toHaveText("“Qualified” needs these answers");
    expect(".modal-body li li").toHaveText("Timing (Deadline)");
    await click(".modal-footer .btn-primary");
    await waitForNone(".modal");
    expect.verifySteps([]);
});

const mountForm = () =>
    mountRecord(
        "crm.lead",
        1,
        `
        <form>
            <header>
                <field name="sheet_completeness" widget="sheet_ring"/>
                <field name="stage_id" widget="statusbar" options="{'clickable': 1}"/>
            </header>
            <sheet>
                <field name="name"/>
                <field name="deadline" invisible="1"/>
                <field name="boss" invisible="1"/>
                <field name="budget" invisible="1"/>
                <field name="closing" invisible="1"/>
                <field name="currency" invisible="1"/>
            </sheet>
        </form>`
    );

const chooseStage = async () => {
    expect.errors(1);
    await contains(".o_statusbar_status button[data-value='2']").click();
    await waitFor(".o_sheet_gate");
    expect.verifyErrors(["RPC_ERROR"]);
};

test.tags("desktop");
test("escape takes the form's stage back and keeps what was typed", async () => {
    await mountForm();
    await contains(".o_field_widget[name=name] input").edit("Other");
    await chooseStage();
    await press("escape");
    await waitForNone(".modal");
    await waitFor(".o_statusbar_status button[data-value='1'][aria-checked=true]");
    expect(".o_field_widget[name=name] input").toHaveValue("Other");
    expect(".o_form_dirty").toHaveCount(1);
    expect.verifySteps([{ name: "Other", stage_id: 2 }]);
});

test.tags("desktop");
test("escape leaves a form as saved when only the stage was changed", async () => {
    await mountForm();
    await chooseStage();
    await press("escape");
    await waitForNone(".modal");
    await waitFor(".o_form_saved");
    expect.verifySteps([{ stage_id: 2 }]);
});

test.tags("desktop");
test("saving in the dialog saves the rest of the form first and loads it again", async () => {
    await mountForm();
    await contains(".o_field_widget[name=name] input").edit("Other");
    await chooseStage();
    refused = false;
    await answer("deadline", "June");
    await click(".o_sheet_gate_move");
    await waitForNone(".modal");
    await waitFor(".o_statusbar_status button[data-value='2'][aria-checked=true]");
    await waitFor(".o_form_saved");
    expect(".o_field_widget[name=name] input").toHaveValue("Other");
    expect.verifySteps([
        { name: "Other", stage_id: 2 },
        { name: "Other", stage_id: 1 },
        { deadline: "June", stage_id: 2 },
    ]);
});
