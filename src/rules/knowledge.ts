import type { AddressList } from "../enrich/network/address-list.ts";
import type { Geo } from "../enrich/network/geo.ts";
import type { NetworkKinds } from "../enrich/network/hosting.ts";
import type { TermMatcher } from "../enrich/words/terms.ts";
import type { MessagesById } from "../joins/given-messages.ts";

/** What rules know of the world, beside the mailbox: databases, lists and messages that the user gave. */
export interface Knowledge {
  readonly geo: Geo;
  /** Networks of hosting and VPN providers, by ASN. */
  readonly networks: NetworkKinds;
  readonly terms: TermMatcher;
  readonly watch: AddressList | undefined;
  readonly allow: AddressList | undefined;
  /** The owner's countries as the user told them; empty where they are to be learned from the log. */
  readonly homeCountries: ReadonlySet<string>;
  /** Messages, with their headers where they were exported, by InternetMessageId; undefined where none were given. */
  readonly messages: MessagesById | undefined;
}
