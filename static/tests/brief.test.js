import { beforeEach, expect, test } from "@odoo/hoot";
import { queryAll, queryAllTexts, queryFirst, queryText, waitFor } from "@odoo/hoot-dom";
import { mockDate, mockTimeZone } from "@odoo/hoot-mock";
import { define } from "@crm_customer_sheet/../tests/helpers";
import { momentText } from "@crm_customer_sheet/overview/brief/brief_words";
import {
    contains,
    fields,
    getService,
    models,
    mountWithCleanup,
    onRpc,
} from "@web/../tests/web_test_helpers";
import { WebClient } from "@web/webclient/webclient";

class Lead extends models.Model {
    _name = "crm.lead";

    name = fields.Char();

    _records = [{ id: 1, name: "Audit" }];
    _views = { list: `<list><field name="name"/></list>` };
}

define(Lead);

let brief;

beforeEach(() => {
    mockDate("2026-03-02 10:00:00");
    brief = {
        model: "crm.lead",
        id: 1,
        who: {
            name: "Nora",
            function: "Buyer",
            company: "Atlas",
            stage: "New",
            facts: ["Customer", "known since 2020"],
            owner: "Sofia",
            phone: "+33 1 42 68 53 00",
            email: "",
        },
        may: { phone: { state: "yes", label: "yes", until: "8:00 PM", reasons: ["Why"] } },
        next: {
            state: "overdue",
            label: "Overdue",
            summary: "Call",
            day: "2026-02-27",
            activity_id: 1,
        },
        promises: {
            count: 5,
            late: 1,
            items: [
                { activity_id: 1, summary: "Call", day: "2026-02-27", state: "overdue" },
                {
                    activity_id: 2,
                    summary: "Quote",
                    day: "2026-03-02",
                    state: "today",
                    user: "Ada",
                },
            ],
        },
        contacts: [
            {
                key: "a",
                kind: "call",
                kind_label: "Call",
                at: "2026-03-01 08:00:00",
                title: "Call",
                text: "Said yes",
                author: { id: 3, name: "Sofia" },
            },
            {
                key: "b",
                kind: "email",
                kind_label: "E-mail",
                at: "2025-12-24 08:00:00",
                title: "Offer",
                text: "Dear",
                author: false,
            },
        ],
        bought: "4 orders",
        missing: {
            stage: "Qualified",
            count: 4,
            questions: [{ code: "need", label: "Need", wording: "What do you need?" }],
        },
        business: [
            {
                code: "quotations",
                label: "Quotations",
                count: 1,
                amounts: [{ amount: 120, currency: 1 }],
                names: ["S1"],
                since: "2026-02-01",
                action: {
                    type: "ir.actions.act_window",
                    name: "Quotations",
                    res_model: "crm.lead",
                    views: [[false, "list"]],
                    domain: [["id", "=", 1]],
                },
            },
            {
                code: "overdue",
                label: "Overdue invoices",
                count: 2,
                amounts: [{ amount: 30, currency: 1 }],
                names: ["A", "B"],
                since: "2026-02-20",
                is_late: true,
                action: {},
            },
        ],
        changes: {
            since: "2026-02-28 08:00:00",
            count: 1,
            items: [{ what: "Deadline", text: "May", by: "Ada" }],
        },
    };
    onRpc("crm.lead", "sheet_brief", () => {
        expect.step("brief");
        return brief;
    });
    onRpc("crm.lead", "sheet_brief_looked", () => {
        expect.step("looked");
        return true;
    });
});

async function openBrief() {
    await mountWithCleanup(WebClient);
    await getService("action").doAction({
        type: "ir.actions.client",
        tag: "customer_sheet_brief",
        target: "new",
        params: { model: "crm.lead", id: 1 },
    });
    await waitFor(".o_sheet_brief");
    expect.verifySteps(["brief", "looked"]);
}

const texts = (part) => queryAllTexts(`.o_sheet_brief_${part} li`);

test("what one needs to know before a call", async () => {
    await openBrief();
    expect(queryText(".o_sheet_brief_who")).toInclude("Buyer · Atlas · New");
    expect(queryText(".o_sheet_brief_may")).toBe("Call: yes, until 8:00 PM");
    expect(".o_sheet_brief_call").toHaveAttribute("href", "tel:+33 1 42 68 53 00");
    expect(texts("promises")).toEqual(["Call, 3 days late", "Quote, today · Ada", "and 3 more"]);
    expect(queryFirst(".o_sheet_brief_promises li").dataset.state).toBe("overdue");
    expect(texts("questions")).toEqual(["What do you need?"]);
    expect(queryText(".o_sheet_brief_questions h3")).toInclude("4 missing before “Qualified”");
    expect(queryText(".o_sheet_brief_changes li")).toInclude("Deadline: May");
});

test("a call says what was said, an e-mail its subject", async () => {
    await openBrief();
    const [call, email] = texts("contacts");
    expect(call).toInclude("Mar 1");
    expect(call).toInclude("Said yes");
    expect(email).toInclude("Dec 24, 2025");
    expect(email).toInclude("Offer");
});

test("a day is the same day everywhere", async () => {
    for (const offset of [13, -10]) {
        mockTimeZone(offset);
        expect(momentText("2025-12-24 00:00:00", true)).toBe("Dec 24, 2025");
    }
});

test("who refused calls has no link to be called", async () => {
    brief.may.phone = { state: "refused", label: "refused 01/02/2026", until: false, reasons: [] };
    await openBrief();
    expect(".o_sheet_brief_call").toHaveCount(0);
    expect(queryText(".o_sheet_brief_bar")).toInclude("+33 1 42 68 53 00");
    expect(queryText(".o_sheet_brief_may")).toBe("Call: refused 01/02/2026");
});

test("what is open opens the records that it counts", async () => {
    await openBrief();
    const [quotation, overdue] = texts("business");
    expect(quotation).toInclude("S1");
    expect(overdue).toInclude("10 days late");
    expect(queryAll(".o_sheet_brief_business .text-danger")).toHaveLength(1);
    await contains("[data-code=quotations]").click();
    await waitFor(".o_list_view");
});

test("nothing planned, nothing known", async () => {
    Object.assign(brief, {
        next: false,
        promises: { count: 0, late: 0, items: [] },
        contacts: [],
        bought: "",
        missing: { stage: false, count: 0, questions: [] },
        business: [],
        changes: false,
    });
    await openBrief();
    expect(texts("promises")).toEqual(["Nothing planned."]);
    expect(texts("contacts")).toEqual(["None yet."]);
    expect("h3").toHaveCount(2);
});
