/** What a `hangup.config.ts` imports: `export default defineProfile({ … })`. */
export { defineProfile } from "./harness/profile/profile.ts";
