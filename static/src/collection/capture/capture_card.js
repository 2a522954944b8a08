import { Component, useRef, useState } from "@odoo/owl";
import { shrunk, summary } from "@crm_customer_sheet/collection/capture/capture_words";
import { scanBarcode } from "@web/core/barcode/barcode_dialog";
import { isBarcodeScannerSupported } from "@web/core/barcode/barcode_video_scanner";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";

const INPUTS = { email: "email", phone: "tel", url: "url" };

/** One person met at a fair: a scanned badge, a photo or a few words, and what they want. */
export class CaptureCard extends Component {
    static template = "crm_customer_sheet.CaptureCard";
    static props = { card: Object, form: Object, save: Function };

    setup() {
        this.notification = useService("notification");
        this.camera = useRef("camera");
        this.state = useState({ isTyping: Boolean(this.props.card.isToType) });
        this.canScan = isBarcodeScannerSupported();
        this.temperatures = [
            { value: "cold", label: _t("Cold") },
            { value: "warm", label: _t("Warm") },
            { value: "hot", label: _t("Hot") },
        ];
    }

    get card() {
        return this.props.card;
    }

    get who() {
        return this.card.scanned && summary(this.card.scanned);
    }

    get photo() {
        return this.card.photo && `data:image/jpeg;base64,${this.card.photo}`;
    }

    get questions() {
        return this.props.form.questions.map((question) => ({
            ...question,
            type: INPUTS[question.kind] || "text",
            id: `o_sheet_capture_${question.code}`,
        }));
    }

    /** Whether there is anything by which the person can be found again. */
    get canSave() {
        const { isToType, photo, scanned, typed } = this.card;
        const isTyped = Object.values(typed).some((text) => text.trim());
        return Boolean(isTyped || (!isToType && (scanned || photo)));
    }

    async scan() {
        try {
            this.card.scanned = await scanBarcode(this.env);
        } catch (error) {
            this.notification.add(error.message, { type: "warning" });
        }
    }

    async photograph(ev) {
        const [file] = ev.target.files;
        ev.target.value = "";
        try {
            this.card.photo = file ? await shrunk(file) : this.card.photo;
        } catch {
            const text = _t("This picture cannot be read. Take another one, or type the details.");
            this.notification.add(text, { type: "warning" });
        }
    }

    toggleNeed(need) {
        const { needs } = this.card;
        this.card.needs = needs.includes(need)
            ? needs.filter((each) => each !== need)
            : [...needs, need];
    }

    setTemperature(value) {
        this.card.temperature = this.card.temperature === value ? "" : value;
    }
}
