import { Component, onWillStart, useEffect, useRef, useState } from "@odoo/owl";
import { saveAndCall } from "@crm_customer_sheet/sheet/sheet_card/sheet_card";
import { SheetProposals } from "@crm_customer_sheet/sheet/sheet_proposals/sheet_proposals";
import { Dialog } from "@web/core/dialog/dialog";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";

/**
 * Asks public registers and proposes what they say: first who it is, then field by field.
 *
 * Nothing is written before a company is chosen, and then only proposals are.
 */
export class LookupDialog extends Component {
    static template = "crm_customer_sheet.LookupDialog";
    static components = { Dialog, SheetProposals };
    static props = { record: Object, what: String, text: String, close: Function };

    setup() {
        this.orm = useService("orm");
        this.model = useState(this.props.record.model);
        this.content = useRef("content");
        this.state = useState({
            text: this.props.text,
            isBusy: false,
            candidates: [],
            said: [],
            page: "",
            isTaken: false,
            proposed: 0,
        });
        onWillStart(() => {
            this.start(); // not waited for: the dialog is there while the register thinks
        });
        useEffect(
            (isTaken) => isTaken && this.content.el?.focus({ preventScroll: true }),
            () => [this.state.isTaken]
        );
    }

    get title() {
        return this.isVat ? _t("Look up a VAT number") : _t("Look up a company");
    }

    get hint() {
        return this.isVat ? _t("VAT number") : _t("Name or number");
    }

    get isVat() {
        return this.props.what === "vat";
    }

    /** The record of the form as it is after a reload. */
    get record() {
        return this.model.root;
    }

    get country() {
        return this.record.data.country_id?.id || false;
    }

    start() {
        if (this.state.text.trim()) {
            return this.isVat ? this.readVat() : this.search();
        }
    }

    /** One thing at a time; what goes wrong on the way is said by the web client. */
    async busy(run) {
        if (this.state.isBusy) {
            return;
        }
        Object.assign(this.state, { isBusy: true, said: [], page: "" });
        try {
            return await run();
        } finally {
            this.state.isBusy = false;
        }
    }

    ask(method, ...args) {
        const { resId, resModel } = this.record;
        const ids = resId ? [resId] : [];
        return this.orm.silent.call(resModel, method, [ids, ...args, this.country]);
    }

    search() {
        return this.busy(async () => {
            this.state.candidates = [];
            const { candidates, said } = await this.ask("sheet_lookup", this.state.text);
            Object.assign(this.state, { candidates, said });
        });
    }

    choose({ register, number }) {
        return this.busy(async () => {
            await this.take(await this.ask("sheet_lookup_read", register, number));
        });
    }

    readVat() {
        return this.busy(async () => {
            const answer = await this.ask("sheet_lookup_vat", this.state.text);
            await this.take(answer);
            if (answer.is_open) {
                await this.askLater();
            }
        });
    }

    /** Has what was said proposed: the answer is written by the server that signed it. */
    async take({ token, said, page }) {
        if (!token) {
            Object.assign(this.state, { said, page });
            return;
        }
        const done = await saveAndCall(this.orm, this.record, "sheet_lookup_take", token);
        if (!done) {
            return this.props.close(); // the form says what has to be filled in first
        }
        const proposed = done.answer;
        const isSame = !proposed && !said.length;
        const words = isSame ? [_t("Nothing new: the sheet says the same already.")] : said;
        Object.assign(this.state, { said: words, page, proposed, isTaken: true, candidates: [] });
    }

    /** Without a verdict the number stays as it was, and is asked about again. */
    async askLater() {
        if (await saveAndCall(this.orm, this.record, "sheet_lookup_later")) {
            this.state.said.push(_t("It is asked again in 5 minutes, then in 1 and 6 hours."));
        }
    }
}
