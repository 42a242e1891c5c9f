import type { Actor, MailboxRow } from "./rows.ts";

export interface AddressUse {
  readonly address: string;
  readonly place: string;
  /** XA and so on: user-assigned codes, for documentation addresses lie in no country. */
  readonly country: string;
  readonly rows: number;
  readonly first: string;
  readonly last: string;
}

/** A stay in Outlook on the web. Its ServerLogon carries an id of its own and is not among these rows. */
interface SessionTruth {
  readonly app: string;
  readonly address: string;
  /** ClientSessionId of the browser's rows. */
  readonly webSessionId: string;
  /** ClientSessionId of the server's rows of the same stay. */
  readonly serverSessionId: string;
  readonly rows: number;
  readonly first: string;
  readonly last: string;
}

interface Noted {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly address: string;
  readonly webSessionId: string;
}

interface SearchNote extends Noted {
  readonly query: string;
  readonly firstKeystroke: number;
  readonly lastKeystroke: number;
  readonly keystrokes: number;
}

/** What was done to a message; `activityItemId` is the id it had when it was done. */
export interface MessageNote extends Noted {
  readonly what: string;
  readonly activityItemId: string;
  readonly internetMessageId: string;
  readonly subject: string;
  readonly sender: string;
  /** Whether the log holds the delivery, and with it the subject. */
  readonly deliveryInLog: boolean;
  readonly detail: readonly string[];
}

/** A note before the log is finished: only then is it known whether the delivery stands in it. */
export type NewMessageNote = Omit<MessageNote, "deliveryInLog">;

interface SentNote extends Noted {
  readonly what: "reply" | "forward";
  readonly originalItemId: string;
  readonly sentItemId: string;
  /** Only the truth knows these two: no record names a recipient or the subject of what was sent. */
  readonly to: string;
  readonly subject: string;
}

interface LogonNote extends Noted {
  readonly app: string;
  readonly result: "Success" | "Failure";
}

/** What the intruder did, written down while doing it. */
export interface Notebook {
  readonly logons: LogonNote[];
  readonly searches: SearchNote[];
  readonly opened: NewMessageNote[];
  readonly attachments: NewMessageNote[];
  readonly sent: SentNote[];
  readonly deletions: NewMessageNote[];
  readonly moves: NewMessageNote[];
  readonly sessions: {
    readonly app: string;
    readonly address: string;
    readonly webId: string;
    readonly serverId: string;
  }[];
}

export const newNotebook = (): Notebook => ({
  logons: [],
  searches: [],
  opened: [],
  attachments: [],
  sent: [],
  deletions: [],
  moves: [],
  sessions: [],
});

/** The ground truth of one mailbox. Rows printed twice count once. */
export interface MailboxTruth {
  readonly mailbox: string;
  readonly rowsByActor: Readonly<Record<Actor, number>>;
  readonly ownerAddresses: readonly AddressUse[];
  readonly intruderAddresses: readonly AddressUse[];
  readonly intruderSessions: readonly SessionTruth[];
  readonly logons: readonly LogonNote[];
  readonly searches: readonly SearchNote[];
  readonly opened: readonly MessageNote[];
  readonly attachments: readonly MessageNote[];
  readonly sent: readonly SentNote[];
  readonly deletions: readonly MessageNote[];
  readonly moves: readonly MessageNote[];
}

type Spot = { readonly name: string; readonly country: string; readonly addresses: readonly string[] };

const extent = (rows: readonly MailboxRow[]) => ({
  rows: rows.length,
  first: rows[0]?.timeStamp ?? "",
  last: rows.at(-1)?.timeStamp ?? "",
});

function addressUses(rows: readonly MailboxRow[], actor: Actor, places: readonly Spot[]): AddressUse[] {
  const own = rows.filter((row) => row.actor === actor);
  const addresses = new Set(own.flatMap((row) => row.address ?? []));
  return [...addresses].map((address) => {
    const used = own.filter((row) => row.address === address);
    const place = places.find((candidate) => candidate.addresses.includes(address));
    return { address, place: place?.name ?? "", country: place?.country ?? "", ...extent(used) };
  });
}

/** Sums up the finished log. What fell into a gap of the log is left out: nobody could find it there. */
export function summarise(
  mailbox: string,
  rows: readonly MailboxRow[],
  notebook: Notebook,
  places: readonly Spot[],
  logged: (at: number) => boolean,
): MailboxTruth {
  const once = rows.filter((row) => !row.duplicate);
  const count = (actor: Actor): number => once.filter((row) => row.actor === actor).length;
  const kept = <T extends Noted>(notes: readonly T[]): T[] =>
    notes.filter((note) => logged(note.at)).sort((a, b) => a.at - b.at);
  const described = new Set(
    once
      .filter((row) => row.activityIdType === "MessageDelivered")
      .flatMap((row) => row.properties?.find(([name]) => name === "InternetMessageId")?.[1] ?? []),
  );
  const messages = (notes: readonly NewMessageNote[]): MessageNote[] =>
    kept(notes).map((note) => ({ ...note, deliveryInLog: described.has(note.internetMessageId) }));
  const sessions = notebook.sessions.map((session) => {
    const own = once.filter((row) => [session.webId, session.serverId].includes(row.clientSessionId));
    const { app, address, webId, serverId } = session;
    return { app, address, webSessionId: webId, serverSessionId: serverId, ...extent(own) };
  });
  return {
    mailbox,
    rowsByActor: { owner: count("owner"), intruder: count("intruder"), service: count("service") },
    ownerAddresses: addressUses(once, "owner", places),
    intruderAddresses: addressUses(once, "intruder", places),
    intruderSessions: sessions.filter((session) => session.rows > 0),
    logons: kept(notebook.logons),
    searches: kept(notebook.searches),
    opened: messages(notebook.opened),
    attachments: messages(notebook.attachments),
    sent: kept(notebook.sent),
    deletions: messages(notebook.deletions),
    moves: messages(notebook.moves),
  };
}
