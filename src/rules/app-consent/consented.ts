import { clientNumberOf } from "../../joins/rows.ts";
import type { ConsentFacts } from "../../activities/other/consent.ts";
import { consentFacts } from "../../activities/other/consent.ts";
import { appKey } from "../../enrich/apps/known-app.ts";
import { TICKS_PER_SECOND } from "../../ingest/timestamp.ts";
import type { ActivityType } from "../../model/event.ts";
import { appIdOf } from "../../joins/applications.ts";
import type { Picture } from "../picture.ts";

/** What a mailbox's user let an application do, and what it then did there. */
export interface ConsentedApp {
  /** As `appKey` gives it; empty where no record names it: access is logged by this id and can then not be told. */
  readonly id: string;
  /** Id of its service principal in the tenant; empty where no record names it. */
  readonly servicePrincipal: string;
  /** What it calls itself; empty where no record says it. */
  readonly name: string;
  /** Rows of the consents, in order. */
  readonly consents: readonly number[];
  readonly permissions: readonly string[];
  readonly forEverybody: boolean;
  /** The consent that was followed by access to this mailbox first, if one was. */
  readonly followed: FollowedConsent | undefined;
  /** Whether a time that cannot be read keeps from telling if access followed. */
  readonly isUntimed: boolean;
}

interface FollowedConsent {
  readonly consent: number;
  readonly seconds: number;
  /** Rows of access by the application within the hours after that consent, in order. */
  readonly rows: readonly number[];
}

interface Consent extends ConsentFacts {
  readonly row: number;
}

function typeOfRow({ joined }: Picture, row: number): ActivityType {
  const { rows, types } = joined.mailboxCase;
  return types[rows.type[row] as number] as ActivityType;
}

/** The consents of the log by application. Records that name its service principal alone go with those that name both. */
function byApplication(consents: readonly Consent[]): Map<string, Consent[]> {
  const idOf = new Map<string, string>();
  for (const { servicePrincipal, appId } of consents) {
    if (servicePrincipal !== "" && appId !== "") idOf.set(servicePrincipal, appId);
  }
  const groups = new Map<string, Consent[]>();
  for (const consent of consents) {
    const id = consent.appId === "" ? (idOf.get(consent.servicePrincipal) ?? "") : consent.appId;
    const key =
      id === "" ? ` ${consent.servicePrincipal} ${consent.servicePrincipal === "" ? consent.appName : ""}` : id;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [{ ...consent, appId: id }]);
    else group.push({ ...consent, appId: id });
  }
  return groups;
}

/** Rows of what applications did in the mailbox, logons, consents and failed attempts left out, by the applications' keys. */
function accessRows(picture: Picture, ids: ReadonlySet<string>): ReadonlyMap<string, readonly number[]> {
  const { rows, clients } = picture.joined.mailboxCase;
  const keys = clients.map((client) => {
    const key = appKey(appIdOf(client));
    return key !== "" && ids.has(key) ? key : "";
  });
  const found = new Map<string, number[]>();
  for (const row of picture.joined.logged) {
    const key = keys[clientNumberOf(rows, row)] ?? "";
    if (key === "") continue;
    const { family, role, failed } = typeOfRow(picture, row);
    if (family === "logon" || role === "consent" || failed) continue;
    const list = found.get(key);
    if (list === undefined) found.set(key, [row]);
    else list.push(row);
  }
  return found;
}

/**
 * Every application that got rights by a record of the mailbox, and whether it used them.
 *
 * @param hours access so long after a consent follows it.
 */
export function consentedApps(picture: Picture, hours: number): ConsentedApp[] {
  const { joined } = picture;
  const { ticks } = joined.mailboxCase.rows;
  const consents = [...joined.logged]
    .filter((row) => typeOfRow(picture, row).role === "consent")
    .map((row) => ({ row, ...consentFacts(joined.recordOf(row)) }))
    .filter(({ successful }) => successful);
  const groups = [...byApplication(consents).values()];
  const access = accessRows(picture, new Set(groups.map((group) => group[0]?.appId ?? "")));
  return groups.map((group) => {
    const id = group[0]?.appId ?? "";
    const used = access.get(id) ?? [];
    const followed = group
      .map(({ row }): FollowedConsent => {
        const since = (other: number) => ((ticks[other] as number) - (ticks[row] as number)) / TICKS_PER_SECOND;
        const rows = used.filter((other) => since(other) >= 0 && since(other) <= hours * 3600);
        return { consent: row, seconds: rows[0] === undefined ? Number.NaN : since(rows[0]), rows };
      })
      .find(({ rows }) => rows.length > 0);
    return {
      id,
      servicePrincipal: group.find(({ servicePrincipal }) => servicePrincipal !== "")?.servicePrincipal ?? "",
      name: group.find(({ appName }) => appName !== "")?.appName ?? "",
      consents: group.map(({ row }) => row),
      permissions: [...new Set(group.flatMap(({ permissions }) => permissions))],
      forEverybody: group.some(({ forEverybody }) => forEverybody),
      followed,
      isUntimed: used.length > 0 && [...used, ...group.map(({ row }) => row)].some((row) => Number.isNaN(ticks[row])),
    };
  });
}
