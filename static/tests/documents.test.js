import { beforeEach, expect, test } from "@odoo/hoot";
import {
    manuallyDispatchProgrammaticEvent,
    queryAllTexts,
    queryFirst,
    setInputFiles,
    waitFor,
} from "@odoo/hoot-dom";
import { animationFrame } from "@odoo/hoot-mock";
import { define, mountRecord } from "@crm_customer_sheet/../tests/helpers";
import { contains, fields, models, onRpc } from "@web/../tests/web_test_helpers";

class Customer extends models.Model {
    name = fields.Char();

    _records = [{ id: 1, name: "Verdon" }];
}

define(Customer);

let told;

beforeEach(() => {
    told = {
        kinds: [
            ["rfi", "Request for information"],
            ["other", "Other"],
        ],
        documents: [
            {
                id: 5,
                name: "spec.pdf",
                kind: "rfi",
                url: "/web/content/5",
                is_link: false,
                day: "2026-03-02",
                by: "Ada",
                about: "HVAC",
            },
        ],
        count: 3,
        can_add: true,
    };
    onRpc("customer", "sheet_documents", () => told);
    onRpc("customer", "sheet_document_link", ({ args }) => {
        expect.step(["link", ...args]);
        return true;
    });
    onRpc("/web/binary/upload_attachment", async (request) => {
        const data = await request.formData();
        expect.step(["upload", data.get("model"), data.get("id")]);
        return [{ id: 9, filename: "a.pdf" }];
    });
    onRpc("ir.attachment", "write", ({ args }) => {
        expect.step(["kind", ...args]);
        return true;
    });
});

const mountDocuments = async () => {
    await mountRecord("customer", 1, `<form><widget name="sheet_documents"/></form>`);
    await waitFor(".o_sheet_documents");
};

test("documents with their kind, day and place", async () => {
    await mountDocuments();
    const [line] = queryAllTexts(".o_sheet_documents li");
    for (const part of ["Request for information", "spec.pdf", "Ada", "HVAC"]) {
        expect(line).toInclude(part);
    }
    expect(".o_sheet_documents li a").toHaveAttribute("href", "/web/content/5");
    expect(".o_sheet_documents_all").toHaveText("All documents (3)");
});

test("what is no address of the web is no link", async () => {
    Object.assign(told.documents[0], { is_link: true, url: "" });
    await mountDocuments();
    expect(".o_sheet_documents li a").toHaveCount(0);
    expect(queryAllTexts(".o_sheet_documents li")[0]).toInclude("spec.pdf");
});

test("a file gets its kind", async () => {
    await mountDocuments();
    await contains(".o_sheet_documents_choice").select("rfi");
    await contains(".o_sheet_documents_add").click();
    await setInputFiles([new File(["x"], "a.pdf", { type: "application/pdf" })]);
    await expect.waitForSteps([
        ["upload", "customer", "1"],
        ["kind", [9], { sheet_document_kind: "rfi" }],
    ]);
});

test("a file is dropped", async () => {
    await mountDocuments();
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File(["x"], "a.pdf", { type: "application/pdf" }));
    const area = queryFirst(".o_sheet_documents");
    await manuallyDispatchProgrammaticEvent(area, "drop", { dataTransfer });
    await waitFor(".o_sheet_documents_add:enabled");
    await animationFrame();
    expect.verifySteps([
        ["upload", "customer", "1"],
        ["kind", [9], { sheet_document_kind: "other" }],
    ]);
});

test("a link is kept", async () => {
    await mountDocuments();
    await contains(".o_sheet_documents_link").click();
    await contains(".o_sheet_documents_url").edit("https://drive.example.com/1", {
        confirm: false,
    });
    await contains(".o_sheet_documents form .btn-primary").click();
    expect.verifySteps([["link", [1], "", "https://drive.example.com/1", "other"]]);
    expect(".o_sheet_documents form").toHaveCount(0);
});

test("whoever may not change the sheet adds nothing", async () => {
    told.can_add = false;
    await mountDocuments();
    expect(".o_sheet_documents button:not(.o_sheet_documents_all)").toHaveCount(0);
});
