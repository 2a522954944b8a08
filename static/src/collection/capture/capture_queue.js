import { reactive } from "@odoo/owl";
import { CaptureStore } from "@crm_customer_sheet/collection/capture/capture_store";
import { browser } from "@web/core/browser/browser";
import { ConnectionLostError } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { session } from "@web/session";

/** How long an answer is waited for; then the card is sent again, which does no harm. */
export const PATIENCE = 20_000;
/** How long after a try without network the next one follows, unless the device says sooner. */
export const PAUSE = 30_000;

const SESSION_EXPIRED = 100;
/** Set while cards wait on this device: the next page sends them, whatever it shows. */
const MARK = "customer_sheet_capture_waiting";

/** Cards on their way to the server: kept on the device until it has them, each sent once. */
export class CaptureQueue {
    constructor(orm, store, userId) {
        this.orm = orm;
        this.store = store;
        this.userId = userId;
        this.waiting = [];
        /** What the server has got since this page was opened, the last one first. */
        this.sent = [];
        this.isSending = false;
        this.isOffline = false;
        /** Whether the device keeps nothing: what waits is gone with the page. */
        this.isFleeting = false;
    }

    /** Finds the cards that this user left on the device. */
    async load() {
        const cards = (await this.attempt(() => this.store.all())) || [];
        const isNew = ({ by, uuid }) => by === this.userId && !this.find(uuid);
        this.waiting.unshift(...cards.filter(isNew));
    }

    find(uuid) {
        return this.waiting.find((kept) => kept.uuid === uuid);
    }

    /** Keeps a card and begins to send; resolves once it is kept. */
    async add({ uuid, form, label, card }) {
        const kept = { uuid, form, label, card, by: this.userId, at: Date.now() };
        browser.localStorage.setItem(MARK, "1");
        await this.attempt(() => this.store.put(kept));
        this.waiting.push(kept);
        this.send();
    }

    /** Sends what waits, one after the other; what fails stays, and is sent again. */
    async send() {
        if (this.isSending) {
            return;
        }
        this.isSending = true;
        browser.clearTimeout(this.timer);
        try {
            await this.sendEach();
        } finally {
            this.isSending = false;
        }
        if (!this.waiting.length) {
            browser.localStorage.removeItem(MARK);
        } else if (this.isOffline) {
            this.timer = browser.setTimeout(() => this.send(), PAUSE);
        }
    }

    async sendEach() {
        const tried = new Set();
        const next = () => this.waiting.find(({ uuid }) => !tried.has(uuid));
        for (let kept = next(); kept; kept = next()) {
            tried.add(kept.uuid);
            try {
                const answer = await this.ask(kept);
                this.sent.unshift({ ...answer, uuid: kept.uuid, label: kept.label });
                await this.forget(kept.uuid);
            } catch (error) {
                if (error instanceof ConnectionLostError) {
                    this.isOffline = true;
                    return;
                }
                kept.problem = error.data?.message || error.message;
                if (error.code === SESSION_EXPIRED) {
                    break;
                }
            }
        }
        this.isOffline = false;
    }

    ask({ form, uuid, card }) {
        const answer = this.orm.silent.call("customer.sheet.form", "capture", [[form], uuid, card]);
        let timer;
        const limit = new Promise((_resolve, reject) => {
            timer = browser.setTimeout(() => reject(new ConnectionLostError()), PATIENCE);
        });
        return Promise.race([answer, limit]).finally(() => browser.clearTimeout(timer));
    }

    async forget(uuid) {
        await this.attempt(() => this.store.remove(uuid));
        this.waiting = this.waiting.filter((kept) => kept.uuid !== uuid);
    }

    async attempt(work) {
        try {
            return await work();
        } catch {
            this.isFleeting = true; // private windows, full disks
        }
    }
}

export const captureQueueService = {
    dependencies: ["orm"],
    start(_env, { orm }) {
        const store = new CaptureStore(`crm_customer_sheet_capture_${session.db}`);
        const queue = reactive(new CaptureQueue(orm, store, user.userId));
        browser.addEventListener("online", () => queue.send());
        if (browser.localStorage.getItem(MARK)) {
            queue.load().then(() => queue.send());
        }
        return queue;
    },
};

registry.category("services").add("sheet_capture_queue", captureQueueService);
