import { advanceTime, animationFrame } from "@odoo/hoot-mock";
import { defineMailModels } from "@mail/../tests/mail_test_helpers";
import { defineModels, MockServer, mountView, onRpc } from "@web/../tests/web_test_helpers";

/**
 * Defines these models, and those that every web client with mail has. What the server tells of a
 * record beside its fields stands in the JSON fields of the model that bear the name of a block.
 */
export function define(...models) {
    defineModels(models);
    defineMailModels();
    onRpc("sheet_glance", ({ args: [ids], model }) => glanceOf(MockServer.env[model], ids[0]));
}

function glanceOf(model, id) {
    const isBlock = ({ name, type }) => type === "json" && name.startsWith("sheet_");
    const names = Object.values(model._fields)
        .filter(isBlock)
        .map(({ name }) => name);
    const [values] = id ? model.read([id], names) : [model.default_get(names)];
    return Object.fromEntries(names.map((name) => [name, values[name]]));
}

/** Mounts the form `arch` of a record, a new one where there is no id, and waits for its glance. */
export async function mountRecord(resModel, resId, arch) {
    const view = await mountView({ type: "form", resModel, resId, arch });
    await glance();
    return view;
}

/** Waits for what the server tells of a form that has just been mounted, edited or saved. */
export async function glance() {
    await advanceTime(200);
    for (let frame = 0; frame < 4; frame++) {
        await animationFrame(); // the question, its answer, what that brings
    }
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
