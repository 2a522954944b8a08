import { beforeEach, describe, expect, test } from "@odoo/hoot";
import { click, edit, press, queryAllTexts } from "@odoo/hoot-dom";
import { advanceTime, animationFrame, Deferred } from "@odoo/hoot-mock";
import { define, mountRecord } from "@crm_customer_sheet/../tests/helpers";
import { contains, fields, models, onRpc } from "@web/../tests/web_test_helpers";

describe.current.tags("desktop"); // drawn the same on a phone

const check = (status, label, values) => ({
    status,
    label,
    reason: "",
    details: [],
    suggestion: "",
    example: "",
    ...values,
});

const MISTYPED = check("doubtful", "Doubtful", {
    reason: "The domain looks mistyped",
    suggestion: "jean@gmail.com",
});
const TOO_SHORT = check("invalid", "Invalid", { reason: "Too short", example: "06 12 34 56 78" });
const EMPTY = { status: false, example: "06 12 34 56 78" };
const VALID = check("valid", "Valid", { details: ["+33 6 12 34 56 78", "mobile", "France"] });

const MAIL = { code: "email", changes: [{ field: "email", after: "jean@gmail.com" }] };

class Country extends models.Model {
    name = fields.Char();

    _records = [{ id: 7, name: "France" }];
}

class Customer extends models.Model {
    name = fields.Char();
    email = fields.Char({ string: "E-mail" });
    phone = fields.Char();
    country_id = fields.Many2one({ relation: "country" });
    sheet_checks = fields.Json();

    _records = [
        {
            id: 1,
            name: "Jean",
            email: "jean@gmial.com",
            phone: "0612",
            country_id: 7,
            sheet_checks: { fields: { email: MISTYPED, phone: TOO_SHORT }, proposals: [MAIL] },
        },
        { id: 2, name: "Ada", phone: "0612345678", sheet_checks: { fields: { phone: VALID } } },
        { id: 3, name: "Empty", sheet_checks: { fields: { email: EMPTY, phone: EMPTY } } },
        { id: 4, name: "Of somebody who may not see the checks", sheet_checks: false },
    ];
}

define(Country, Customer);

let typed;

beforeEach(() => {
    typed = TOO_SHORT;
    onRpc("customer", "sheet_check_typed", ({ args }) => {
        expect.step(args);
        return typed;
    });
});

const mountForm = (body, resId) =>
    mountRecord("customer", resId, `<form><field name="country_id" invisible="1"/>${body}</form>`);

// -- badge -------------------------------------------------------------------

const BADGES = `
    <widget name="sheet_check_badge" options="{'field': 'email'}"/>
    <widget name="sheet_check_badge" options="{'field': 'phone'}"/>`;

test("a badge shows a status by its form, and says it in words", async () => {
    await mountForm(BADGES, 1);
    expect(".o_sheet_check_badge").toHaveCount(2);
    expect(".o_sheet_check_badge:eq(0) .fa-exclamation-triangle").toHaveCount(1);
    expect(".o_sheet_check_badge:eq(0)").toHaveAttribute("role", "img");
    expect(".o_sheet_check_badge:eq(0)").toHaveAttribute(
        "aria-label",
        "E-mail: Doubtful · The domain looks mistyped"
    );
    expect(".o_sheet_check_badge:eq(1) .fa-times-circle").toHaveCount(1);
    expect(".o_sheet_check_badge:eq(1)").toHaveAttribute(
        "aria-label",
        "Phone: Invalid · Too short"
    );
});

test("a good value says what is known of it, to the keyboard and to the mouse alike", async () => {
    await mountForm(BADGES, 2);
    const words = "Phone: Valid · +33 6 12 34 56 78 · mobile · France";
    expect(".o_sheet_check_badge .fa-check-circle").toHaveCount(1);
    expect(".o_sheet_check_badge").toHaveAttribute("aria-label", words);
    expect(".o_sheet_check_badge").toHaveAttribute("data-tooltip", words);
    expect(".o_sheet_check_badge").toHaveAttribute("tabindex", "0");
});

test("no value, no badge; no right to see the checks, no badge", async () => {
    for (const resId of [3, 4]) {
        await mountForm(BADGES, resId);
        expect(".o_sheet_check_badge").toHaveCount(0);
    }
});

// -- note --------------------------------------------------------------------

const EMAIL = `
    <field name="email"/>
    <widget name="sheet_check_note" options="{'field': 'email'}"/>`;
const PHONE = `
    <field name="name"/>
    <field name="phone"/>
    <widget name="sheet_check_note" options="{'field': 'phone'}"/>`;
const NOTE = ".o_sheet_check_note";
const EMAIL_INPUT = ".o_field_widget[name=email] input";
const PHONE_INPUT = ".o_field_widget[name=phone] input";

/** What the note says. */
const said = () => queryAllTexts(`${NOTE} > *`);

