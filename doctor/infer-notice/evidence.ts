import type { Message, Naming } from "./received-messages.ts";
import type { Reading } from "./reading.ts";
import { quoted } from "./words.ts";

/** Message behind a reading. */
export const evidence = ({ rests: [first] }: Reading): string => quoted(first?.text ?? "");

/** Returns one line about a reading. */
export function says(sense: string, reading: Reading): string {
  const { destination, pattern } = reading;
  const match = Object.entries(pattern.match ?? {}).map(
    ([pointer, value]) => `${pointer} = ${JSON.stringify(value)}`,
  );
  const texts = [pattern.text, pattern.pattern].filter((one) => typeof one === "string");
  const known = [...match, ...texts.map((text) => `the text ${JSON.stringify(text)}`)];
  const by = known.length === 0 ? "its topic" : known.join(" and ");
  return `A ${sense} is announced on ${destination}: ${evidence(reading)}. It is recognized by ${by}. ${howNamed(reading)}.`;
}

/** Returns the way of naming in words. */
export function howNamed({ naming, pattern }: Reading): string {
  if (naming === null) return "It names nobody";
  const what = naming.key === "client" ? "the name that the client identified with" : `its ${naming.key}`;
  return `It holds ${what}${pattern.client === undefined ? " in a text" : ` at ${pattern.client}`}`;
}

/** Returns the reason why no leave was found, and a remedy. */
export function whyNone(messages: readonly Message[], namings: readonly Naming[]): string[] {
  const ended = messages.filter(({ phase }) => phase === "ended");
  const mentioning = ended.filter((one) => namings.some((naming) => mentions(one, naming)));
  if (messages.length === 0)
    return ["The leave notice: no message arrived. Find the topic that pages subscribe to, and give it."];
  if (mentioning[0] !== undefined)
    return [
      `The leave notice: messages that name a session after its end look like messages during its life, or came for one session only: ${quoted(mentioning[0].text)}. Describe \`notice.leave\` by hand, or \`notice.roster\` if the messages hold the present clients at several places.`,
    ];
  const heard = [...new Set((ended.length > 0 ? ended : messages).map(({ text }) => quoted(text)))].slice(
    0,
    3,
  );
  return [
    `The leave notice: no message about an end came after each session's end. Received: ${heard.join(" and ")}. Give another topic, or more time.`,
  ];
}

/** Returns true if a message contains its session's name anywhere. */
export function mentions({ session, scalars, text }: Message, { of }: Naming): boolean {
  const own = of[session] ?? "";
  return text.includes(own) || [...scalars.values()].some((value) => String(value) === own);
}
