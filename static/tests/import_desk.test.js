import { expect, test } from "@odoo/hoot";
import { queryAllTexts, setInputFiles, waitFor, waitForNone } from "@odoo/hoot-dom";
import { advanceTime } from "@odoo/hoot-mock";
import { PAUSE } from "@crm_customer_sheet/collection/import_desk/import_screen";
import { define } from "@crm_customer_sheet/../tests/helpers";
import {
    contains,
    editSelectMenu,
    getService,
    makeServerError,
    mountWithCleanup,
    onRpc,
} from "@web/../tests/web_test_helpers";
import { WebClient } from "@web/webclient/webclient";

define();

const MODEL = "customer.sheet.import";
const STEPS = ["file", "audit", "columns", "review", "report"];

/** What the server tells of an import that has come to this step. */
function desk(step, values = {}) {
    return {
        id: 7,
        name: "prospects.xlsx",
        host: "crm.lead",
        hosts: [
            ["crm.lead", "Leads"],
            ["res.partner", "Contacts"],
        ],
        state: { file: "chosen", review: "checked", report: "done" }[step] || "read",
        job: false,
        progress: 0,
        done: 0,
        total: 0,
        failure: "",
        step,
        steps: STEPS.map((code) => ({ code, label: code })),
        look: {
            format: "xlsx",
            format_label: "Excel",
            sheets: ["Prospects", "Feuil2"],
            sheet: "Prospects",
            header_row: 3,
            headers: ["Société", "CP"],
            sample: [["Fonderie Achard", "01000"]],
            notes: ["The headers are in row 3."],
        },
        audit: {
            rows: 1000,
            columns: [
                {
                    id: 1,
                    header: "CP",
                    filled: 990,
                    distinct: 40,
                    looks_label: "Postal codes",
                    examples: ["1000"],
                    findings: [
                        {
                            code: "zeros",
                            count: 90,
                            sentence: "90 postal codes have lost their first zero.",
                            lines: [4, 9],
                        },
                    ],
                },
            ],
            findings: [],
        },
        columns: {
            columns: [
                {
                    id: 1,
                    header: "CP",
                    examples: ["1000"],
                    target: "question:zip",
                    why: "its name",
                },
                { id: 2, header: "Divers", examples: ["x"], target: "", why: "" },
            ],
            targets: [
                {
                    label: "Contact",
                    items: [
                        { code: "question:zip", label: "Postal code" },
                        { code: "question:city", label: "City" },
                    ],
                },
            ],
            values: [
                {
                    column_id: 3,
                    header: "Origine",
                    may_add: true,
                    rows: [
                        { id: 8, text: "Salon", count: 30, decision: "match", value: "fair" },
                        { id: 9, text: "tel entrant", count: 2, decision: "aside", value: "" },
                    ],
                    choices: [
                        ["fair", "Trade fair"],
                        ["phone", "Phone call"],
                    ],
                },
            ],
            warnings: [],
        },
        review: {
            policy: [
                {
                    code: "existing",
                    label: "Known customers",
                    help: "",
                    value: "empty",
                    choices: [
                        ["empty", "Fill in what is empty"],
                        ["propose", "Propose"],
                    ],
                },
            ],
            figures: [
                { code: "create", label: "are created", count: 900 },
                { code: "cannot", label: "cannot be imported", count: 12 },
            ],
            problems: [
                { code: "email", sentence: "“aaa” is no e-mail.", count: 12, soft: false },
                { code: "town", sentence: "Towns are written anew.", count: 1, soft: true },
            ],
            checked: true,
        },
        report: null,
        ...values,
    };
}

const REPORT = {
    figures: [
        { code: "created", label: "Created", count: 900 },
        { code: "waiting", label: "Still to do", count: 0 },
    ],
    failed: 12,
    sensitive: 3,
    undo_until: "12/30/2026",
    can_undo: true,
    left: [{ line: 4, words: "Somebody has worked on it since." }],
};

