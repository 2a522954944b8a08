const CARDS = "cards";

/**
 * The cards that wait on this device until the server has them, in its IndexedDB.
 *
 * Odoo's own `IndexedDB` is a cache: it takes what it could not write for written, and a new
 * version of the web client empties it.
 */
export class CaptureStore {
    constructor(name) {
        this.name = name;
    }

    /** Every card, the oldest first. */
    async all() {
        const cards = await this._do("readonly", (store) => store.getAll());
        return cards.sort((one, other) => one.at - other.at);
    }

    /** Keeps a card; once this has resolved, the card survives the end of the page. */
    put(card) {
        return this._do("readwrite", (store) => store.put(card));
    }

    remove(uuid) {
        return this._do("readwrite", (store) => store.delete(uuid));
    }

    async _do(mode, ask) {
        const db = await this._open();
        try {
            return await new Promise((resolve, reject) => {
                const transaction = db.transaction(CARDS, mode, { durability: "strict" });
                const request = ask(transaction.objectStore(CARDS));
                transaction.oncomplete = () => resolve(request.result);
                transaction.onabort = () => reject(transaction.error);
            });
        } finally {
            db.close();
        }
    }

    _open() {
        return new Promise((resolve, reject) => {
            const request = indexedDB.open(this.name, 1);
            request.onupgradeneeded = () => {
                request.result.createObjectStore(CARDS, { keyPath: "uuid" });
            };
            request.onsuccess = () => resolve(request.result);
            request.onerror = () => reject(request.error);
        });
    }
}
