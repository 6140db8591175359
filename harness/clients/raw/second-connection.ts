import type { ConnectCommand, LinkFactory } from "./link-factory.ts";

/**
 * Opens a second connection to a raw client's session. See `RawClient.second`.
 * @param record records the first answer as a message
 */
export function openSecond(
  links: LinkFactory,
  connect: ConnectCommand,
  record: (body: string) => void,
): Promise<string> {
  return new Promise((resolve, reject) => {
    const silence = setTimeout(() => resolve("nothing"), connect.timeoutMs);
    const answer = (body: string) => {
      clearTimeout(silence);
      record(body);
      resolve(body);
    };
    const link = links.create(connect, {
      opened: () => answer("opened"),
      early: () => undefined,
      heard: () => undefined,
      received: (bytes) => answer(`received ${String(bytes)}`),
      closed: (code, reason) => answer(`closed ${code ?? "for"} ${reason}`.trim()),
    });
    link.open(true).catch((error: unknown) => {
      clearTimeout(silence);
      reject(error instanceof Error ? error : new Error(String(error)));
    });
  });
}
