import { Component, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { SelectMenu } from "@web/core/select_menu/select_menu";
import { formatInteger } from "@web/views/fields/formatters";

/** The texts of one column, each with the value of the list that it is. */
export class ImportValues extends Component {
    static template = "crm_customer_sheet.ImportValues";
    static components = { SelectMenu };
    static props = { block: Object, isFixed: Boolean, call: Function };

    setup() {
        this.state = useState({ isOpen: this.unknown.length > 0, isAll: false });
        this.toDecide = new Set(this.undecided.map(({ id }) => id));
    }

    get unknown() {
        return this.props.block.rows.filter(({ decision }) => decision === "aside");
    }

    get undecided() {
        return this.props.block.rows.filter(({ decision }) => decision !== "match");
    }

    /** What was not known when the block was shown; what is known is there when asked for. */
    get rows() {
        const { rows } = this.props.block;
        return this.state.isAll ? rows : rows.filter(({ id }) => this.toDecide.has(id));
    }

    get knownCount() {
        return this.props.block.rows.length - this.toDecide.size;
    }

    get decisions() {
        const all = [
            ["add", _t("Add it to the list")],
            ["aside", _t("Set aside, to decide later")],
            ["skip", _t("Leave it out")],
        ];
        return this.props.block.may_add ? all : all.slice(1);
    }

    get groups() {
        return [
            {
                label: _t("If it is new"),
                choices: this.decisions.map(([code, label]) => ({ value: `!${code}`, label })),
            },
            {
                label: _t("It is"),
                choices: this.props.block.choices.map(([code, label]) => ({ value: code, label })),
            },
        ];
    }

    get summary() {
        const { rows } = this.props.block;
        const unknown = this.unknown.length;
        return unknown
            ? _t("%(unknown)s of %(all)s not known", { unknown, all: rows.length })
            : _t("all %s matched", rows.length);
    }

    count({ count }) {
        return count === 1 ? _t("1 row") : _t("%s rows", formatInteger(count));
    }

    decide(row, choice) {
        const isDecision = choice.startsWith("!");
        const decision = isDecision ? choice.slice(1) : "match";
        this.props.call("map_value", row.id, decision, isDecision ? "" : choice);
    }

    decideAll(decision) {
        this.props.call("map_values", this.props.block.column_id, decision);
    }
}
