import { _t } from "@web/core/l10n/translation";

export const MODEL = "customer.sheet.import";

/** What each step shows, and how it has the server do something or opens what it returns. */
export const stepProps = { desk: Object, isBusy: Boolean, call: Function, follow: Function };

/** What the buttons on top do in each step: the first one goes on. */
export function buttons(desk, step) {
    const { state } = desk;
    if (state === "running") {
        return [{ label: _t("Stop"), method: "stop" }];
    }
    const again = { label: _t("Go on"), method: "again" };
    const isBroken = state === "stopped" || state === "failed";
    const on = isBroken && desk.step === step ? [again] : [];
    return [...on, ...(STEPS[step]?.(desk, state) || [])];
}

const isOver = (state) => state === "done" || state === "undone";

const STEPS = {
    file: (desk, state) =>
        state === "chosen"
            ? [{ label: _t("Look through it"), method: "read" }]
            : desk.audit
              ? [{ label: _t("Continue"), step: "audit" }]
              : [],
    audit: (desk) => [
        { label: _t("Continue"), step: "columns" },
        { label: _t("Print"), method: "audit_report", follow: true },
    ],
    columns: (desk, state) =>
        isOver(state) || state === "checked"
            ? [{ label: _t("Continue"), step: "review" }]
            : [{ label: _t("Check the rows"), method: "check" }],
    review: (desk, state) => {
        if (isOver(state)) {
            return [{ label: _t("Continue"), step: "report" }];
        }
        if (state !== "checked") {
            return [{ label: _t("Check the rows"), method: "check" }];
        }
        return [{ label: _t("Import"), method: "run", isDisabled: !desk.review.may_run }];
    },
    report: (desk) => {
        const { report } = desk;
        const shown = [];
        if (report.may_mend) {
            shown.push({
                label: _t("Download what to correct"),
                method: "workbook",
                follow: true,
            });
        }
        if (report.can_undo) {
            shown.push({
                label: _t("Take back"),
                method: "take_back",
                ask: {
                    title: _t("Take this import back?"),
                    body: _t(
                        "What it created is archived, and what it changed gets its former value back. What somebody has changed since stays, and is listed."
                    ),
                    confirmLabel: _t("Take back"),
                    cancelLabel: _t("Keep it"),
                },
            });
        }
        return shown;
    },
};
