import { Component } from "@odoo/owl";
import { ImportFigures } from "@crm_customer_sheet/collection/import_desk/import_figures";
import { stepProps } from "@crm_customer_sheet/collection/import_desk/import_words";
import { ConfirmationDialog } from "@web/core/confirmation_dialog/confirmation_dialog";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";
import { formatInteger } from "@web/views/fields/formatters";

/** What has become of the rows, what is left to correct, and until when it can be taken back. */
export class ImportReport extends Component {
    static template = "crm_customer_sheet.ImportReport";
    static components = { ImportFigures };
    static props = stepProps;

    setup() {
        this.dialog = useService("dialog");
    }

    get report() {
        return this.props.desk.report;
    }

    get isUndone() {
        return this.props.desk.state === "undone";
    }

    get figures() {
        return this.report.figures.filter(({ count }) => count);
    }

    get title() {
        const titles = {
            done: _t("The rows are imported"),
            undone: _t("The import is taken back"),
        };
        return titles[this.props.desk.state] || _t("The import is not finished");
    }

    get failedText() {
        const { failed } = this.report;
        return failed === 1
            ? _t("1 row could not be imported")
            : _t("%s rows could not be imported", formatInteger(failed));
    }

    get sensitiveText() {
        return _t(
            "Sheets with a text that may say too much: %s. The privacy officer has the list.",
            formatInteger(this.report.sensitive)
        );
    }

    get undoText() {
        return _t("It can be taken back until %s.", this.report.undo_until);
    }

    leftText({ line, words }) {
        return _t("Row %(line)s: %(words)s", { line, words });
    }

    takeBack() {
        this.dialog.add(ConfirmationDialog, {
            title: _t("Take this import back?"),
            body: _t(
                "What it created is archived, and what it changed gets its former value back. What somebody has changed since stays, and is listed."
            ),
            confirmLabel: _t("Take the import back"),
            confirm: () => this.props.call("take_back"),
            cancelLabel: _t("Keep it"),
            cancel: () => {},
        });
    }
}
