import { Component, onWillStart, onWillUpdateProps, useState } from "@odoo/owl";
import { formatCurrency } from "@web/core/currency";
import { CheckboxItem } from "@web/core/dropdown/checkbox_item";
import { Dropdown } from "@web/core/dropdown/dropdown";
import {
    deserializeDate,
    deserializeDateTime,
    formatDate,
    formatDateTime,
} from "@web/core/l10n/dates";
import { localization } from "@web/core/l10n/localization";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { useService } from "@web/core/utils/hooks";
import { useDebounced } from "@web/core/utils/timing";
import { url } from "@web/core/utils/urls";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

/** Milliseconds after the last key until the journal is searched. */
const PAUSE = 400;

const EXPORT = "base.group_allow_export";

/** No filter. */
const EVERYTHING = { kinds: [], person: 0, text: "" };

const ICONS = {
    email: "fa-envelope-o",
    sms: "fa-mobile",
    note: "fa-sticky-note-o",
    call: "fa-phone",
    meeting: "fa-calendar-o",
    activity: "fa-check",
    lead: "fa-star-o",
    stage: "fa-arrow-right",
    owner: "fa-user-o",
    quote: "fa-file-text-o",
    order: "fa-shopping-cart",
    signature: "fa-pencil",
    invoice: "fa-money",
    credit: "fa-undo",
    payment: "fa-credit-card",
    mailing: "fa-bullhorn",
    visit: "fa-globe",
    survey: "fa-list-ul",
    event: "fa-ticket",
    ticket: "fa-life-ring",
    task: "fa-tasks",
    form: "fa-wpforms",
    document: "fa-paperclip",
    consent: "fa-handshake-o",
    merge: "fa-compress",
};

/** A date and a time without seconds, as the user's language writes them. */
const minutes = () => `${localization.dateFormat} ${localization.timeFormat.replace(/\W?ss/, "")}`;

/** What has been between a customer and us, newest first: loaded when its tab is opened. */
export class SheetJournal extends Component {
    static template = "crm_customer_sheet.SheetJournal";
    static components = { CheckboxItem, Dropdown };
    static props = { ...standardWidgetProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.asked = 0;
        this.state = useState({ ...EVERYTHING, lines: [], more: false, told: "" });
        this.search = useDebounced(() => this.load(), PAUSE);
        onWillStart(() => this.open(this.props.record));
        onWillUpdateProps(
            ({ record }) => record.resId !== this.props.record.resId && this.open(record)
        );
    }

    async open({ resModel, resId }) {
        Object.assign(this, { resModel, resId });
        Object.assign(this.state, EVERYTHING);
        if (!resId) {
            return;
        }
        const [choices, canExport] = await Promise.all([
            this.orm.call(resModel, "sheet_journal_choices", [[resId]]),
            user.hasGroup(EXPORT),
            this.load(),
        ]);
        Object.assign(this, { choices, canExport });
    }

    get filters() {
        const { kinds, person, text } = this.state;
        return { kinds, person, text: text.trim() };
    }

    get isFiltered() {
        const { kinds, person, text } = this.filters;
        return Boolean(kinds.length || person || text);
    }

    get kindsLabel() {
        const chosen = this.choices.kinds.filter(({ code }) => this.state.kinds.includes(code));
        return chosen.length ? chosen.map(({ label }) => label).join(", ") : _t("Everything");
    }

    get exportUrl() {
        const { kinds, person, text } = this.filters;
        return url(`/customer_sheet/journal/${this.resModel}/${this.resId}.csv`, {
            kinds: kinds.join(","),
            person: person || "",
            text,
        });
    }

    /** Loads the first page, or the one after it. */
    async load(before = false) {
        const { kinds, person, text } = this.filters;
        const asked = ++this.asked;
        const { lines, more } = await this.orm.call(
            this.resModel,
            "sheet_journal",
            [[this.resId]],
            {
                before,
                kinds: kinds.length ? kinds : false,
                person: person || false,
                text: text || false,
            }
        );
        if (asked !== this.asked) {
            return; // something else has been asked since
        }
        const shown = lines.map((line) => ({ ...line, ...this.words(line) }));
        this.state.lines = before ? [...this.state.lines, ...shown] : shown;
        this.state.more = more;
        this.state.told = this.countOf(this.state.lines.length, more);
    }

    countOf(count, more) {
        if (!count) {
            return _t("Nothing found.");
        }
        return more ? _t("Lines: %s, and older ones", count) : _t("Lines: %s", count);
    }

    /** How a line is shown. */
    words(line) {
        const { about, amount, at, author, currency_id, is_day, kind, person, title, was } = line;
        const moment = is_day ? deserializeDate(at.slice(0, 10)) : deserializeDateTime(at);
        const what = was ? _t("%(before)s → %(after)s", { before: was, after: title }) : title;
        const who = [
            author && _t("by %s", author.name),
            person && person.id !== author.id && _t("with %s", person.name),
            what && about && about !== what && _t("about %s", about),
        ];
        return {
            icon: ICONS[kind] || "fa-circle-o",
            when: is_day ? formatDate(moment) : formatDateTime(moment, { format: minutes() }),
            what,
            heading: what || about || line.kind_label,
            money: amount ? formatCurrency(amount, currency_id) : "",
            who: who.filter(Boolean),
        };
    }

    toggle(code) {
        const others = this.state.kinds.filter((kind) => kind !== code);
        const isChosen = others.length < this.state.kinds.length;
        this.state.kinds = isChosen ? others : [...others, code];
        return this.load();
    }

    choosePerson(id) {
        this.state.person = Number(id);
        return this.load();
    }

    type(text) {
        this.state.text = text;
        this.search();
    }

    clear() {
        Object.assign(this.state, EVERYTHING);
        return this.load();
    }

    /** Whether the line is about another record than the form shows. */
    opens({ model, id }) {
        return Boolean(model && id && !(model === this.resModel && id === this.resId));
    }

    openRecord(model, id) {
        return this.action.doAction({
            type: "ir.actions.act_window",
            res_model: model,
            res_id: id,
            views: [[false, "form"]],
        });
    }
}

registry.category("view_widgets").add("sheet_journal", { component: SheetJournal });
