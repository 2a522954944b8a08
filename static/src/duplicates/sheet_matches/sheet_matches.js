import { Component, onMounted, onWillUnmount, useRef, useState } from "@odoo/owl";
import { MatchActions } from "@crm_customer_sheet/duplicates/sheet_matches/match_actions";
import { MatchRow } from "@crm_customer_sheet/duplicates/sheet_matches/match_row";
import {
    comparedValues,
    isCompared,
} from "@crm_customer_sheet/duplicates/sheet_matches/match_values";
import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { KeepLast } from "@web/core/utils/concurrency";
import { useOwnedDialogs, useService } from "@web/core/utils/hooks";
import { useDebounced } from "@web/core/utils/timing";
import { useRecordObserver } from "@web/model/relational_model/utils";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

const PATIENCE = 300;
const SHOWN = 2;

/** A banner, while one types and of a saved record: who may be the same customer. */
export class SheetMatches extends Component {
    static template = "crm_customer_sheet.SheetMatches";
    static components = { MatchRow };
    static props = { ...standardWidgetProps, quick: { type: Boolean, optional: true } };

    setup() {
        this.orm = useService("orm");
        this.root = useRef("root");
        this.keepLast = new KeepLast();
        this.state = useState({ matches: [], isOpen: false, isBusy: false });
        this.actions = new MatchActions(
            {
                orm: this.orm,
                action: useService("action"),
                notification: useService("notification"),
                addDialog: useOwnedDialogs(),
            },
            () => ({
                record: this.props.record,
                readonly: this.props.readonly,
                isApart: this.props.quick || Boolean(this.env.inDialog),
            })
        );
        this.look = useDebounced(() => this.find(), PATIENCE);
        this.typed = {};
        this.observe();
        this.listenWhileMounted();
    }

    /** Looks again whenever the form holds other values, or another record. */
    observe() {
        useRecordObserver((record) => {
            const key = record.resId || record.id; // loaded again it is the same
            comparedValues(record, {}); // reading them is what subscribes to them
            const isOther = this.shownFor && this.shownFor !== key;
            if (isOther) {
                this.forget();
                browser.setTimeout(() => this.find());
            }
            this.shownFor = key;
            if (this.form && !isOther) {
                this.look();
            }
        });
    }

    /** The fields are other components: what is being typed is reached through the form. */
    listenWhileMounted() {
        const listeners = {
            input: ({ target }) => {
                const name = this.fieldOf(target);
                if (name) {
                    this.typed = { [name]: target.value };
                    this.look();
                }
            },
            focusout: ({ target }) => this.fieldOf(target) && (this.typed = {}),
        };
        onMounted(() => {
            this.form = this.root.el.closest(".o_form_renderer");
            for (const [type, listener] of Object.entries(listeners)) {
                this.form?.addEventListener(type, listener);
            }
            this.find();
        });
        onWillUnmount(() => {
            for (const [type, listener] of Object.entries(listeners)) {
                this.form?.removeEventListener(type, listener);
            }
        });
    }

    fieldOf(el) {
        const field = el?.closest(".o_field_widget[name]");
        const name = field?.getAttribute("name");
        const isOurs = field && !field.parentElement.closest(".o_field_widget[name]");
        return isOurs && isCompared(this.props.record, name) ? name : false;
    }

    // -- looking -----------------------------------------------------------------

    /** Asks the server unless it has been asked just that; whatever fails, the form goes on. */
    async find() {
        const { record } = this.props;
        const values = record.data.active !== false && comparedValues(record, this.typed);
        const asked = JSON.stringify([record.resId, values]);
        if (asked === this.asked) {
            return;
        }
        this.asked = asked;
        const found = values ? this.call(record, values) : Promise.resolve([]);
        const matches = await this.keepLast.add(found.catch(() => []));
        this.state.matches = matches.map((match, index) => ({ ...match, key: index }));
    }

    call(record, values) {
        const exclude = { model: record.resModel, id: record.resId || false };
        const args = [values, false, exclude];
        return this.orm.silent.call("customer.sheet.match.key", "find", args);
    }

    forget() {
        this.asked = null;
        this.typed = {};
        Object.assign(this.state, { matches: [], isOpen: false });
    }

    // -- showing -----------------------------------------------------------------

    get matches() {
        return this.state.matches;
    }

    get shown() {
        return this.state.isOpen ? this.matches : this.matches.slice(0, SHOWN);
    }

    get moreCount() {
        return Math.max(0, this.matches.length - SHOWN);
    }

    get moreText() {
        if (this.state.isOpen) {
            return _t("Show fewer");
        }
        const hidden = this.matches.slice(SHOWN);
        const mates = hidden.filter(({ kind }) => kind === "same_company").length;
        const twins = hidden.length - mates;
        return [twins && _t("%s more", twins), mates && _t("%s of the same company", mates)]
            .filter(Boolean)
            .join(", ");
    }

    get title() {
        const twins = this.matches.filter(({ kind }) => kind !== "same_company").length;
        if (!this.matches.length) {
            return "";
        }
        if (!twins) {
            return _t("Already known from the same company");
        }
        return twins === 1 ? _t("1 possible match") : _t("%s possible matches", twins);
    }

    get canRefuse() {
        const { record, readonly } = this.props;
        return !record.isNew && !readonly;
    }

    actionsOf(match) {
        return this.actions.offered(match).map((action) => ({
            ...action,
            run: () =>
                this.busy(async () => {
                    const isOver = await action.run();
                    if (action.code === "attach" && isOver) {
                        this.asked = null;
                        await this.find();
                    }
                }),
        }));
    }

    refuse(match, reason) {
        return this.busy(async () => {
            await this.actions.remember(match, reason);
            this.asked = null;
            await this.find();
        });
    }

    /** One thing at a time; who came by keyboard is not left nowhere when its button goes. */
    async busy(run) {
        const hadFocus = this.root.el.contains(document.activeElement);
        this.state.isBusy = true;
        try {
            await run();
        } finally {
            this.state.isBusy = false;
        }
        if (hadFocus && document.activeElement === document.body) {
            this.root.el?.focus();
        }
    }

    /** A quick-create would take Enter on a button for its own. */
    onKeydown(ev) {
        if (ev.key === "Enter") {
            ev.stopPropagation();
        }
    }
}

export const sheetMatches = {
    component: SheetMatches,
    extractProps: ({ options }) => ({ quick: Boolean(options.quick) }),
};

registry.category("view_widgets").add("sheet_matches", sheetMatches);
