import { z } from "zod";

/** Up to an hour. */
export const milliseconds = z.number().int().min(1).max(3_600_000);

/** RFC 6901, but for the whole document, which takes an own word in each place. */
export const pointer = z.string().regex(/^(\/[^/]*)+$/, 'must be a JSON pointer such as "/clientData"');

/** The same, or the whole document. */
export const whole = z.union([pointer, z.literal("")]);

/** What a piece of JSON has to hold. */
export const match = z
  .record(pointer, z.union([z.string(), z.number(), z.boolean(), z.null()]))
  .refine((wanted) => Object.keys(wanted).length > 0, "must name something that only this one holds");

/** A regular expression. */
export const pattern = z
  .string()
  .min(1)
  .superRefine((text, context) => {
    try {
      new RegExp(text);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      context.addIssue({ code: "custom", message: `must be a regular expression: ${why}` });
    }
  });
