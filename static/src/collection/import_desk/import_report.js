import { Component } from "@odoo/owl";
import { ImportFigures } from "@crm_customer_sheet/collection/import_desk/import_figures";
import { stepProps } from "@crm_customer_sheet/collection/import_desk/import_words";
import { deserializeDateTime, formatDate } from "@web/core/l10n/dates";
import { _t } from "@web/core/l10n/translation";

/** What has become of the rows, and until when it can be taken back. */
export class ImportReport extends Component {
    static template = "crm_customer_sheet.ImportReport";
    static components = { ImportFigures };
    static props = stepProps;

    get report() {
        return this.props.desk.report;
    }

    get isUndone() {
        return this.props.desk.state === "undone";
    }

    get undoText() {
        const until = formatDate(deserializeDateTime(this.report.undo_until));
        return _t("It can be taken back until %s.", until);
    }
}
