import { registry } from "@web/core/registry";

/** As Excel saves a list in France: semicolons, an encoding of its own, zeros lost. */
const FILE = [
    "Société;Contact;E-mail;Tél;CP;Ville;Origine;Commentaires",
    "Fonderie Béal;Julie Martin;julie@fonderie-beal.example.com;04 65 71 12 34;1000;Bourg-en-Bresse;Salon;",
    "FONDERIE BEAL;Julie Martin;julie@fonderie-beal.example.com;0465711234;1000;Bourg;Salon;rappeler",
    "Vins Noël;Marc Roux;marc@vins-noel.example.com;04 65 71 55 66;6000;Nice;bouche à oreille;",
    "Optique Yvon;Inès Petit;ines.petit@;04 65 71 77 88;6130;Grasse;pigeon voyageur;",
];

/** The bytes of a text in the encoding of Windows. */
const bytes = (text) => Uint8Array.from(text, (sign) => sign.charCodeAt(0));

function dropFile() {
    const held = new DataTransfer();
    held.items.add(new File([bytes(FILE.join("\r\n"))], "prospects.csv", { type: "text/csv" }));
    const input = document.querySelector(".o_sheet_import_input");
    input.files = held.files;
    input.dispatchEvent(new Event("change"));
}

const press = (name) => ({
    trigger: `.o_sheet_import_button[data-name=${name}]:enabled`,
    run: "click",
});
const inStep = (code) => `.o_sheet_import_current[data-step=${code}]`;

/** Every text that somebody sees, or hears read out. */
function* texts(root) {
    for (const element of root.querySelectorAll("*")) {
        for (const { nodeType, data } of element.childNodes) {
            if (nodeType === Node.TEXT_NODE) {
                yield data;
            }
        }
        for (const name of ["placeholder", "title", "aria-label"]) {
            yield element.getAttribute(name) || "";
        }
    }
}

/** Fails where a text of ours is in English; which ones these are is served by the test. */
async function speakFrench() {
    const english = await (await fetch("/crm_customer_sheet/english.json")).json();
    const known = new Set(english.texts);
    const patterns = english.patterns.map((pattern) => new RegExp(`^${pattern}$`));
    const isEnglish = (text) => known.has(text) || patterns.some((one) => one.test(text));
    const shown = new Set();
    for (const root of document.querySelectorAll(".o_action_manager, .modal")) {
        for (const text of texts(root)) {
            shown.add(text.trim().replace(/\s+/g, " "));
        }
    }
    const left = [...shown].filter(isEnglish);
    if (left.length) {
        throw new Error(`In English: ${left.join(" | ")}`);
    }
}
const inFrench = (trigger) => ({ content: "all in French", trigger, run: speakFrench });

registry.category("web_tour.tours").add("crm_customer_sheet_import", {
    steps: () => [
        inFrench(".o_sheet_import_drop"),
        { trigger: ".o_sheet_import_drop", run: dropFile },
        {
            content: "accents are read",
            trigger: ".o_sheet_import_sample td:contains(Fonderie Béal)",
        },
        inFrench(inStep("file")),
        press("look_through"),
        {
            content: "zeros are missed",
            trigger: ".o_sheet_import_audit .o_sheet_import_findings i",
        },
        inFrench(inStep("audit")),
        press("columns"),
        {
            content: "every column is known",
            trigger: ".o_sheet_import_columns:not(:has(tr[data-target=none]))",
        },
        {
            content: "what nobody knows is left out",
            trigger: "tr[data-text='pigeon voyageur'] .o_select_menu_input",
            run: "click",
        },
        { trigger: ".o_select_menu_item:eq(1)", run: "click" },
        inFrench(inStep("columns")),
        press("check"),
        {
            content: "twins in the file are one",
            trigger: ".o_sheet_import_figure[data-code=create]",
            run: "click",
        },
        { trigger: ".o_list_view .o_data_row:contains(Vins Noël)" },
        { trigger: ".o_back_button a", run: "click" },
        inFrench(inStep("review")),
        press("run"),
        inFrench(inStep("report")),
        { content: "leave, and find it again", trigger: ".o_sheet_import_leave", run: "click" },
        { trigger: ".o_sheet_import_latest:contains(prospects.csv)", run: "click" },
        { trigger: inStep("report") },
        { trigger: ".o_sheet_import_back", run: "click" },
        inFrench(".modal .btn-primary"),
        { trigger: ".modal .btn-primary", run: "click" },
        { trigger: ".o_sheet_import:not(:has(.o_sheet_import_back)) .o_sheet_import_figures" },
    ],
});
