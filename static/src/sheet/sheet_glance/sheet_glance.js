import { reactive, toRaw, useComponent, useEnv, useState } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { Deferred, KeepLast } from "@web/core/utils/concurrency";
import { useRecordObserver } from "@web/model/relational_model/utils";

const PATIENCE = 120;

/**
 * Returns what has been typed and is not saved, of a new record all its values, as `onchange` takes
 * it. Fields in which somebody is typing are not asked, unlike by `record.getChanges()`.
 */
export function editsOf(record) {
    return record._getChanges(record._changes, { withReadonly: true });
}

/** One glance per form: all blocks of a form share one request. */
const glances = new WeakMap();

/**
 * What the sheet says of a record beside its fields, asked after the form is shown: at once for
 * another record, and once its edits have settled.
 */
class Glance {
    constructor(orm) {
        this.orm = orm;
        this.keepLast = new KeepLast();
        this.state = reactive({ parts: {} });
        this.arrival = new Deferred();
    }

    follow(record) {
        Object.values(record.data); // reading them is what subscribes to them
        const isOther = this.key !== record.id;
        // a record that has just been saved or loaded again keeps what is shown
        const isKept = record.resId && [false, record.resId].includes(this.resId);
        if (isOther && !isKept) {
            this.state.parts = {};
        }
        Object.assign(this, { key: record.id, resId: record.resId });
        // every block follows the record: one that comes after the first does not delay it
        this.isDue = isOther || this.isDue;
        browser.clearTimeout(this.timer);
        this.timer = browser.setTimeout(() => this.look(record), this.isDue ? 0 : PATIENCE);
    }

    /** Asks, unless nothing was typed or loaded since; a page that is opened changes nothing. */
    look(record) {
        this.isDue = false;
        const values = editsOf(record);
        const asked = JSON.stringify([record.id, record.resId, values]);
        if (asked !== this.asked || record._values !== this.loaded) {
            Object.assign(this, { asked, loaded: record._values });
            return this.load(record, values);
        }
    }

    async load({ context, resId, resModel }, values) {
        const args = [resId ? [resId] : [], values];
        const asked = this.orm.silent.call(resModel, "sheet_glance", args, { context });
        this.state.parts = await this.keepLast.add(asked);
        this.arrival.resolve();
        this.arrival = new Deferred();
    }
}

/**
 * Returns `{parts}`, reactive: what each room tells of the component's record, by name. Empty until
 * the first answer of the server.
 */
export function useSheetGlance() {
    return useState(useGlance().state);
}

/** Returns a function that waits for the next answer of the server. */
export function useNextGlance() {
    const glance = useGlance();
    return () => glance.arrival;
}

function useGlance() {
    // raw: each proxy of a model would be another key
    const model = toRaw(toRaw(useComponent().props.record).model);
    if (!glances.has(model)) {
        const { orm } = useEnv().services; // outlives the block that asked first
        glances.set(model, new Glance(orm));
    }
    const glance = glances.get(model);
    useRecordObserver((record) => glance.follow(record));
    return glance;
}
