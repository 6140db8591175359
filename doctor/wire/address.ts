/** Returns a URL below the endpoint, with the endpoint's query. */
export function below(url: URL, name: string): URL {
  const inner = new URL(url);
  inner.pathname = `${inner.pathname.replace(/\/+$/, "")}/${name}`;
  return inner;
}

/** Returns a URL for output: without query and user name, which may be secrets. */
export const shown = ({ protocol, host, pathname }: URL): string => `${protocol}//${host}${pathname}`;
