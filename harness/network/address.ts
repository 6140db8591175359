export interface Address {
  readonly host: string;
  readonly port: number;
}

const defaultPorts: Readonly<Record<string, number>> = { "http:": 80, "https:": 443 };

/** Returns the address at which a URL's server listens. */
export function addressOf({ hostname, port, protocol }: URL): Address {
  return {
    // A URL writes an IPv6 address in brackets. A socket takes it without.
    host: hostname.replace(/^\[(.*)\]$/, "$1"),
    port: Number(port === "" ? defaultPorts[protocol] : port),
  };
}
