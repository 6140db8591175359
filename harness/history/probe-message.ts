const prefix = "hangup-probe-";

/** Returns the body of the message by which a client shows that its subscription is in force. Other clients receive it, too. */
export const probeOf = (token: string): string => prefix + token;

/** Returns true for the body of such a message. */
export const isProbe = (body: string): boolean => body.includes(prefix);
