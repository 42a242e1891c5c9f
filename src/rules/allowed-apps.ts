import { appKey } from "../enrich/apps/known-app.ts";
import type { Knowledge } from "./knowledge.ts";
import type { Setting } from "./rule.ts";

/** The setting by which rules about applications pass some over; the name is that of ATT&CK's analytic AN0132. */
export const ALLOW_LIST: Setting<readonly string[]> = {
  is: [],
  says: "ids of applications that are passed over, beside those of --allow",
  takes: "apps",
};

/**
 * Whether an application is one that the user allows: by --allow or by a rule's own list, in any case of letters. The
 * watch list outweighs both.
 */
export function appAllower(
  { allow, watch }: Pick<Knowledge, "allow" | "watch">,
  list: readonly string[],
): (id: string) => boolean {
  const ids = new Set(list.map(appKey));
  return (id) => (ids.has(appKey(id)) || allow?.matchAppId(id) !== undefined) && watch?.matchAppId(id) === undefined;
}
