import { Component, onMounted, onWillUnmount, useRef, useState } from "@odoo/owl";
import { saveAndCall } from "@crm_customer_sheet/sheet/sheet_card/sheet_card";
import { useSheetGlance } from "@crm_customer_sheet/sheet/sheet_glance/sheet_glance";
import { registry } from "@web/core/registry";
import { KeepLast } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";
import { useDebounced } from "@web/core/utils/timing";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

const PATIENCE = 300;

/**
 * A line beside a field: why its value is not simply valid, a correction to accept, and
 * while one types, what the server says of it so far or an example of the country.
 */
export class SheetCheckNote extends Component {
    static template = "crm_customer_sheet.SheetCheckNote";
    static props = { ...standardWidgetProps, field: String };

    setup() {
        this.glance = useSheetGlance();
        this.orm = useService("orm");
        this.root = useRef("root");
        this.keepLast = new KeepLast();
        this.state = useState({ typed: false });
        this.checkTyped = useDebounced((text) => this.check(text), PATIENCE);
        const listeners = {
            focusin: ({ target }) => this.isField(target) && this.checkTyped(target.value),
            input: ({ target }) => this.isField(target) && this.checkTyped(target.value),
            focusout: (ev) => this.isLeaving(ev) && this.forget(),
        };
        // The field is another component: its input is reached through the form.
        onMounted(() => {
            this.form = this.root.el.closest(".o_form_renderer");
            this.listen("addEventListener", listeners);
        });
        onWillUnmount(() => this.listen("removeEventListener", listeners));
    }

    listen(method, listeners) {
        for (const [type, listener] of Object.entries(listeners)) {
            this.form?.[method](type, listener);
        }
    }

    get fieldSelector() {
        return `.o_field_widget[name="${this.props.field}"]`;
    }

    isField(el) {
        return Boolean(el?.closest(this.fieldSelector));
    }

    /** The button of the note must stay until the focus has reached it. */
    isLeaving({ target, relatedTarget }) {
        const isOurs = (el) => this.isField(el) || this.root.el.contains(el);
        return isOurs(target) && !isOurs(relatedTarget);
    }

    async check(text) {
        const { record, field } = this.props;
        const args = [field, text, record.data.country_id?.id || false];
        const silent = this.orm.silent.call(record.resModel, "sheet_check_typed", args);
        this.state.typed = await this.keepLast.add(silent);
    }

    forget() {
        this.checkTyped.cancel();
        this.keepLast.add(Promise.resolve());
        this.state.typed = false;
    }

    get saved() {
        return this.glance.parts.sheet_checks?.fields?.[this.props.field] || {};
    }

    get shown() {
        return this.state.typed || this.saved;
    }

    get isWrong() {
        return ["doubtful", "invalid"].includes(this.shown.status);
    }

    /** While typing, what is known of a good value is said too. */
    get details() {
        return this.state.typed ? (this.state.typed.details || []).join(" · ") : "";
    }

    get example() {
        return this.state.typed ? this.state.typed.example : this.isWrong && this.saved.example;
    }

    get canCorrect() {
        return this.shown.suggestion && !this.props.readonly;
    }

    /** Of an address that is right up to its domain, the domain is what changes. */
    get suggestionText() {
        const { suggestion } = this.shown;
        const [box, domain] = suggestion.split("@");
        const value = this.props.record.data[this.props.field] || "";
        return domain && value.startsWith(`${box}@`) ? domain : suggestion;
    }

    /** What has just been typed has to be saved before one can insist on it. */
    get canKeep() {
        const { record } = this.props;
        return this.canCorrect && !record.isNew && !this.state.typed && this.proposal;
    }

    get proposal() {
        const { field } = this.props;
        const { proposals = [] } = this.glance.parts.sheet_checks || {};
        return proposals.find(({ changes }) => changes.every((change) => change.field === field));
    }

    keep() {
        return saveAndCall(this.orm, this.props.record, "sheet_keep", this.proposal.code);
    }

    async correct() {
        const { record, field } = this.props;
        const { suggestion } = this.shown;
        // The button goes away: whoever came to it by keyboard stays at the field.
        if (this.root.el.contains(document.activeElement)) {
            this.form?.querySelector(`${this.fieldSelector} input`)?.focus();
        }
        // What is being typed is taken over first: it would come back when the field is left.
        await record.isDirty();
        await record.update({ [field]: suggestion });
        this.forget();
    }
}

export const sheetCheckNote = {
    component: SheetCheckNote,
    extractProps: ({ options }) => ({ field: options.field }),
};

registry.category("view_widgets").add("sheet_check_note", sheetCheckNote);
