import { Component, onWillStart, onWillUpdateProps, useRef, useState } from "@odoo/owl";
import { shrunk } from "@crm_customer_sheet/collection/capture/capture_words";
import { deserializeDate, formatDate } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useFileUploader } from "@web/core/utils/files";
import { useService } from "@web/core/utils/hooks";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

const { DateTime } = luxon;
const ROUTE = "/web/binary/upload_attachment";

/** A photo of the phone's camera, small enough to send from where the customer is. */
async function photoOf(file) {
    const bytes = Uint8Array.from(atob(await shrunk(file)), (each) => each.charCodeAt(0));
    const name = _t("Photo of %s", DateTime.local().toFormat("yyyy-MM-dd HH.mm.ss"));
    return new File([bytes], `${name}.jpg`, { type: "image/jpeg" });
}

/** The documents of a customer by kind: drop a file, photograph a paper, keep a link. */
export class SheetDocuments extends Component {
    static template = "crm_customer_sheet.SheetDocuments";
    static props = { ...standardWidgetProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.notification = useService("notification");
        this.ui = useService("ui");
        this.upload = useFileUploader();
        this.files = useRef("files");
        this.camera = useRef("camera");
        this.state = useState({
            told: false,
            kind: "",
            isOver: false,
            isBusy: false,
            isLink: false,
            link: { url: "", name: "" },
        });
        onWillStart(() => this.load(this.props.record));
        onWillUpdateProps(({ record }) => {
            if (record.resId !== this.resId) {
                return this.load(record);
            }
        });
    }

    async load({ resId, resModel }) {
        this.resId = resId;
        const args = [[resId]];
        this.state.told = resId ? await this.orm.call(resModel, "sheet_documents", args) : false;
    }

    get canAdd() {
        return !this.props.readonly && this.state.told.can_add;
    }

    kindText(code) {
        return this.state.told.kinds.find(([each]) => each === code)[1];
    }

    aboutText({ about, by, day }) {
        return [formatDate(deserializeDate(day)), by, about].filter(Boolean).join(" · ");
    }

    get allText() {
        return _t("All documents (%s)", this.state.told.count);
    }

    // -- adding --------------------------------------------------------------

    async add(files, kind) {
        if (!files.length) {
            return;
        }
        const { resId, resModel } = this.props.record;
        this.state.isBusy = true;
        try {
            const params = { csrf_token: odoo.csrf_token, model: resModel, id: resId };
            const sent = (await this.upload(ROUTE, { ...params, ufile: files })) || [];
            for (const { error } of sent.filter((each) => each.error)) {
                this.notification.add(error, { type: "danger" });
            }
            const ids = sent.filter((each) => each.id).map((each) => each.id);
            if (ids.length) {
                await this.orm.write("ir.attachment", ids, { sheet_document_kind: kind });
            }
            await this.load(this.props.record);
        } finally {
            this.state.isBusy = false;
        }
    }

    addFiles(ev) {
        const files = [...ev.target.files];
        ev.target.value = "";
        return this.add(files, this.state.kind || "other");
    }

    async photograph(ev) {
        const [file] = ev.target.files;
        ev.target.value = "";
        // what cannot be read as a picture is sent as it is
        const photo = file && (await photoOf(file).catch(() => file));
        return this.add(photo ? [photo] : [], this.state.kind || "photo");
    }

    drop(ev) {
        this.state.isOver = false;
        return this.canAdd && this.add([...ev.dataTransfer.files], this.state.kind || "other");
    }

    async addLink() {
        const { resId, resModel } = this.props.record;
        const { name, url } = this.state.link;
        const args = [[resId], name, url, this.state.kind || "other"];
        await this.orm.call(resModel, "sheet_document_link", args);
        Object.assign(this.state, { isLink: false, link: { url: "", name: "" } });
        return this.load(this.props.record);
    }

    async openAll() {
        const { resId, resModel } = this.props.record;
        const action = await this.orm.call(resModel, "action_sheet_documents", [[resId]]);
        return this.action.doAction(action);
    }
}

registry.category("view_widgets").add("sheet_documents", { component: SheetDocuments });
