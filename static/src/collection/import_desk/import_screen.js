import { Component, onWillDestroy, onWillStart, useEffect, useRef, useState } from "@odoo/owl";
import { ImportAudit } from "@crm_customer_sheet/collection/import_desk/import_audit";
import { ImportColumns } from "@crm_customer_sheet/collection/import_desk/import_columns";
import { ImportFile } from "@crm_customer_sheet/collection/import_desk/import_file";
import { ImportProgress } from "@crm_customer_sheet/collection/import_desk/import_progress";
import { ImportReport } from "@crm_customer_sheet/collection/import_desk/import_report";
import { ImportReview } from "@crm_customer_sheet/collection/import_desk/import_review";
import { ImportStart } from "@crm_customer_sheet/collection/import_desk/import_start";
import { ImportSteps } from "@crm_customer_sheet/collection/import_desk/import_steps";
import { MODEL, buttons, stepsFrom } from "@crm_customer_sheet/collection/import_desk/import_words";
import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { useSetupAction } from "@web/search/action_hook";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

/** How often a job is asked how far it is (milliseconds). */
export const PAUSE = 1000;
const PULSE = ["state", "job", "done", "total", "progress"];
/** What brings an import on: once it is done, the next step is shown. */
const JOBS = ["look_through", "check", "run", "take_back", "again"];

const PARTS = {
    file: ImportFile,
    audit: ImportAudit,
    columns: ImportColumns,
    review: ImportReview,
    report: ImportReport,
};

/** The way of a file to sheets, in five steps; each can be left and found again. */
export class ImportScreen extends Component {
    static template = "crm_customer_sheet.ImportScreen";
    static components = { ImportProgress, ImportStart, ImportSteps, Layout };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.title = this.env.config.getDisplayName();
        this.body = useRef("body");
        this.state = useState({ desk: null, step: "", isBusy: false });
        useSetupAction({ getLocalState: () => ({ id: this.id, step: this.state.step }) });
        onWillStart(() => this.start());
        onWillDestroy(() => browser.clearTimeout(this.timer));
        useEffect(
            (step) => {
                if (this.isMoved) {
                    this.body.el?.querySelector("h2")?.focus();
                }
                this.isMoved = Boolean(step);
            },
            () => [this.state.step]
        );
    }

    get desk() {
        return this.state.desk;
    }

    get part() {
        return PARTS[this.state.step];
    }

    get steps() {
        return stepsFrom(this.desk, this.state.step);
    }

    get isRunning() {
        return this.desk.state === "running";
    }

    /** Where another file is likely to be what somebody wants next. */
    get mayLeave() {
        return !this.isRunning && ["file", "report"].includes(this.state.step);
    }

    get buttons() {
        return buttons(this.desk, this.state.step);
    }

    /** Comes back to where somebody left, or opens the import that is asked for. */
    async start() {
        const { action, state } = this.props;
        const asked = action.params?.import_id || action.context?.active_id;
        const { id, step } = state || { id: asked };
        if (id) {
            await this.open(id);
            this.state.step = step || this.state.step;
        }
    }

    async open(id) {
        this.id = id;
        this.take(await this.orm.call(MODEL, "desk", [[id]]), true);
    }

    /** Shows what the server tells; on another step only if the work has brought us there. */
    take(desk, isMoving) {
        this.state.desk = desk;
        if (isMoving || !this.state.step) {
            this.state.step = desk.step;
        }
        this.env.config.setDisplayName(desk.name);
        this.props.updateActionState?.({ active_id: desk.id });
        if (this.isRunning) {
            this.watch();
        }
    }

    watch() {
        browser.clearTimeout(this.timer);
        this.timer = browser.setTimeout(async () => {
            const [pulse] = await this.orm.silent.read(MODEL, [this.id], PULSE);
            if (pulse.state === "running") {
                Object.assign(this.desk, pulse);
                this.watch();
            } else {
                await this.open(this.id);
            }
        }, PAUSE);
    }

    /** Has the server do something about this import, and shows what has become of it. */
    async call(method, ...args) {
        this.state.isBusy = true;
        try {
            const desk = await this.orm.call(MODEL, method, [[this.id], ...args]);
            this.take(desk, JOBS.includes(method));
        } finally {
            this.state.isBusy = false;
        }
    }

    /** Opens what a method returns: records, a file. */
    async follow(method, ...args) {
        await this.action.doAction(await this.orm.call(MODEL, method, [[this.id], ...args]));
    }

    press({ method, step, isOpening }) {
        if (step) {
            return this.go(step);
        }
        return isOpening ? this.follow(method) : this.call(method);
    }

    go(step) {
        this.state.step = step;
    }

    /** Back to the start, for another file. */
    leave() {
        browser.clearTimeout(this.timer);
        this.id = undefined;
        Object.assign(this.state, { desk: null, step: "" });
        this.env.config.setDisplayName(this.title || _t("Customer Import"));
        this.props.updateActionState?.({ active_id: false });
    }
}

registry.category("actions").add("customer_sheet_import", ImportScreen);
