/** @jsxRuntime automatic @jsxImportSource preact */
import { createHash } from "node:crypto";
import type { ComponentChildren } from "preact";
import { render } from "preact-render-to-string";

interface PageProps {
  readonly title: string;
  /** Holds no string of any record. */
  readonly style: string;
  /** What the page runs, if anything; holds no string of any record either. */
  readonly script?: string;
  readonly children: ComponentChildren;
}

/**
 * One HTML file, complete in itself: nothing is loaded; only our own style sheet applies and only our own script runs,
 * both known by their hash.
 */
export function renderPage(props: PageProps): string {
  return `<!doctype html>\n${render(<Page {...props} />)}\n`;
}

function Page({ title, style, script, children }: PageProps) {
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
