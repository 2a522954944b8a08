/* What makes a public form nicer where scripts run. Without it everything works the same: the
   server checks, keeps and sends. Loaded as it is, without Odoo's modules. */

(function () {
    "use strict";

    const form = document.querySelector("form.o_form");

    // -- a page inside another one tells how high it is --------------------------------

    if (window.parent !== window) {
        const tell = () => {
            const height = document.documentElement.scrollHeight;
            window.parent.postMessage({ customerSheetForm: location.pathname, height }, "*");
        };
        new ResizeObserver(tell).observe(document.body);
    }

    if (!form) {
        return;
    }

    // -- as one leaves a field: a space too many, a mistyped address --------------------

    const tidy = {
        email: (text) => text.replace(/\s+/g, "").replace(/^mailto:/i, ""),
        phone: (text) => text.replace(/[^\d+()./\s-]/g, "").replace(/\s+/g, " "),
        amount: (text) => text.replace(/\s+/g, " "),
    };
    const looksRight = {
        email: (text) => /^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/.test(text),
        phone: (text) => text.replace(/\D/g, "").length >= 6,
        amount: (text) => /^\s*\d/.test(text),
        integer: (text) => /^\s*\d+\s*$/.test(text),
    };
    form.addEventListener("change", ({ target }) => {
        const kind = target.dataset && target.dataset.kind;
        if (!kind) {
            return;
        }
        const text = (tidy[kind] || String)(target.value).trim();
        if (text !== target.value && target.type !== "date") {
            target.value = text;
        }
        const check = looksRight[kind];
        const isOdd = Boolean(text && check && !check(text));
        if (isOdd) {
            target.setAttribute("aria-invalid", "true");
        } else {
            target.removeAttribute("aria-invalid");
        }
    });

    // -- the captcha of the website, where the company asks for it --------------------------

    const captcha = form.querySelector("[data-captcha]");
    const action = "customer_sheet_form";
    const load = () => {
        const script = document.createElement("script");
        script.src = captcha.dataset.script;
        script.onload = () => {
            if (captcha.dataset.captcha === "turnstile") {
                window.turnstile.render(captcha, {
                    sitekey: captcha.dataset.key,
                    action,
                    appearance: "interaction-only",
                    "response-field-name": "turnstile_captcha",
                });
            }
        };
        document.head.append(script);
    };
    // the answer of reCAPTCHA lives for two minutes: it is asked for as the form is sent
    const answered = async () => {
        const key = captcha.dataset.key;
        await new Promise((resolve) => window.grecaptcha.ready(resolve));
        const value = await window.grecaptcha.execute(key, { action });
        const input = document.createElement("input");
        Object.assign(input, { type: "hidden", name: "recaptcha_token_response", value });
        form.append(input);
    };
    if (captcha) {
        load();
    }
    if (captcha && captcha.dataset.captcha === "recaptcha") {
        const patience = () => new Promise((resolve) => setTimeout(resolve, 3000));
        let isAsked, isAnswered;
        form.addEventListener("submit", (ev) => {
            if (isAnswered || !window.grecaptcha) {
                return; // what cannot be asked is held, not lost
            }
            ev.preventDefault();
            ev.stopImmediatePropagation();
            const go = () => {
                isAnswered = true;
                form.requestSubmit(ev.submitter);
            };
            if (!isAsked) {
                isAsked = true;
                Promise.race([answered(), patience()]).then(go, go);
            }
        });
    }

    // -- one press sends once ------------------------------------------------------------

    let isSent = false;
    form.addEventListener("submit", (ev) => {
        if (isSent) {
            ev.preventDefault();
            return;
        }
        isSent = true;
        clearTimeout(waiting);
        if (keeping) {
            keeping.abort();
        }
    });
    window.addEventListener("pageshow", () => {
        isSent = false;
    });

    // -- a draft that somebody has begun is kept while they type --------------------------

    let waiting, keeping;
    const keep = async () => {
        keeping = new AbortController();
        const body = new URLSearchParams(new FormData(form));
        body.set("go", "keep");
        try {
            await fetch(form.action, { method: "POST", body, signal: keeping.signal });
        } catch {
            // no network, or the page is left: the next press of a button sends all of it
        }
    };
    if (form.dataset.keep) {
        form.addEventListener("input", () => {
            clearTimeout(waiting);
            waiting = setTimeout(() => isSent || keep(), 2000);
        });
    }

    // -- a little work tells a browser from a program that only sends ----------------------

    const bits = Number(form.dataset.work);
    const work = async () => {
        const ticket = form.elements.ticket.value;
        const encoder = new TextEncoder();
        for (let answer = 0; answer < 1 << (bits + 4); answer++) {
            const bytes = encoder.encode(`${ticket}:${answer}`);
            const hash = new DataView(await crypto.subtle.digest("SHA-256", bytes));
            if (hash.getUint32(0) >>> (32 - bits) === 0) {
                const input = document.createElement("input");
                Object.assign(input, { type: "hidden", name: "work", value: answer });
                form.append(input);
                return;
            }
        }
    };
    if (bits && window.crypto && crypto.subtle) {
        work();
    }
})();
