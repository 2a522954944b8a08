import { _t } from "@web/core/l10n/translation";
import { FormViewDialog } from "@web/views/view_dialogs/form_view_dialog";

/** What a form can do with a match of its record. */
export class MatchActions {
    /**
     * @param {Object} services `action`, `addDialog`, `notification` and `orm`
     * @param {() => Object} form `{record, readonly, isApart}`: apart is a dialog or a
     *     quick-create, which must not be left by opening something else
     */
    constructor(services, form) {
        Object.assign(this, services);
        this.form = form;
    }

    get record() {
        return this.form().record;
    }

    get isLead() {
        return this.record.resModel === "crm.lead";
    }

    /** Returns `[{code, label, run}]` for one match, the one that helps most first. */
    of(match) {
        if (!match.readable) {
            return [];
        }
        const each = (code, label) => ({ code, label, run: () => this[code](match) });
        return [
            each("open", _t("Open")),
            // who left is looked at, and taken out of the archive, before anything else
            ...(match.archived ? [] : this.usesOf(match, each)),
        ].filter(Boolean);
    }

    usesOf(match, each) {
        return [
            this.canUse(match) && each("use", _t("Use this contact")),
            this.canAttach(match) && each("attach", _t("Same customer: attach")),
            this.canMerge(match) && each("merge", _t("Merge…")),
        ];
    }

    canUse({ model }) {
        const { record, readonly, isApart } = this.form();
        return model === "res.partner" && !readonly && (this.isLead || (record.isNew && !isApart));
    }

    /** A lead is another request of a customer more often than the same one twice. */
    offered(match) {
        const actions = this.of(match);
        return actions.sort((a, b) => (b.code === "attach") - (a.code === "attach"));
    }

    /** In a quick-create, using the contact is all there is to do. */
    canAttach({ model, partner_id }) {
        const { record, readonly, isApart } = this.form();
        if (readonly) {
            return false;
        }
        if (!this.isLead) {
            return model === "crm.lead" && !partner_id && !record.isNew && !isApart;
        }
        return !isApart || (model === "crm.lead" && Boolean(partner_id));
    }

    /** A lead that has its contact already is not merged with another one. */
    canMerge({ model, kind, partner_id }) {
        const { record, readonly, isApart } = this.form();
        const taken = this.isLead ? record.data.partner_id : partner_id;
        return (
            !record.isNew &&
            !readonly &&
            !isApart &&
            kind !== "same_company" &&
            (model === record.resModel || !taken)
        );
    }

    /** Opens a match; beside what has not been saved yet, which would otherwise be saved. */
    open({ model, id }) {
        if (this.record.isNew || this.form().isApart) {
            return this.addDialog(FormViewDialog, { resModel: model, resId: id, canExpand: false });
        }
        return this.openInstead(model, id);
    }

    openInstead(model, id, options) {
        return this.action.doAction(
            {
                type: "ir.actions.act_window",
                res_model: model,
                res_id: id,
                views: [[false, "form"]],
            },
            options
        );
    }

    /** A lead gets the contact; instead of a new contact, the existing one is opened. */
    async use({ model, id }) {
        // What is being typed is taken over first: it would come back when the field is left.
        await this.record.isDirty();
        if (this.isLead) {
            return this.record.update({ partner_id: { id } });
        }
        await this.record.discard();
        return this.openInstead(model, id, { stackPosition: "replaceCurrentAction" });
    }

    /** Keeps this request and the other one, both under one contact; tells whether that is done. */
    async attach({ model, id, partner_id }) {
        await this.record.isDirty();
        const contact = model === "res.partner" ? id : partner_id;
        if (this.isLead && contact) {
            await this.record.update({ partner_id: { id: contact } });
        }
        if (this.form().isApart || !(await this.record.save())) {
            return false;
        }
        const two = [this.two({ model, id })];
        const name = await this.orm.call("customer.sheet.duplicate", "attach", two);
        await this.record.load();
        this.notification.add(_t("Saved as a new request of %(name)s.", { name }), {
            type: "success",
        });
        return true;
    }

    merge({ model, id }) {
        const { resModel, resId } = this.record;
        const ids = { "res.partner": [], "crm.lead": [] };
        ids[resModel].push(resId);
        ids[model].push(id);
        const contacts = ids["res.partner"];
        const leads = ids["crm.lead"];
        return this.action.doAction({
            type: "ir.actions.client",
            tag: "customer_sheet_merge",
            name: _t("Merge"),
            params: {
                host: contacts.length ? "res.partner" : "crm.lead",
                record_ids: contacts.length ? contacts : leads,
                lead_ids: contacts.length ? leads : [],
            },
        });
    }

    /** Has the server remember that these are two, with who said so and why. */
    remember({ model, id }, reason) {
        const args = [this.two({ model, id }), reason];
        return this.orm.call("customer.sheet.duplicate", "mark_not_duplicate", args);
    }

    two({ model, id }) {
        const { resModel, resId } = this.record;
        return [
            { model: resModel, id: resId },
            { model, id },
        ];
    }
}
