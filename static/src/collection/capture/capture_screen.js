import { Component, onWillStart, useState } from "@odoo/owl";
import { CaptureCard } from "@crm_customer_sheet/collection/capture/capture_card";
import { newUuid, summary } from "@crm_customer_sheet/collection/capture/capture_words";
import { loadJS } from "@web/core/assets";
import { browser } from "@web/core/browser/browser";
import { ConfirmationDialog } from "@web/core/confirmation_dialog/confirmation_dialog";
import { _t } from "@web/core/l10n/translation";
import { ConnectionLostError } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { useService } from "@web/core/utils/hooks";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

/** The fair forms as the server told them last, and the one in use: for where there is no network. */
const FORMS = "customer_sheet_capture_forms";
const CHOSEN = "customer_sheet_capture_form";
const MODEL = "customer.sheet.form";

/** Quick capture: a badge or a card becomes a lead in three taps, with or without network. */
export class CaptureScreen extends Component {
    static template = "crm_customer_sheet.CaptureScreen";
    static components = { CaptureCard, Layout };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.dialog = useService("dialog");
        this.notification = useService("notification");
        this.queue = useState(useService("sheet_capture_queue"));
        this.state = useState({
            forms: [],
            toType: [],
            formId: 0,
            card: this.blank(),
            view: "card",
        });
        onWillStart(() => this.start());
    }

    blank() {
        return {
            uuid: newUuid(),
            scanned: "",
            photo: "",
            typed: {},
            needs: [],
            temperature: "",
            note: "",
        };
    }

    async start() {
        this.state.forms = await this.loadForms();
        const chosen = Number(browser.localStorage.getItem(CHOSEN));
        const form = this.state.forms.find(({ id }) => id === chosen) || this.state.forms[0];
        this.state.formId = form?.id;
        if (!("BarcodeDetector" in window)) {
            // stock loads its reader at the first scan, when there may be no network
            loadJS("/web/static/lib/zxing-library/zxing-library.js").catch(() => {});
        }
        this.loadToType();
        this.queue.load().then(() => this.queue.send());
    }

    /** The forms that the server knows, or those that it told last where it cannot be asked. */
    async loadForms() {
        const key = `${FORMS}_${user.userId}`;
        try {
            const forms = await this.orm.call(MODEL, "capture_forms", []);
            browser.localStorage.setItem(key, JSON.stringify(forms));
            return forms;
        } catch (error) {
            if (!(error instanceof ConnectionLostError)) {
                throw error;
            }
            return JSON.parse(browser.localStorage.getItem(key) || "[]");
        }
    }

    async loadToType() {
        try {
            this.state.toType = await this.orm.silent.call(MODEL, "capture_to_type", []);
        } catch (error) {
            if (!(error instanceof ConnectionLostError)) {
                throw error;
            }
        }
    }

    get form() {
        return this.state.forms.find(({ id }) => id === this.state.formId);
    }

    get waitingText() {
        const count = this.queue.waiting.length;
        return this.queue.isOffline
            ? _t("No network. Cards that wait on this device: %s.", count)
            : _t("Cards that wait on this device: %s.", count);
    }

    get refused() {
        return this.queue.waiting.filter(({ problem }) => problem);
    }

    choose(id) {
        this.state.formId = Number(id);
        browser.localStorage.setItem(CHOSEN, this.state.formId);
    }

    /** Types a card of which there is little more than a photo. */
    async type({ uuid, form, needs, temperature, note }) {
        const photo = await this.orm.call(MODEL, "capture_photo", [uuid]);
        this.choose(form);
        const card = { ...this.blank(), uuid, photo, temperature, note, isToType: true };
        card.needs = this.form.needs.filter((need) => needs.split(", ").includes(need));
        Object.assign(this.state, { view: "card", card });
    }

    async save() {
        const { uuid, isToType, ...card } = this.state.card;
        card.photo = isToType ? "" : card.photo; // the server has it
        const label =
            card.typed.name || card.typed.company || (card.scanned && summary(card.scanned));
        await this.queue.add({
            uuid,
            form: this.state.formId,
            label: label || _t("A card to type"),
            card,
        });
        this.state.toType = this.state.toType.filter((each) => each.uuid !== uuid);
        this.state.card = this.blank();
        this.notification.add(_t("Kept. The next one?"), { type: "success" });
    }

    show(view) {
        Object.assign(this.state, { view, card: this.blank() });
        if (view === "toType") {
            this.loadToType();
        }
    }

    discard({ uuid, label }) {
        this.dialog.add(ConfirmationDialog, {
            body: _t("“%s” is deleted from this device, and the server does not have it.", label),
            confirmLabel: _t("Delete"),
            confirm: () => this.queue.forget(uuid),
            cancel: () => {},
        });
    }
}

registry.category("actions").add("customer_sheet_capture", CaptureScreen);
