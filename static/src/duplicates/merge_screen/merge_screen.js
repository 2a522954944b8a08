import { Component, onWillStart, useState } from "@odoo/owl";
import { MergeRow } from "@crm_customer_sheet/duplicates/merge_screen/merge_row";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";

/** Records side by side: what is kept of each, what moves, and one button to merge them. */
export class MergeScreen extends Component {
    static template = "crm_customer_sheet.MergeScreen";
    static components = { Layout, MergeRow };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.notification = useService("notification");
        this.state = useState({ facts: null, choices: {}, showAll: false, isBusy: false });
        const { context = {}, params = {} } = this.props.action;
        this.host = params.host || context.active_model || "res.partner";
        this.recordIds = params.record_ids || context.active_ids || [];
        this.leadIds = params.lead_ids || [];
        onWillStart(() => this.recordIds.length && this.load(params.survivor_id || false));
    }

    async load(survivorId) {
        const ids = [this.host, this.recordIds, survivorId, this.leadIds];
        this.state.facts = await this.orm.call("customer.sheet.merge", "compare", ids);
    }

    get facts() {
        return this.state.facts;
    }

    get columns() {
        return this.facts.records.map((record) => ({
            ...record,
            isKept: record.id === this.facts.survivor,
            isLead: record.id < 0,
        }));
    }

    /** What the user has decided, but for what stays as it is of the record to keep. */
    get choices() {
        const fixed = this.facts.rows.filter((row) => row.fixed).map(({ name }) => name);
        const decided = Object.entries(this.state.choices);
        return Object.fromEntries(decided.filter(([name]) => !fixed.includes(name)));
    }

    get rows() {
        const rows = this.facts.rows.filter((row) => this.state.showAll || row.differs);
        return rows.map((row) => ({
            ...row,
            chosen: this.choices[row.name] ?? row.chosen,
            isDecided: row.name in this.choices,
        }));
    }

    /** First what has to be chosen, then what only some of them know, then what is the same. */
    get sections() {
        const of = (belongs) => this.rows.filter(belongs);
        const sections = [
            { title: _t("To choose"), rows: of((row) => row.disputed && !row.fixed) },
            {
                title: _t("Known of one only"),
                rows: of((row) => row.differs && !row.disputed && !row.fixed),
            },
            { title: _t("You may not change"), rows: of((row) => row.differs && row.fixed) },
            { title: _t("The same"), rows: of((row) => !row.differs) },
        ];
        return sections.filter(({ rows }) => rows.length);
    }

    get sameCount() {
        return this.facts.rows.filter((row) => !row.differs).length;
    }

    get canMerge() {
        return !this.state.isBusy && !this.facts.blocks.length;
    }

    get touchedText() {
        const { touched } = this.facts;
        return touched === 1 ? _t("1 record is touched") : _t("%s records are touched", touched);
    }

    /** Who looks after the record, how fresh it is. */
    columnNote(record) {
        const notes = [record.owner, _t("changed %s", record.changed)];
        if (record.archived) {
            notes.push(_t("archived"));
        }
        return notes.filter(Boolean).join(", ");
    }

    choose(name, id) {
        this.state.choices[name] = id;
    }

    /** Another record is kept: the proposals change, what the user has decided stays. */
    async keep(id) {
        this.state.isBusy = true;
        try {
            await this.load(id);
        } finally {
            this.state.isBusy = false;
        }
    }

    async merge() {
        const { survivor } = this.facts;
        const tails = this.recordIds.filter((id) => id !== survivor);
        const args = [this.host, survivor, tails, this.choices, this.leadIds];
        this.state.isBusy = true;
        try {
            const done = await this.orm.call("customer.sheet.merge", "apply", args);
            await this.openKept(done);
            this.offerUndo(done.merge);
        } finally {
            this.state.isBusy = false;
        }
    }

    openKept({ kept }) {
        return this.action.doAction(
            {
                type: "ir.actions.act_window",
                res_model: this.host,
                res_id: kept,
                views: [[false, "form"]],
            },
            { stackPosition: "replaceCurrentAction" }
        );
    }

    offerUndo(mergeId) {
        const { action, orm } = this.env.services; // this screen is gone by then
        const close = this.notification.add(_t("Merged."), {
            type: "success",
            className: "o_sheet_said",
            sticky: true,
            buttons: [
                {
                    name: _t("Undo"),
                    primary: true,
                    onClick: async () => {
                        close();
                        const next = await orm.call("customer.sheet.merge", "action_undo", [
                            [mergeId],
                        ]);
                        await action.doAction(next);
                    },
                },
            ],
        });
    }

    discard() {
        this.env.config.historyBack();
    }
}

registry.category("actions").add("customer_sheet_merge", MergeScreen);
