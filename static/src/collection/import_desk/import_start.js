import { Component, onWillStart, useRef, useState } from "@odoo/owl";
import { MODEL } from "@crm_customer_sheet/collection/import_desk/import_words";
import { useDropzone } from "@web/core/dropzone/dropzone_hook";
import { deserializeDateTime, formatDateTime } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";
import { checkFileSize } from "@web/core/utils/files";
import { getDataURLFromFile } from "@web/core/utils/urls";
import { formatInteger } from "@web/views/fields/formatters";

const LATEST = {
    name: {},
    host: {},
    state: {},
    create_date: {},
    user_id: { fields: { display_name: {} } },
};

/** Where a file is dropped, a template taken, or an import that was begun found again. */
export class ImportStart extends Component {
    static template = "crm_customer_sheet.ImportStart";
    static props = { open: Function };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.notification = useService("notification");
        this.fileInput = useRef("file");
        this.state = useState({
            hosts: [],
            rows: 0,
            host: "",
            latest: [],
            states: {},
            isBusy: false,
            problem: "",
        });
        useDropzone(useRef("root"), (ev) => this.take(ev.dataTransfer.files), "rounded");
        onWillStart(() => this.load());
    }

    async load() {
        const [offered, fields, latest] = await Promise.all([
            this.orm.call(MODEL, "offered", []),
            this.orm.call(MODEL, "fields_get", [["state"]], { attributes: ["selection"] }),
            this.orm.webSearchRead(MODEL, [], { specification: LATEST, limit: 5 }),
        ]);
        Object.assign(this.state, offered);
        this.state.host = offered.hosts[0]?.[0];
        this.state.states = Object.fromEntries(fields.state.selection);
        this.state.latest = latest.records;
    }

    get limitText() {
        return _t(
            "Excel, OpenDocument, CSV or contacts (vCard), up to %s rows. However messy it is: nothing is written before you have seen what becomes of it.",
            formatInteger(this.state.rows)
        );
    }

    when(one) {
        return formatDateTime(deserializeDateTime(one.create_date), { showSeconds: false });
    }

    async take(files) {
        const [file] = files;
        if (!file || this.state.isBusy || !checkFileSize(file.size, this.notification)) {
            return;
        }
        Object.assign(this.state, { isBusy: true, problem: "" });
        try {
            const [, content] = (await getDataURLFromFile(file)).split(",");
            const args = [file.name, content, this.state.host];
            const { id } = await this.orm.call(MODEL, "begin", args);
            await this.props.open(id);
        } catch (error) {
            if (error.exceptionName !== "odoo.exceptions.UserError") {
                throw error;
            }
            this.state.problem = error.data.message;
        } finally {
            this.state.isBusy = false;
            if (this.fileInput.el) {
                this.fileInput.el.value = ""; // the same file again, once it is mended
            }
        }
    }

    async template(host) {
        await this.action.doAction(await this.orm.call(MODEL, "template", [host]));
    }

    openAll() {
        this.action.doAction("crm_customer_sheet.customer_sheet_import_all_action");
    }
}
