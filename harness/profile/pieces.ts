import { z } from "zod";

/** Up to an hour. */
export const milliseconds = z.number().int().min(1).max(3_600_000);

/** RFC 6901, but for the whole document, which takes an own word in each place. */
export const pointer = z.string().regex(/^(\/[^/]*)+$/, 'must be a JSON pointer such as "/clientData"');

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
