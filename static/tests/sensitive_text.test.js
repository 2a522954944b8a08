import { beforeEach, describe, expect, test } from "@odoo/hoot";
import { waitFor, waitForNone } from "@odoo/hoot-dom";
import { advanceTime, animationFrame } from "@odoo/hoot-mock";
import { define } from "@crm_customer_sheet/../tests/helpers";
import {
    contains,
    fields,
    getService,
    MockServer,
    models,
    mountWithCleanup,
    onRpc,
    serverState,
} from "@web/../tests/web_test_helpers";
import { WebClient } from "@web/webclient/webclient";

describe.current.tags("desktop"); // drawn the same on a phone

const ARCHS = {
    form: `<form><field name="name"/><field name="need"/></form>`,
    list: `<list><field name="name"/></list>`,
    kanban: `<kanban><templates><t t-name="card"><field name="name"/></t></templates></kanban>`,
    search: `<search/>`,
};

class Customer extends models.Model {
    name = fields.Char();
    need = fields.Text();

    _records = [
        { id: 1, name: "Atlas Meca", need: "Elle est diabétique" },
        { id: 2, name: "Garage Moulin" },
    ];
    _views = ARCHS;
}

class Request extends models.Model {
    name = fields.Char();
    need = fields.Text();

    _records = [{ id: 1, name: "Request" }];
    _views = ARCHS;
}

define(Customer, Request);

const WARNING = ".o_notification:contains(A text may say too much)";
const REPHRASE = `${WARNING} button:contains(Rephrase)`;
const NEED = ".o_field_widget[name=need]";

const payload = (values) => ({
    title: "A text may say too much",
    message: "“Need” of Atlas Meca seems to hold: Health.",
    res_model: "customer",
    res_id: 1,
    field: "need",
    ...values,
});

const warn = async (values) => {
    const channel = serverState.partnerId;
    MockServer.env["bus.bus"]._sendone(channel, "customer_sheet_sensitive", payload(values));
    await waitFor(WARNING);
};

const openForm = (res_model, res_id) =>
    getService("action").doAction({
        type: "ir.actions.act_window",
        res_model,
        res_id,
        views: [[false, "form"]],
    });

beforeEach(() => {
    onRpc("has_group", () => true);
});

test("the author is warned until they close it", async () => {
    await mountWithCleanup(WebClient);
    await warn();
    expect(`${WARNING} .o_notification_content`).toHaveText(
        "A text may say too much. “Need” of Atlas Meca seems to hold: Health."
    );
    expect(`${WARNING} .o_notification_bar`).toHaveClass("bg-warning");
    await advanceTime(60_000);
    expect(WARNING).toHaveCount(1);
    await contains(`${WARNING} .o_notification_close`).click();
    await waitForNone(WARNING);
});

test("Rephrase opens the record", async () => {
    await mountWithCleanup(WebClient);
    await warn();
    await contains(REPHRASE).click();
    await waitFor(".o_form_view");
    expect(".o_field_widget[name=name] input").toHaveValue("Atlas Meca");
    await waitForNone(WARNING);
});

test("Rephrase goes to the field of the record that is open, without opening it again", async () => {
    onRpc("customer", "web_read", ({ args }) => expect.step(`reads ${args[0]}`));
    await mountWithCleanup(WebClient);
    await openForm("customer", 1);
    expect.verifySteps(["reads 1"]);
    await warn();
    await contains(REPHRASE).click();
    await waitFor(`${NEED}.o_sheet_highlight`);
    await animationFrame();
    expect(`${NEED} textarea`).toBeFocused();
    await waitForNone(WARNING);
    expect.verifySteps([]);
});

test("Rephrase leaves another record of the same kind", async () => {
    await mountWithCleanup(WebClient);
    await openForm("customer", 2);
    await warn();
    await contains(REPHRASE).click();
    await waitFor(".o_field_widget[name=name] input:value(Atlas Meca)");
});

test("Rephrase leaves a record of another kind that has the same number", async () => {
    await mountWithCleanup(WebClient);
    await openForm("request", 1);
    await warn();
    await contains(REPHRASE).click();
    await waitFor(".o_field_widget[name=name] input:value(Atlas Meca)");
});

test("a warning about several records has nothing to rephrase", async () => {
    await mountWithCleanup(WebClient);
    await warn({ res_id: false });
    expect(`${WARNING} .o_notification_buttons button`).toHaveCount(0);
});

test("other notifications are left alone", async () => {
    await mountWithCleanup(WebClient);
    MockServer.env["bus.bus"]._sendone(serverState.partnerId, "customer_sheet_other", payload());
    await animationFrame();
    expect(WARNING).toHaveCount(0);
});