/** Opens the screen on what the server tells; each call changes that by `next`. */
async function mountScreen(told, next = {}) {
    if (told) {
        onRpc(MODEL, "desk", () => told);
    }
    onRpc(MODEL, "*", ({ method, args }) => {
        if (method in next) {
            expect.step([method, ...args.slice(1)]);
            return next[method];
        }
    });
    await mountWithCleanup(WebClient);
    const params = told ? { import_id: told.id } : {};
    const action = { type: "ir.actions.client", tag: "customer_sheet_import", params };
    await getService("action").doAction(action);
}

const sheetFile = () => new File(["a;b"], "prospects.csv", { type: "text/csv" });

function onStart() {
    onRpc(MODEL, "offered", () => ({ hosts: desk("file").hosts, rows: 1000 }));
    onRpc(MODEL, "fields_get", () => ({ state: { selection: [["chosen", "File chosen"]] } }));
    onRpc(MODEL, "web_search_read", () => ({ length: 0, records: [] }));
}

test("a file that is dropped is shown as it was read", async () => {
    onStart();
    onRpc(MODEL, "begin", ({ args: [name, content, host] }) => {
        expect.step([name, atob(content), host]);
        return { id: 7 };
    });
    onRpc(MODEL, "desk", () => desk("file"));
    await mountScreen(false);
    await contains("input[name=host][value='res.partner']").click();
    await contains(".o_sheet_import_choose").click();
    await setInputFiles([sheetFile()]);
    await waitFor(".o_sheet_import_sample td:contains(Fonderie Achard)", { timeout: 2000 });
    expect.verifySteps([["prospects.csv", "a;b", "res.partner"]]);
    expect(".o_sheet_import_notes").toHaveText("The headers are in row 3.");
    expect("[aria-current=step]").toHaveText("1\nfile");
});

test("what cannot be read is said beside the file", async () => {
    onStart();
    onRpc(MODEL, "begin", () => {
        throw makeServerError({ type: "UserError", message: "The file has a password." });
    });
    await mountScreen(false);
    await contains(".o_sheet_import_choose").click();
    await setInputFiles([sheetFile()]);
    await waitFor(".o_sheet_import_problem:contains(The file has a password.)");
    expect(".o_sheet_import_choose").toBeEnabled();
});

test("another sheet or header row is read at once", async () => {
    await mountScreen(desk("file"), { choose: desk("file") });
    await contains("select[name=sheet]").select("Feuil2");
    await contains("input[name=header_row]").edit("5");
    expect.verifySteps([
        ["choose", { sheet: "Feuil2" }],
        ["choose", { header_row: 5 }],
    ]);
    expect("select[name=encoding]").toHaveCount(0);
});

test("a job shows how far it is, and where it has brought us", async () => {
    const running = desk("file", { state: "running", job: "read", done: 0, total: 1000 });
    await mountScreen(desk("file"), { look_through: running, stop: desk("file") });
    onRpc(MODEL, "read", () => [
        { state: "running", job: "read", done: 500, total: 1000, progress: 50 },
    ]);
    await contains("[data-name=look_through]").click();
    await waitFor(".o_sheet_import_progress:contains(0 of 1,000 rows)");
    await advanceTime(PAUSE);
    await waitFor(".o_sheet_import_progress:contains(500 of 1,000)");
    expect(".o_sheet_import_step:enabled").toHaveCount(0);
    onRpc(MODEL, "read", () => [{ state: "read", done: 1000, total: 1000, progress: 100 }]);
    onRpc(MODEL, "desk", () => desk("audit"));
    await advanceTime(PAUSE);
    await waitFor(".o_sheet_import_audit:contains(lost their first zero)");
    expect("[aria-current=step]").toHaveText("2\naudit");
    expect.verifySteps([["look_through"]]);
});

test("findings are sentences with the rows they are about", async () => {
    await mountScreen(desk("audit"));
    expect(queryAllTexts(".o_sheet_import_audit tbody .o_sheet_import_findings")).toEqual([
        "90 postal codes have lost their first zero. (rows 4, 9…)",
    ]);
    await contains("[data-name=columns]").click();
    await waitFor(".o_sheet_import_columns");
});