/** The wait before the server is asked, and its answer. */
const pause = async () => {
    await advanceTime(300);
    await animationFrame();
};

test("the reason is read under the field, with an example of what is right", async () => {
    await mountForm(PHONE, 1);
    expect(said()).toEqual(["Too short", "e.g. 06 12 34 56 78"]);
    expect(NOTE).toHaveText("Too short e.g. 06 12 34 56 78");
    expect(NOTE).toHaveAttribute("aria-live", "polite");
});

test("nothing is said of a good value, nor of none, while nobody types", async () => {
    for (const resId of [2, 3, 4]) {
        await mountForm(PHONE, resId);
        expect(said()).toEqual([]);
    }
    expect.verifySteps([]);
});

test("a suggestion is put into the field by its button", async () => {
    await mountForm(EMAIL, 1);
    expect(said()).toEqual(["The domain looks mistyped", "Use gmail.com", "Keep"]);
    await contains(`${NOTE} .o_sheet_check_correct`).click();
    expect(EMAIL_INPUT).toHaveValue("jean@gmail.com");
});

test("what was typed can be kept, where the server has seen it", async () => {
    onRpc("customer", "sheet_keep", ({ args }) => {
        expect.step(["keep", ...args]);
        return false;
    });
    await mountForm(EMAIL, 1);
    await contains(`${NOTE} .o_sheet_check_keep`).click();
    expect.verifySteps([["keep", [1], "email"]]);
});

test("a form that cannot be edited offers no suggestion", async () => {
    await mountRecord("customer", 1, `<form edit="0">${EMAIL}</form>`);
    expect(said()).toEqual(["The domain looks mistyped"]);
});

test("what is typed is checked after a pause, once, in the country of the record", async () => {
    await mountForm(PHONE, 1);
    await click(PHONE_INPUT);
    await edit("06");
    await advanceTime(200);
    await edit("0613");
    await advanceTime(200);
    expect.verifySteps([]);
    await pause();
    expect.verifySteps([["phone", "0613", 7]]);
});

test("the answer to what is typed replaces what was said of the saved value", async () => {
    await mountForm(PHONE, 1);
    await click(PHONE_INPUT);
    typed = VALID;
    await edit("06 12 34 56 78");
    await pause();
    expect(said()).toEqual(["+33 6 12 34 56 78 · mobile · France"]);
    expect(".o_sheet_check_reason").toHaveCount(0);
    expect.verifySteps([["phone", "06 12 34 56 78", 7]]);
});

test("typing into another field asks nothing", async () => {
    await mountForm(PHONE, 1);
    await click(".o_field_widget[name=name] input");
    await edit("Ada");
    await pause();
    expect.verifySteps([]);
});

test("an empty field gives an example when it is entered, until it is left", async () => {
    typed = EMPTY;
    await mountForm(PHONE, 3);
    await click(PHONE_INPUT);
    await pause();
    expect(said()).toEqual(["e.g. 06 12 34 56 78"]);
    expect.verifySteps([["phone", "", false]]);
    await click(".o_field_widget[name=name] input");
    await animationFrame();
    expect(said()).toEqual([]);
});

test("an answer that comes after the field was left is not shown", async () => {
    const answer = new Deferred();
    onRpc("customer", "sheet_check_typed", () => answer);
    await mountForm(PHONE, 3);
    await click(PHONE_INPUT);
    await pause();
    await click(".o_field_widget[name=name] input");
    answer.resolve(EMPTY);
    await animationFrame();
    expect(said()).toEqual([]);
});

const typeMistyped = async () => {
    typed = MISTYPED;
    await mountForm(`${EMAIL}<field name="name"/>`, 3);
    await click(EMAIL_INPUT);
    await edit("jean@gmial.com");
    await pause();
    expect.verifySteps([["email", "jean@gmial.com", false]]);
};

/** What was typed must not come back. */
const expectCorrected = async () => {
    await animationFrame();
    expect(EMAIL_INPUT).toHaveValue("jean@gmail.com");
    expect(said()).toEqual([]);
    await click(".o_field_widget[name=name] input");
    await animationFrame();
    expect(EMAIL_INPUT).toHaveValue("jean@gmail.com");
};

test("the suggestion for what is being typed takes its place", async () => {
    await typeMistyped();
    await click(`${NOTE} button`);
    await expectCorrected();
});

test("the suggestion for what is being typed is reached and accepted by keyboard", async () => {
    await typeMistyped();
    await press("Tab");
    await animationFrame();
    expect(`${NOTE} button`).toBeFocused();
    await press("Enter");
    await animationFrame();
    expect(EMAIL_INPUT).toBeFocused();
    await expectCorrected();
});

test("the suggestion is gone once neither the field nor its button has the focus", async () => {
    await typeMistyped();
    await press("Tab");
    await press("Tab");
    await animationFrame();
    expect(".o_field_widget[name=name] input").toBeFocused();
    expect(said()).toEqual([]);
});
