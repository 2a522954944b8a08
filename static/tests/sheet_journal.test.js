import { beforeEach, describe, expect, test } from "@odoo/hoot";
import { click, edit, queryAllTexts, queryOne } from "@odoo/hoot-dom";
import { animationFrame, mockTimeZone, runAllTimers } from "@odoo/hoot-mock";
import { define, mountRecord } from "@crm_customer_sheet/../tests/helpers";
import { contains, fields, mockService, models, onRpc } from "@web/../tests/web_test_helpers";

describe.current.tags("desktop"); // drawn the same on a phone

class Customer extends models.Model {
    name = fields.Char();

    _records = [{ id: 1, name: "Salma" }];
}

define(Customer);

const line = (number, values) => ({
    key: `2025-01-0${number}T10:00:00|message|${number}`,
    kind: "email",
    kind_label: "E-mail",
    at: `2025-01-0${number} 10:00:00`,
    is_day: false,
    title: "",
    was: "",
    text: "",
    state: "",
    state_label: "",
    person: false,
    author: false,
    model: "customer",
    id: 1,
    about: "",
    amount: 0,
    currency_id: false,
    ...values,
});

const ORDER = line(3, {
    kind: "order",
    kind_label: "Order",
    title: "S00012",
    model: "sale.order",
    id: 12,
    is_day: true,
    at: "2025-01-03 00:00:00",
});
const STAGE = line(2, {
    kind: "stage",
    kind_label: "Stage",
    was: "New",
    title: "Qualified",
    author: { id: 5, name: "Rep" },
    person: { id: 1, name: "Salma" },
    about: "HVAC line",
});
const OLD = line(1, { title: "The first" });

const CHOICES = {
    kinds: [
        { code: "email", label: "E-mails" },
        { code: "order", label: "Orders" },
    ],
    people: [
        { id: 1, name: "Salma" },
        { id: 2, name: "Bilal" },
    ],
};

let asked;

beforeEach(() => {
    asked = [];
    onRpc("customer", "sheet_journal_choices", () => CHOICES);
    onRpc("customer", "sheet_journal", ({ kwargs }) => {
        asked.push(kwargs);
        if (kwargs.text) {
            return { lines: [], more: false };
        }
        return kwargs.before
            ? { lines: [OLD], more: false }
            : { lines: [ORDER, STAGE], more: STAGE.key };
    });
});

const mountJournal = (resId = 1) =>
    mountRecord("customer", resId, `<form><widget name="sheet_journal"/></form>`);

const headings = () => queryAllTexts(".o_sheet_journal_line .flex-grow-1 > div:first-child");

test("lines tell what happened, of whom and by whom", async () => {
    await mountJournal();
    expect(headings()).toEqual([
        "Order\nS00012\n01/03/2025",
        "Stage\nNew → Qualified\n01/02/2025 11:00",
    ]);
    expect(queryAllTexts(".o_sheet_journal_line:eq(1) .column-gap-3 span")).toEqual([
        "by Rep",
        "with Salma",
        "about HVAC line",
    ]);
    expect(".o_sheet_journal [role=status]").toHaveText("Lines: 2, and older ones");
});

test("a day is the same day everywhere", async () => {
    mockTimeZone(13);
    await mountJournal();
    expect(headings()[0]).toBe("Order\nS00012\n01/03/2025");
});

test("older lines follow", async () => {
    await mountJournal();
    await contains(".o_sheet_journal_more").click();
    expect(asked.at(-1).before).toBe(STAGE.key);
    expect(".o_sheet_journal_line").toHaveCount(3);
    expect(".o_sheet_journal_more").toHaveCount(0);
});

test("a line opens its record, and not the one that is open", async () => {
    mockService("action", {
        doAction: ({ res_model, res_id }) => expect.step([res_model, res_id]),
    });
    await mountJournal();
    expect(".o_sheet_journal_open").toHaveCount(1);
    await contains(".o_sheet_journal_open").click();
    expect.verifySteps([["sale.order", 12]]);
});

test("kinds, a person and words filter", async () => {
    await mountJournal();
    await contains(".o_sheet_journal_kinds").click();
    await contains(".o-dropdown--menu [data-kind=order]").click();
    expect(asked.at(-1)).toMatchObject({ kinds: ["order"], before: false });
    expect(".o_sheet_journal_kinds").toHaveText("Orders");
    await contains(".o_sheet_journal_person").select("2");
    expect(asked.at(-1)).toMatchObject({ kinds: ["order"], person: 2 });
    await click(".o_sheet_journal_search");
    await edit("nothing");
    await runAllTimers();
    await animationFrame();
    expect(asked.at(-1)).toMatchObject({ text: "nothing" });
    expect(".o_sheet_journal_empty").toHaveText(/Nothing of this kind/);
    await contains(".o_sheet_journal_empty button").click();
    expect(asked.at(-1)).toMatchObject({ kinds: false, person: false, text: false });
    expect(queryOne(".o_sheet_journal_search").value).toBe("");
});

test("a new record has no journal yet", async () => {
    await mountJournal(false);
    expect(".o_sheet_journal_new").toHaveCount(1);
    expect(asked).toEqual([]);
});
