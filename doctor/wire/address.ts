/** The address of something below the endpoint, with the endpoint's query. */
export function below(url: URL, name: string): URL {
  const inner = new URL(url);
  inner.pathname = `${inner.pathname.replace(/\/+$/, "")}/${name}`;
  return inner;
}

/** An address as it is shown: without a query or a user's name, which may be secrets. */
export const shown = ({ protocol, host, pathname }: URL): string => `${protocol}//${host}${pathname}`;
