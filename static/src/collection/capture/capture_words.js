/** A new UUID, made on the device. (`crypto.randomUUID` is there on https only.) */
export function newUuid() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

/**
 * Who a scanned code seems to be of, to be recognised on the screen; the server reads the code.
 *
 * @param {string} code vCard, MECARD or anything else
 */
export function summary(code) {
    const said = (pattern) => code.match(pattern)?.[1].replace(/\\(.)/g, "$1").trim();
    const name =
        said(/^FN[^:\n]*:(.+)$/im) ||
        said(/(?:^|;|^MECARD:)N:([^;\n]+)/im)
            ?.split(",")
            .reverse()
            .join(" ");
    const company = said(/(?:^|;)ORG[^:\n]*:([^;\n]+)/im);
    return [name, company].filter(Boolean).join(", ") || code.slice(0, 60);
}

/** The longest side of a photo that is kept: enough to read a card, little enough to send. */
const LONGEST_SIDE = 1600;

/** A photo as JPEG in base64, made small. */
export async function shrunk(file) {
    const image = await createImageBitmap(file);
    const scale = Math.min(1, LONGEST_SIDE / Math.max(image.width, image.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(image.width * scale);
    canvas.height = Math.round(image.height * scale);
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    return canvas.toDataURL("image/jpeg", 0.8).split(",")[1];
}
