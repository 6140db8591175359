/** Exports for a `hangup.config.ts`: `export default defineProfile({ … })`. */
export { defineProfile } from "./harness/profile/profile.ts";
