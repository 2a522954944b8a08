import { browser } from "@web/core/browser/browser";
import { registry } from "@web/core/registry";

const BADGE =
    "BEGIN:VCARD\nVERSION:3.0\nFN:Julie Martin\nORG:Atlas Meca\nEMAIL:julie@atlas-meca.fr\nEND:VCARD";

/** A camera before which somebody holds a badge. */
function holdBadge() {
    window.BarcodeDetector = class {
        static async getSupportedFormats() {
            return ["qr_code"];
        }
        async detect({ videoWidth, videoHeight }) {
            const middle = { x: videoWidth / 2, y: videoHeight / 2, width: 1, height: 1 };
            return [{ rawValue: BADGE, boundingBox: middle }];
        }
    };
    const canvas = document.createElement("canvas");
    const context = canvas.getContext("2d");
    browser.setInterval(() => context.fillRect(0, 0, canvas.width, canvas.height), 50);
    const mediaDevices = { getUserMedia: async () => canvas.captureStream() };
    Object.defineProperty(browser.navigator, "mediaDevices", { value: mediaDevices });
}

const isCapture = (url) => String(url).includes("/customer.sheet.form/capture");
const stock = browser.XMLHttpRequest;

/** From now on the network is gone, or only the answers to what is sent. */
function airplane(losesAnswers) {
    browser.XMLHttpRequest = class extends stock {
        open(method, url, ...others) {
            this.isCapture = isCapture(url);
            super.open(method, url, ...others);
        }
        send(body) {
            if (!this.isCapture) {
                return super.send(body);
            }
            const fail = () => this.dispatchEvent(new Event("error"));
            if (!losesAnswers) {
                return fail();
            }
            const real = new stock();
            real.open("POST", "/web/dataset/call_kw/customer.sheet.form/capture");
            real.setRequestHeader("Content-Type", "application/json");
            real.addEventListener("load", fail);
            real.send(body);
        }
    };
}

const land = () => {
    browser.XMLHttpRequest = stock;
    browser.dispatchEvent(new Event("online"));
};

registry.category("web_tour.tours").add("crm_customer_sheet_capture_scan", {
    steps: () => [
        { trigger: ".o_sheet_capture_card", run: holdBadge },
        { content: "first tap", trigger: ".o_sheet_capture_scan", run: "click" },
        { trigger: ".o_sheet_capture_who:contains(Julie Martin, Atlas Meca)" },
        {
            content: "second tap",
            trigger: ".o_sheet_capture_needs button:contains(Quotation)",
            run: "click",
        },
        { content: "third tap", trigger: ".o_sheet_capture_save:enabled", run: "click" },
        { trigger: ".o_sheet_capture_sent:contains(Julie Martin)" },
        { content: "the visitor's turn", trigger: ".o_sheet_capture_show_qr", run: "click" },
        { trigger: ".o_sheet_capture_qr img[src^='data:image/png']" },
    ],
});

function typed(count) {
    const steps = [];
    for (let number = 1; number <= count; number++) {
        steps.push(
            { trigger: ".o_sheet_capture_type", run: "click" },
            { trigger: ".o_sheet_capture_typed input[name=name]", run: `edit Guest ${number}` },
            { trigger: ".o_sheet_capture_save:enabled", run: "click" },
            { trigger: ".o_sheet_capture_save:disabled" },
            { trigger: `.o_sheet_capture_waiting:contains(${number})` }
        );
    }
    return steps;
}

registry.category("web_tour.tours").add("crm_customer_sheet_capture_airplane", {
    steps: () => [
        { trigger: ".o_sheet_capture_card", run: () => airplane(false) },
        ...typed(10),
        { trigger: ".o_sheet_capture_waiting:contains(No network)", run: land },
        { trigger: ".o_sheet_capture_state:not(:has(.o_sheet_capture_waiting))" },
        { trigger: ".o_sheet_capture_sent:contains(Guest 10)" },
    ],
});

registry.category("web_tour.tours").add("crm_customer_sheet_capture_lost", {
    steps: () => [
        { trigger: ".o_sheet_capture_card", run: () => airplane(true) },
        ...typed(1),
        { trigger: ".o_sheet_capture_waiting:contains(No network)", run: land },
        { trigger: ".o_sheet_capture_state:not(:has(.o_sheet_capture_waiting))" },
        { trigger: ".o_sheet_capture_sent:contains(Guest 1)" },
    ],
});
