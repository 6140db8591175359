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
