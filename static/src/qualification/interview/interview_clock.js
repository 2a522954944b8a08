import { Component, onMounted, onWillUnmount, useState, xml } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";

const { DateTime, Duration } = luxon;

/** Whole seconds since `start`. */
export function secondsSince(start) {
    return Math.floor(DateTime.now().diff(start).as("seconds"));
}

/** The time the interview has taken so far. */
export class InterviewClock extends Component {
    static template = xml`
        <span class="o_interview_clock text-nowrap" role="timer" aria-label="Elapsed time">
            <i class="fa fa-clock-o me-1" aria-hidden="true"/><t t-out="elapsed"/>
        </span>`;
    static props = { start: Object };

    setup() {
        this.state = useState({ seconds: secondsSince(this.props.start) });
        onMounted(() => {
            this.interval = browser.setInterval(() => {
                this.state.seconds = secondsSince(this.props.start);
            }, 1000);
        });
        onWillUnmount(() => browser.clearInterval(this.interval));
    }

    get elapsed() {
        return Duration.fromObject({ seconds: this.state.seconds }).toFormat("m:ss");
    }
}
