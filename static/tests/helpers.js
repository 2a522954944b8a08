import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { defineModels, mountView } from "@web/../tests/web_test_helpers";

/** Defines these models, and those that every web client with mail has. */
export function define(...models) {
    defineModels(models);
    defineMailModels();
}

/** Mounts the form `arch` of a record; a new one where there is no id. */
export function mountRecord(resModel, resId, arch) {
    return mountView({ type: "form", resModel, resId, arch });
}

/** One question that a sheet has open, as the server tells it. */
export function gap(code, values) {
    return {
        code,
        label: code,
        section: "contact",
        section_label: "Contact",
        state: "missing",
        now: true,
        stage: null,
        fields: [code],
        value: null,
        why: "",
        example: "",
        ...values,
    };
}
