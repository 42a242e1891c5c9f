import type { AddressList } from "../../enrich/network/address-list.ts";
import { parseAddressList } from "../../enrich/network/address-list.ts";
import type { AccessSettings } from "../../joins/mailbox-access/index.ts";
import { appAllower } from "../allowed-apps.ts";
import type { Knowledge } from "../knowledge.ts";
import { isAllowedAddress, isOutsideAddress } from "../listed-addresses.ts";
import type { Settings, Values } from "../rule.ts";

/** What of the rule can be changed by a file. */
export const accessRuleSettings = {
  mailboxes: { is: 5, says: "mailboxes that one application may read in a window; more stand out" },
  minutes: { is: 10, says: "length of a window in minutes", takes: "length" },
  exceeded: { is: 40, says: "points for more mailboxes than that" },
  doubled: { is: 10, says: "points for each doubling of the limit" },
  doublings: { is: 2, says: "doublings that give points" },
  others: { is: 10, says: "points where an account other than the owners' read more mailboxes than that" },
  copied: { is: 10, says: "points for folders copied whole (Sync records)" },
  consented: { is: 15, says: "points for a consent to the application shortly before" },
  consentDays: { is: 7, says: "days before a window in which a consent is shortly before", takes: "fraction" },
  watched: { is: 20, says: "points for an application or an address on the watch list" },
  allowedApps: {
    is: [],
    says: "applications whose records do not count, by ClientAppId, beside those of --allow",
    takes: "apps",
  },
  allowedAddresses: {
    is: [],
    says: "addresses and networks whose records do not count, beside those of --allow",
    takes: "networks",
  },
  backEndClients: {
    is: ["Client=REST;Client=RESTSystem"],
    says: "beginnings of ClientInfoString of Microsoft's own back end, which sliding windows count from outside addresses alone",
  },
  backEndNetworks: {
    is: ["2603:10b6::/32"],
    says: "networks of Microsoft's own back end, which sliding windows never count and which score nothing",
    takes: "networks",
  },
  personalClients: {
    is: ["Client=OWA", "Client=MSExchangeRPC", "Client=OutlookService", "Client=ActiveSync", "Client=POP3/IMAP4"],
    says: "beginnings of ClientInfoString of programs that people sit at, which sliding windows count through Graph alone",
  },
} satisfies Settings;

export type AccessValues = Values<typeof accessRuleSettings>;

/** Whether a ClientInfoString begins with a client's name: the whole of it, or up to a semicolon. */
function beginsWith(clientInfo: string, name: string): boolean {
  const folded = clientInfo.toLowerCase();
  const begin = name.toLowerCase();
  return folded.startsWith(begin) && (folded.length === begin.length || folded.startsWith(";", begin.length));
}

/**
 * What counts and what it weighs, from the rule's values and from the user's lists.
 *
 * @throws InputError for an entry of `allowedAddresses` or `backEndNetworks` that is no address, network or domain.
 */
export function accessSettings(
  values: AccessValues,
  knowledge: Pick<Knowledge, "allow" | "watch" | "geo">,
): AccessSettings {
  const list = (name: "allowedAddresses" | "backEndNetworks") =>
    parseAddressList(`mailbox-access-api: ${name}`, Buffer.from(values[name].join("\n")));
  const allowedAddresses = list("allowedAddresses");
  const backEnd = list("backEndNetworks");
  const { watch } = knowledge;
  const watched = (address: string) => watch?.matchAddress(address);
  // The watch list outweighs every list that leaves addresses out.
  const isLeft = (list: AddressList, address: string) =>
    list.matchAddress(address) !== undefined && watched(address) === undefined;
  return {
    mailboxes: values.mailboxes,
    minutes: values.minutes,
    allowsApp: appAllower(knowledge, values.allowedApps),
    allowsAddress: (address) => isLeft(allowedAddresses, address) || isAllowedAddress(knowledge, address),
    isBackEndAddress: (address) => isLeft(backEnd, address),
    isBackEndClient: (clientInfo) => values.backEndClients.some((name) => beginsWith(clientInfo, name)),
    isOutside: (address) => isOutsideAddress(knowledge, address),
    isPersonalClient: (clientInfo) => values.personalClients.some((name) => beginsWith(clientInfo, name)),
    watched,
    watchedApp: (app) => watch?.matchAppId(app),
    points: values,
  };
}
