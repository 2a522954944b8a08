/** Nobody has answered it, nor said that it is not known yet. */
export function isOpen(question) {
    return question.state !== "filled" && question.state !== "unknown";
}

/**
 * The question to ask after one: the next open one, from the start again at the end.
 *
 * @param {Object[]} questions
 * @param {string} [code] of the question asked last
 * @param {Set<string>} [skipped] codes of those that the person passed over
 * @returns {Object|undefined}
 */
export function nextQuestion(questions, code, skipped = new Set()) {
    const place = questions.findIndex((question) => question.code === code);
    const inTurn = [...questions.slice(place + 1), ...questions.slice(0, place)];
    return inTurn.find((question) => isOpen(question) && !skipped.has(question.code));
}

/** What the server says now, in the order in which the person has seen the questions. */
export function inSeenOrder(questions, seen) {
    const places = new Map(seen.map((question, place) => [question.code, place]));
    const placeOf = (question) => places.get(question.code) ?? seen.length;
    return [...questions].sort((a, b) => placeOf(a) - placeOf(b));
}
