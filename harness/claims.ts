/**
 * Which case each piece of client data belongs to. The data is made for one case only, so that a notice on a topic
 * which all cases share is claimed by exactly one of them, or by nobody.
 */
export class Claims {
  readonly #owners = new Map<string, string>();

  claim(client: string, caseId: string): void {
    this.#owners.set(client, caseId);
  }

  /** The case that uses this data; undefined if none in the whole run does. */
  ownerOf(client: string | null): string | undefined {
    return client === null ? undefined : this.#owners.get(client);
  }

  /** The client data that a message's body holds, whatever its form. */
  clientIn(body: string): string | undefined {
    for (const client of this.#owners.keys()) if (body.includes(JSON.stringify(client))) return client;
    return undefined;
  }
}
