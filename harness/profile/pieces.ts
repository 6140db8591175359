import { z } from "zod";
import { messageOf } from "../util/words.ts";

/** Duration of up to an hour. */
export const milliseconds = z.number().int().min(1).max(3_600_000);

/** JSON pointer (RFC 6901) that is not empty. Keys that also take the whole document use `whole`. */
export const pointer = z.string().regex(/^(\/[^/]*)+$/, 'must be a JSON pointer such as "/clientData"');

/** JSON pointer, or "" for the whole document. */
export const whole = z.union([pointer, z.literal("")]);

/** Values that a JSON document must hold, by JSON pointer. */
export const match = z
  .record(pointer, z.union([z.string(), z.number(), z.boolean(), z.null()]))
  .refine((wanted) => Object.keys(wanted).length > 0, "must name something that only this one holds");

/** Places of the entries of a roster, and of the name in an entry. */
export const rosterPlaces = {
  list: z
    .union([whole, z.array(whole).min(1).max(16)], {
      error:
        'must be a JSON pointer such as "/online", or a list of up to 16, such as ["/host", "/guests"]; "" is the message, and * stands for each entry or value, as in "/rooms/*/users"',
    })
    .describe(
      'Place of the list, or several places; "" if the message is the list. `*` stands for each entry of a list or each value of an object. See "Rosters" in docs/profile.md.',
    ),
  client: z
    .string()
    .regex(
      /^(key|(\/[^/]*)*)$/,
      'must be a JSON pointer such as "/name", "" if the entry is the name, or "key" if its key is',
    )
    .describe(
      'Place of the name in an entry, the same as in notices; "" if the entry is the name, "key" if the name is the entry\'s key in an object.',
    ),
  present: z
    .record(whole, z.union([z.string(), z.number(), z.boolean(), z.null()]))
    .optional()
    .describe(
      'Values that the entry of a present client holds, by JSON pointer, such as `{"/online": true}`. Other entries count as gone.',
    ),
};

/** Regular expression. */
export const pattern = z
  .string()
  .min(1)
  .superRefine((text, context) => {
    try {
      new RegExp(text);
    } catch (error) {
      const why = messageOf(error);
      context.addIssue({ code: "custom", message: `must be a regular expression: ${why}` });
    }
  });
