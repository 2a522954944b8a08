// eslint's findings, one a line: path:line:column: rule: message
import { relative } from "node:path";

export default function lines(results) {
    return results
        .flatMap(({ filePath, messages }) =>
            messages.map(({ line = 0, column = 0, ruleId, message }) => {
                const path = relative(process.cwd(), filePath);
                return `${path}:${line}:${column}: ${ruleId ?? "error"}: ${message}`;
            })
        )
        .join("\n");
}
