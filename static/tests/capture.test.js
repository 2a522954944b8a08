import { after, beforeEach, expect, test } from "@odoo/hoot";
import { click, queryAllTexts, queryFirst, waitFor, waitForNone } from "@odoo/hoot-dom";
import { advanceTime, animationFrame } from "@odoo/hoot-mock";
import {
    CaptureQueue,
    PATIENCE,
    PAUSE,
} from "@crm_customer_sheet/collection/capture/capture_queue";
import { CaptureScreen } from "@crm_customer_sheet/collection/capture/capture_screen";
import { CaptureStore } from "@crm_customer_sheet/collection/capture/capture_store";
import { newUuid, summary } from "@crm_customer_sheet/collection/capture/capture_words";
import { define } from "@crm_customer_sheet/../tests/helpers";
import { browser } from "@web/core/browser/browser";
import { user } from "@web/core/user";
import { ConnectionLostError, RPCError } from "@web/core/network/rpc";
import {
    contains,
    getService,
    mountWithCleanup,
    onRpc,
    patchWithCleanup,
} from "@web/../tests/web_test_helpers";
import { WebClient } from "@web/webclient/webclient";

define();

const FORM = {
    id: 7,
    name: "Lyon",
    url: "https://example.com/form/lyon",
    qr: "data:image/png;base64,",
    needs: ["Quotation", "Visit"],
    questions: [
        { code: "name", label: "Name", kind: "text", example: "", max_length: 250 },
        { code: "email", label: "E-mail", kind: "email", example: "", max_length: 254 },
    ],
};
const BADGE = "BEGIN:VCARD\nVERSION:3.0\nFN:Julie Martin\nORG:Atlas Meca\nEND:VCARD";

/** A server that has the cards it got, once each, or cannot be reached. */
function server() {
    const got = new Map();
    return {
        got,
        asked: 0,
        fails: null,
        losesAnswer: false,
        get silent() {
            return this;
        },
        async call(model, method, [[form], uuid, card]) {
            this.asked++;
            if (this.fails) {
                throw this.fails;
            }
            got.set(`${form}/${uuid}`, card);
            if (this.losesAnswer) {
                this.losesAnswer = false;
                throw new ConnectionLostError("/web/dataset/call_kw");
            }
            return { reference: `L${got.size}`, to_type: false };
        },
    };
}

function refused(message, code = 200) {
    return Object.assign(new RPCError(message), { code, data: { message } });
}

let device;
beforeEach(() => {
    device = new CaptureStore(`hoot_${newUuid()}`);
    after(() => indexedDB.deleteDatabase(device.name));
});

const queueOf = (orm, userId = 2) => new CaptureQueue(orm, device, userId);
const card = (number) => ({
    uuid: newUuid(),
    form: 7,
    label: `Card ${number}`,
    card: { note: number },
});

/** Waits for the queue, which no mock of time moves. */
async function until(queue, isDone) {
    for (let round = 0; round < 200 && !isDone(); round++) {
        await queue.store.all();
    }
    expect(Boolean(isDone())).toBe(true);
}

test("a UUID of the device is one, and new each time", () => {
    const made = new Set(Array.from({ length: 100 }, newUuid));
    expect(made.size).toBe(100);
    for (const uuid of made) {
        expect(uuid).toMatch(
            /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/
        );
    }
});

test("who was scanned is recognised", () => {
    expect(summary(BADGE)).toBe("Julie Martin, Atlas Meca");
    expect(summary("MECARD:N:Martin,Julie;ORG:Atlas Meca;;")).toBe("Julie Martin, Atlas Meca");
    expect(summary("https://badge.example/42")).toBe("https://badge.example/42");
});

