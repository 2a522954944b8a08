import { registry } from "@web/core/registry";

const box = (name) => `input[name=box][value="${name}"]`;

const press = (value) => ({
    trigger: `button[value=${value}]`,
    run: "click",
    expectUnloadPage: true,
});

registry.category("web_tour.tours").add("crm_customer_sheet_preferences", {
    steps: () => [
        {
            content: "only what was given is ticked",
            trigger: `#choices:has(${box("newsletter:email:yes")}:checked)`,
        },
        {
            content: "what nobody decided on is folded",
            trigger: "details[data-purpose=prospecting]:not([open]) > summary",
            run: "click",
        },
        {
            content: "the label is the target too: agree to e-mails",
            trigger: `${box("prospecting:email:yes")}:not(:checked) + label`,
            run: "click",
        },
        { content: "take the newsletter back", trigger: box("newsletter:email:yes"), run: "click" },
        press("save"),
        {
            content: "the page says that it was saved, and what stands now",
            trigger: "[role=status]:contains(Your choices are saved)",
        },
        {
            trigger: `.o_consent_choice:has(${box("prospecting:email:yes")}:checked) .o_consent_words:contains(You agreed on)`,
        },
        {
            trigger: `.o_consent_choice:has(${box("newsletter:email:yes")}:not(:checked)) .o_consent_words:contains(took your agreement back)`,
        },
        {
            content: "or no more messages at all, without scrolling to the end",
            ...press("all"),
            trigger: "h1 ~ form:has(~ #choices) button[value=all]",
        },
        { trigger: "[role=status]:contains(Everything is withdrawn)" },
        { trigger: `#choices:not(:has(input:checked))` },
    ],
});

registry.category("web_tour.tours").add("crm_customer_sheet_opt_in", {
    steps: () => [
        {
            content: "the words to agree to are those of the mail",
            trigger: ".o_consent_label:contains(Prospecting: Yes, you may write to me by e-mail)",
        },
        {
            content: "the notice is there to be read",
            trigger: ".o_consent_notice:contains(We tell)",
        },
        press("yes"),
        { trigger: "[role=status]:contains(your agreement is confirmed)" },
        { content: "it was asked and answered once", trigger: "main:not(:has(button))" },
    ],
});