test("a column that is left out is found and mapped", async () => {
    const mapped = desk("columns");
    mapped.columns.columns[1].target = "question:city";
    await mountScreen(desk("columns"), { map_column: mapped });
    await contains("input[type=checkbox]:first").click();
    expect(queryAllTexts(".o_sheet_import_columns tbody th")).toEqual(["Divers"]);
    await editSelectMenu("tr[data-header=Divers] .o_select_menu input", { value: "City" });
    expect.verifySteps([["map_column", 2, "question:city"]]);
});

test("a text that is not known is a value, or is decided about", async () => {
    const decided = desk("columns");
    decided.columns.values[0].rows[1].decision = "add";
    await mountScreen(desk("columns"), { map_value: decided });
    expect(queryAllTexts(".o_sheet_import_values tbody th")).toEqual(["tel entrant"]);
    const menu = "tr[data-text='tel entrant'] .o_select_menu input";
    await editSelectMenu(menu, { value: "Phone call" });
    await editSelectMenu(menu, { value: "Leave it out" });
    expect.verifySteps([
        ["map_value", 9, "match", "phone"],
        ["map_value", 9, "skip", ""],
    ]);
});

test("a rule that changes asks for another check", async () => {
    const changed = desk("review", { state: "read" });
    changed.review.checked = false;
    await mountScreen(desk("review"), { set_policy: changed });
    expect("[data-name=run]:enabled").toHaveText("Import 900 rows");
    await contains("select[name=existing]").select("propose");
    await waitFor("[data-name=check]");
    expect("[data-name=run]").toHaveCount(0);
    expect.verifySteps([["set_policy", { existing: "propose" }]]);
});

test("figures and problems open their rows", async () => {
    const opened = { type: "ir.actions.act_window_close" };
    await mountScreen(desk("review"), { open_rows: opened });
    await contains(".o_sheet_import_figure[data-code=cannot]").click();
    expect(queryAllTexts("h3")).toEqual(["What is wrong", "What to know", "How it is done"]);
    await contains(".o_sheet_import_problems button:contains(12 rows)").click();
    expect.verifySteps([
        ["open_rows", "cannot", ""],
        ["open_rows", "", "email"],
    ]);
});

test("the report says what became of the rows, and what can be done", async () => {
    const undoing = desk("report", { state: "running", job: "undo", report: REPORT });
    const opened = { type: "ir.actions.act_window_close" };
    const told = desk("report", { report: REPORT });
    await mountScreen(told, { take_back: undoing, workbook: opened, open_records: opened });
    expect(queryAllTexts(".o_sheet_import_figure")).toEqual(["900\nCreated"]);
    expect(".o_sheet_import_failed h3").toHaveText("12 rows could not be imported");
    expect(".o_sheet_import_sensitive").toHaveText(/may say too much: 3/);
    expect("li:contains(Row 4: Somebody has worked on it since.)").toHaveCount(1);
    await contains(".o_sheet_import_figure").click();
    await contains(".o_sheet_import_workbook").click();
    await contains(".o_sheet_import_back").click();
    await contains(".modal .btn-primary").click();
    await waitFor(".o_sheet_import_progress");
    expect.verifySteps([["open_records", "created"], ["workbook"], ["take_back"]]);
});

test.tags("desktop"); // on a phone, buttons but the first are behind More
test("an earlier step is looked at again, with nothing to change, and another file begun", async () => {
    onStart();
    await mountScreen(desk("report", { report: REPORT }));
    await contains("[data-step=file]").click();
    await waitFor(".o_sheet_import_sample");
    expect("h2").toBeFocused();
    expect("select:enabled, input:enabled").toHaveCount(0);
    await contains(".o_sheet_import_leave").click();
    await waitFor(".o_sheet_import_drop");
    await waitForNone(".o_sheet_import_steps");
});
