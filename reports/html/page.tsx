/** @jsxRuntime automatic @jsxImportSource preact */
import { createHash } from "node:crypto";
import type { ComponentChildren } from "preact";
import { render } from "preact-render-to-string";

interface PageProps {
  readonly title: string;
  /** Style rules. Must not contain strings of a record. */
  readonly style: string;
  /** Script of the page, if any. Must not contain strings of a record. */
  readonly script?: string;
  /** Returns texts in base64 for the script, by the length of the page without them. */
  readonly dataFor?: (length: number) => readonly string[];
  readonly children: ComponentChildren;
}

/**
 * Renders a self-contained HTML file. It loads nothing. Its security policy admits only our own style and script, by
 * their hashes.
 */
export function renderPage({ dataFor = () => [], ...props }: PageProps): string {
  const page = `<!doctype html>\n${render(<Page {...props} />)}\n`;
  const data = render(
    <>
      {dataFor(page.length).map((text) => (
        <template>{text}</template>
      ))}
    </>,
  );
  const end = page.lastIndexOf("</body>");
  return page.slice(0, end) + data + page.slice(end);
}

function Page({ title, style, script, children }: Omit<PageProps, "dataFor">) {
  return (
    <html lang="en" dir="ltr">
      <head>
        <meta charset="utf-8" />
        <meta http-equiv="Content-Security-Policy" content={policyFor(style, script)} />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="referrer" content="no-referrer" />
        <title>{title}</title>
        <link rel="icon" href="data:," />
        <style dangerouslySetInnerHTML={{ __html: style }} />
      </head>
      <body>
        {children}
        {script === undefined ? null : <script dangerouslySetInnerHTML={{ __html: script }} />}
      </body>
    </html>
  );
}

const policyFor = (style: string, script?: string): string =>
  [
    "default-src 'none'",
    `style-src ${hashOf(style)}`,
    ...(script === undefined ? [] : [`script-src ${hashOf(script)}`]),
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");

const hashOf = (text: string): string => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
