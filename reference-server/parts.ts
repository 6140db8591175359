import { deadlineMs } from "./core/deadlines.ts";
import { step } from "./core/session.ts";
import { perform } from "./perform.ts";
import { openSqliteStore } from "./store/sqlite-store.ts";
import { encode } from "./stomp/encode.ts";
import { originAllowed } from "./transports/origin.ts";

/** The parts that the server is put together from. A mutant replaces one of them. */
export const parts = { step, deadlineMs, perform, openStore: openSqliteStore, encode, originAllowed };

export type Parts = typeof parts;
