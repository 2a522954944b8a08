import { browser } from "@web/core/browser/browser";
import { evaluateBooleanExpr } from "@web/core/py_js/py";
import { isVisible } from "@web/core/utils/ui";

const PATIENCE = 2000;
const PAGE_PATIENCE = 15000; // it comes from the server
const EDITOR_PATIENCE = 1000;
const POLL = 50;
const HIGHLIGHT = 2000;
const FOCUSABLE = [
    "input:not([type='hidden'], [disabled])",
    "textarea:not([disabled])",
    "select:not([disabled])",
    "[contenteditable='true']",
    "button:not([disabled])",
].join(",");

/**
 * Opens the notebook page of the first of these fields that the form shows, scrolls
 * to it, focuses its input and highlights it for a moment.
 *
 * @param {HTMLElement} formEl the rendered form
 * @param {Element} arch the form's arch
 * @param {Object} record
 * @param {string[]} fieldNames
 * @param {Function} loadPage see `useSheetPageLoader`
 * @returns {Promise<boolean>} false when the form shows none of them
 */
export async function revealField(formEl, arch, record, fieldNames, loadPage) {
    const page = arch.querySelector("widget[name='sheet_page']");
    const pageArch = page && (await loadPage(record)).archInfo.xmlDoc;
    for (const name of fieldNames) {
        if (await revealNode(formEl, findFieldNodes(arch, record, [name]))) {
            return true;
        }
        if (pageArch?.querySelector(`field[name="${name}"], widget[name="${name}"]`)) {
            // what its fields depend on is known once the page is open
            await openPages(formEl, page);
            const isLoaded = () => formEl.querySelector(".o_widget_sheet_page .o_form_renderer");
            await waitFor(isLoaded, PAGE_PATIENCE);
            if (await revealNode(formEl, findFieldNodes(pageArch, record, [name]))) {
                return true;
            }
        }
    }
    return false;
}

/** Shows the first of these nodes that the form has. */
async function revealNode(formEl, nodes) {
    for (const node of nodes) {
        await openPages(formEl, node);
        const widget = await waitFor(() => findWidget(formEl, node.getAttribute("name")));
        if (widget) {
            await focusWidget(widget);
            return true;
        }
    }
    return false;
}

/**
 * Focuses a field of the form that is on the screen.
 *
 * @param {string} name
 * @returns {boolean} false when no form shows it
 */
export function focusShownField(name) {
    const form = document.querySelector(".o_action_manager .o_form_renderer");
    const widget = form && findWidget(form, name);
    if (widget) {
        focusWidget(widget);
    }
    return Boolean(widget);
}

/** The arch nodes of the fields that this record's form shows, on whatever page. */
function findFieldNodes(arch, record, fieldNames) {
    return fieldNames
        .flatMap((name) => [
            ...arch.querySelectorAll(`field[name="${name}"], widget[name="${name}"]`),
        ])
        .filter((node) => !isInSubview(node) && isShown(node, record));
}

function isInSubview(node) {
    return Boolean(node.parentElement.closest("field"));
}

function isShown(node, record) {
    for (let el = node; el; el = el.parentElement) {
        const invisible = el.getAttribute("invisible");
        if (invisible && evaluateBooleanExpr(invisible, record.evalContextWithVirtualIds)) {
            return false;
        }
    }
    return true;
}

/** Opens the notebook pages around an arch node, from the outermost to the innermost. */
async function openPages(formEl, node) {
    const pages = [];
    for (let page = node.closest("page"); page; page = page.parentElement.closest("page")) {
        pages.unshift(page);
    }
    for (const page of pages) {
        const tab = await waitFor(() => findTab(formEl, page));
        if (tab && !tab.classList.contains("active")) {
            tab.click();
            await waitFor(() => tab.classList.contains("active"));
        }
    }
}

function findTab(formEl, page) {
    const name = page.getAttribute("name");
    const title = page.getAttribute("string");
    return [...formEl.querySelectorAll(".o_notebook_headers .nav-link")].find((tab) =>
        name ? tab.getAttribute("name") === name : tab.textContent.trim() === title
    );
}

function findWidget(formEl, name) {
    const selector = `.o_field_widget[name="${name}"], .o_widget_${name}`;
    return [...formEl.querySelectorAll(selector)].find(
        (el) => isVisible(el) && !el.parentElement.closest(".o_field_widget")
    );
}

async function focusWidget(widget) {
    const calm = browser.matchMedia("(prefers-reduced-motion: reduce)").matches;
    widget.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
    widget.classList.add("o_sheet_highlight");
    browser.setTimeout(() => widget.classList.remove("o_sheet_highlight"), HIGHLIGHT);
    // An editor of formatted text loads after its field; a read-only field has no input.
    const target = (await waitFor(() => findInput(widget), EDITOR_PATIENCE)) || widget;
    if (target === widget) {
        widget.setAttribute("tabindex", "-1");
    }
    target.focus({ preventScroll: true });
}

function findInput(widget) {
    return [...widget.querySelectorAll(FOCUSABLE)].find((el) => isVisible(el));
}

/** What `find` finds, or undefined: a page's fields may load data before they show. */
async function waitFor(find, patience = PATIENCE) {
    for (let waited = 0; waited < patience; waited += POLL) {
        const found = find();
        if (found) {
            return found;
        }
        await new Promise((resolve) => browser.setTimeout(resolve, POLL));
    }
}
