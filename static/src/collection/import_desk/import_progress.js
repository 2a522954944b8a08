import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { formatInteger } from "@web/views/fields/formatters";

const WORKS = {
    read: _t("The file is being looked through"),
    check: _t("The rows are being checked"),
    run: _t("The rows are being imported"),
    undo: _t("The import is being taken back"),
};

/** What works on the import, and how far it is. */
export class ImportProgress extends Component {
    static template = "crm_customer_sheet.ImportProgress";
    static props = { desk: Object };

    get title() {
        return WORKS[this.props.desk.job].toString();
    }

    get text() {
        const { done, total } = this.props.desk;
        return _t("%(done)s of %(total)s rows", {
            done: formatInteger(done),
            total: formatInteger(total),
        });
    }
}
