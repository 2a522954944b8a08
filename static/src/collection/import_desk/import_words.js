import { _t } from "@web/core/l10n/translation";
import { formatInteger } from "@web/views/fields/formatters";

export const MODEL = "customer.sheet.import";

/** Whether rows have become sheets: from then on nothing of the file can be changed. */
export const isFixed = ({ desk, isBusy }) => Boolean(desk.report) || isBusy;

/** What each step shows, and how it has the server do something or opens what it returns. */
export const stepProps = { desk: Object, isBusy: Boolean, call: Function, follow: Function };

/** The steps as seen from the one that is shown: what lies behind, and where one can go. */
export function stepsFrom(desk, current) {
    const codes = desk.steps.map(({ code }) => code);
    const reached = Math.max(codes.indexOf(desk.step), codes.indexOf(current));
    return desk.steps.map(({ code, label }, place) => ({
        code,
        label,
        isCurrent: code === current,
        isDone: place < reached && code !== current,
        isOpen: desk.state !== "running" && (code === "file" || Boolean(desk[code])),
    }));
}

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

const STEPS = {
    file: (desk, state) => {
        if (state === "chosen") {
            return [{ label: _t("Look through it"), method: "look_through" }];
        }
        return desk.audit ? [{ label: _t("Continue"), step: "audit" }] : [];
    },
    audit: () => [
        { label: _t("Continue"), step: "columns" },
        { label: _t("Print"), method: "audit_report", isOpening: true },
    ],
    columns: (desk, state) =>
        desk.report || state === "checked"
            ? [{ label: _t("Continue"), step: "review" }]
            : [{ label: _t("Check the rows"), method: "check" }],
    review: (desk, state) => {
        if (desk.report) {
            return [{ label: _t("Continue"), step: "report" }];
        }
        return state === "checked"
            ? [{ ...importing(desk.review), method: "run" }]
            : [{ label: _t("Check the rows"), method: "check" }];
    },
    report: () => [],
};

/** How many rows the button imports: those of which something becomes. */
function importing({ figures }) {
    const imported = figures.filter(({ code }) => code !== "skip" && code !== "cannot");
    const count = imported.reduce((sum, figure) => sum + figure.count, 0);
    const label = count === 1 ? _t("Import 1 row") : _t("Import %s rows", formatInteger(count));
    return { label, isDisabled: !count };
}