test.tags("desktop");
test("ten cards in airplane mode are ten on the server once it is over", async () => {
    const orm = server();
    orm.fails = new ConnectionLostError("/web");
    const queue = queueOf(orm);
    for (let number = 0; number < 10; number++) {
        await queue.add(card(number));
    }
    await until(queue, () => !queue.isSending);
    expect(queue.isOffline).toBe(true);
    expect(queue.waiting).toHaveLength(10);
    expect(orm.got.size).toBe(0);
    orm.fails = null;
    await queue.send();
    expect(queue.waiting).toHaveLength(0);
    expect(queue.isOffline).toBe(false);
    expect([...orm.got.values()].map(({ note }) => note)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(await queue.store.all()).toEqual([]);
});

test.tags("desktop");
test("a card of which the answer was lost is sent again under the same number", async () => {
    const orm = server();
    orm.losesAnswer = true;
    const queue = queueOf(orm);
    const sent = card(1);
    await queue.add(sent);
    await until(queue, () => !queue.isSending);
    expect(queue.waiting).toHaveLength(1);
    await queue.send();
    expect(orm.asked).toBe(2);
    expect([...orm.got.keys()]).toEqual([`7/${sent.uuid}`]);
    expect(queue.waiting).toHaveLength(0);
    expect(queue.sent).toHaveLength(1);
});

test.tags("desktop");
test("an answer that does not come is not waited for", async () => {
    const orm = server();
    const queue = queueOf(orm);
    orm.call = () => new Promise(() => {});
    await queue.add(card(1));
    await until(queue, () => queue.isSending);
    await advanceTime(PATIENCE);
    await until(queue, () => !queue.isSending);
    expect(queue.isOffline).toBe(true);
    expect(queue.waiting).toHaveLength(1);
});

test.tags("desktop");
test("the queue tries again by itself after a while", async () => {
    const orm = server();
    orm.fails = new ConnectionLostError("/web");
    const queue = queueOf(orm);
    await queue.add(card(1));
    await until(queue, () => !queue.isSending);
    orm.fails = null;
    await advanceTime(PAUSE);
    await until(queue, () => !queue.waiting.length);
    expect(orm.got.size).toBe(1);
});

test.tags("desktop");
test("cards outlive the page, and are those of the user who took them", async () => {
    const orm = server();
    orm.fails = new ConnectionLostError("/web");
    const queue = queueOf(orm);
    await queue.add(card(1));
    await until(queue, () => !queue.isSending);
    const colleague = queueOf(server(), 3);
    await colleague.load();
    expect(colleague.waiting).toHaveLength(0);
    const later = queueOf(server());
    await later.load();
    await later.load();
    expect(later.waiting.map(({ label }) => label)).toEqual(["Card 1"]);
    await later.send();
    expect(later.orm.got.size).toBe(1);
});

test.tags("desktop");
test("a refusal is told, keeps the card and stops nobody else", async () => {
    const orm = server();
    const queue = queueOf(orm);
    orm.fails = refused("“Lyon” is not published.");
    await queue.add(card(1));
    await until(queue, () => !queue.isSending);
    expect(queue.waiting[0].problem).toBe("“Lyon” is not published.");
    orm.fails = null;
    await queue.add(card(2));
    await until(queue, () => !queue.waiting.length);
    expect(orm.got.size).toBe(2);
});

test.tags("desktop");
test("where nothing can be kept it is said, and sent all the same", async () => {
    const orm = server();
    const queue = queueOf(orm);
    device.put = () => Promise.reject(new Error("full"));
    await queue.add(card(1));
    expect(queue.isFleeting).toBe(true);
    await until(queue, () => !queue.waiting.length);
    expect(orm.got.size).toBe(1);
});

async function mountScreen({ forms = [FORM], toType = [] } = {}) {
    onRpc("customer.sheet.form", "capture_forms", () => forms);
    onRpc("customer.sheet.form", "capture_to_type", () => toType);
    onRpc("customer.sheet.form", "capture_photo", () => "R0lGODlhAQABAAAAACw=");
    onRpc("customer.sheet.form", "capture", ({ args: [[form], uuid, sent] }) => {
        expect.step([form, sent]);
        return { reference: "L00042", to_type: false };
    });
    await mountWithCleanup(WebClient);
    await getService("action").doAction("customer_sheet_capture");
    const queue = getService("sheet_capture_queue");
    queue.store = device;
    return queue;
}

test("without a form for fairs it is said where to make one", async () => {
    await mountScreen({ forms: [] });
    await waitFor(".o_sheet_capture_none:contains(Fairs and visits)");
});

test("a few taps make a card", async () => {
    const queue = await mountScreen();
    expect(".o_sheet_capture_save").not.toBeEnabled();
    await contains(".o_sheet_capture_type").click();
    await contains("input[name=name]").edit("Julie Martin");
    await contains(".o_sheet_capture_needs button:contains(Quotation)").click();
    await contains(".o_sheet_capture_needs button:contains(Visit)").click();
    await contains(".o_sheet_capture_needs button:contains(Visit)").click();
    await contains(".o_sheet_capture_temperature button:contains(Hot)").click();
    await contains("textarea").edit("Compares us with two others");
    expect("[aria-pressed=true]").toHaveCount(2);
    await click(".o_sheet_capture_save");
    await until(queue, () => queue.sent.length);
    await waitFor(".o_sheet_capture_sent:contains(Julie Martin (L00042))");
    expect.verifySteps([
        [
            7,
            {
                scanned: "",
                photo: "",
                typed: { name: "Julie Martin" },
                needs: ["Quotation"],
                temperature: "hot",
                note: "Compares us with two others",
            },
        ],
    ]);
    expect("[aria-pressed=true]").toHaveCount(0);
    expect("input[name=name]").toHaveCount(0);
});

test("a card of which there is only a photo is typed later", async () => {
    const waiting = {
        uuid: newUuid(),
        form: 7,
        captured: "11/30, 10:00 AM",
        thumbnail: "data:image/jpeg;base64,",
        needs: "Visit",
        temperature: "warm",
        note: "Red stand",
    };
    const queue = await mountScreen({ toType: [waiting] });
    await contains(".o_sheet_capture_show_to_type:contains(1)").click();
    await contains(".o_sheet_capture_to_type button:contains(Red stand)").click();
    await waitFor(".o_sheet_capture_image");
    expect(queryAllTexts("[aria-pressed=true]")).toEqual(["Visit", "Warm"]);
    expect(".o_sheet_capture_save").not.toBeEnabled();
    await contains("input[name=name]").edit("Julie");
    await click(".o_sheet_capture_save");
    await until(queue, () => queue.sent.length);
    expect(queue.sent[0].uuid).toBe(waiting.uuid);
    expect.verifySteps([
        [
            7,
            {
                scanned: "",
                photo: "",
                typed: { name: "Julie" },
                needs: ["Visit"],
                temperature: "warm",
                note: "Red stand",
            },
        ],
    ]);
    await waitForNone(".o_sheet_capture_show_to_type");
});

test("without network the forms are those of the last time", async () => {
    browser.localStorage.setItem(
        `customer_sheet_capture_forms_${user.userId}`,
        JSON.stringify([FORM])
    );
    patchWithCleanup(CaptureScreen.prototype, {
        async loadForms() {
            this.orm = { call: () => Promise.reject(new ConnectionLostError("/web")) };
            return super.loadForms();
        },
        loadToType() {},
    });
    await mountWithCleanup(WebClient);
    await getService("action").doAction("customer_sheet_capture");
    await animationFrame();
    expect(queryFirst(".o_sheet_capture_card")).not.toBe(null);
});
