import { renderHtml } from "../html.tsx";
import type { Reporter } from "../reporter.ts";

export const html: Reporter = { output: { file: "report.html" }, default: "always", render: renderHtml };
