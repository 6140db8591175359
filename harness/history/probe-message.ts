const prefix = "hangup-probe-";

/** Body of the message by which a client of hangup shows that its subscription is in force. Other clients hear it, too. */
export const probeOf = (token: string): string => prefix + token;

/** Returns true for such a message. It says nothing else. */
export const isProbe = (body: string): boolean => body.includes(prefix);
