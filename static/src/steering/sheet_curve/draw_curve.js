const WIDTH = 120;
const HEIGHT = 32;
const EDGE = 3;

/**
 * Places the months of a figure in a small drawing.
 *
 * @param {Object[]} points {number: of the month, value, version}, the oldest first
 * @returns {{viewBox: string, lines: string[], dots: Object[]}} a line for each row of months that
 *  follow each other without a new definition; a dot for the last month, and for one alone
 */
export function drawCurve(points) {
    const known = points.filter(({ value }) => value !== null);
    const place = placer(known);
    const runs = [];
    let before = null;
    for (const point of known) {
        const goesOn =
            before && point.number === before.number + 1 && point.version === before.version;
        goesOn ? runs.at(-1).push(point) : runs.push([point]);
        before = point;
    }
    const alone = runs.filter((run) => run.length === 1).map(([point]) => point);
    return {
        viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
        lines: runs
            .filter((run) => run.length > 1)
            .map((run) => run.map((point) => Object.values(place(point)).join(",")).join(" ")),
        dots: [...new Set([...alone, ...known.slice(-1)])].map(place),
    };
}

/** Returns what gives a point its place: the months from left to right, the values upwards. */
function placer(points) {
    const numbers = points.map(({ number }) => number);
    const values = points.map(({ value }) => value);
    const [first, lowest] = [Math.min(...numbers), Math.min(...values)];
    const across = scale(Math.max(...numbers) - first, WIDTH);
    const up = scale(Math.max(...values) - lowest, HEIGHT);
    return ({ number, value }) => ({
        x: round(EDGE + across(number - first)),
        y: round(HEIGHT - EDGE - up(value - lowest)),
    });
}

/** All in one place is drawn in the middle. */
function scale(range, size) {
    const room = size - 2 * EDGE;
    return (distance) => (range ? (distance / range) * room : room / 2);
}

function round(number) {
    return Math.round(number * 10) / 10;
}
