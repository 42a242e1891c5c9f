/** Made-up exports whose values are known before they are written, for tests that compare every row. */

/** Numbers from 0 to 1, the same for the same seed (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** The properties of a row as the source knew them; undefined for a blank cell. */
export type PlainProperties = Readonly<Record<string, string | null>> | undefined;

export interface PlainRow {
  readonly time: string;
  readonly app: string;
  readonly type: string;
  readonly item: string;
  readonly session: string;
  readonly properties: PlainProperties;
}

/** repr() of a str as far as these exports need it: everything printable stands as it is. */
function repr(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  let body = "";
  for (const character of text) {
    const code = character.codePointAt(0) as number;
    if (character === "\\" || character === quote) body += `\\${character}`;
    else if (character === "\n") body += "\\n";
    else if (character === "\r") body += "\\r";
    else if (character === "\t") body += "\\t";
    else if (code < 32 || code === 127) body += `\\x${code.toString(16).padStart(2, "0")}`;
    else if (code === 0x200b) body += "\\u200b";
    else body += character;
  }
  return quote + body + quote;
}

/** str() of the dict of a row's properties, as retriever.py prints it. */
function literal(properties: PlainProperties): string {
  if (properties === undefined) return "";
  const pairs = Object.entries(properties).map(
    ([name, value]) => `${repr(name)}: ${value === null ? "None" : repr(value)}`,
  );
  return `{${pairs.join(", ")}}`;
}

/** A field as Python's csv module writes it. */
function field(value: string): string {
  return /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}

export const HEADER =
  "TimeStamp,AppIdType,ActivityIdType,ActivityItemId,ActivityCreationTime,ClientSessionId,CustomProperties";

/** One row as a line of a retriever.py export, without its line end. */
export function csvLine({ time, app, type, item, session, properties }: PlainRow): string {
  return [time, app, type, item, time, session, literal(properties)].map(field).join(",");
}

/** A whole export as retriever.py writes it. */
export function csvExport(rows: readonly PlainRow[]): string {
  return `\uFEFF${[HEADER, ...rows.map(csvLine)].join("\n")}\n`;
}

/** The same rows as pages of the API, one a line. */
export function jsonExport(rows: readonly PlainRow[], pageSize = 50): string {
  const pages: string[] = [];
  for (let at = 0; at < rows.length; at += pageSize) {
    const value = rows.slice(at, at + pageSize).map(({ time, app, type, item, session, properties }) => ({
      TimeStamp: time,
      AppIdType: app,
      ActivityIdType: type,
      ActivityItemId: item === "" ? null : item,
      ActivityCreationTime: time,
      ClientSessionId: session,
      ...(properties === undefined
        ? {}
        : { CustomProperties: Object.entries(properties).map(([Name, Value]) => ({ Name, Value })) }),
    }));
    pages.push(JSON.stringify({ value }));
  }
  return pages.join("\n");
}

const TRICKY = [
  "plain",
  "don't forget Anna's copy",
  'he said "yes"',
  `It's the "final" one`,
  "first; second; third",
  "a, b, and 'c'",
  "two\r\nlines\tand a tab",
  "emoji \u{1f600}\u2764 and ümlaut",
  String.raw`C:\temp\new 'x' "y"`,
  "zero\u200bwidth",
  "bell\x07 delete\x7f null\0",
  "=cmd|' /C calc'!A0",
  "Anna's note, Subject: x",
  "{'Subject': 'inner'}",
  "",
  " blanks ",
  '"',
  "'",
];
const APPS = "Web Mobile Outlook Exchange MacOutlook MacMail POP3 IMAP4 Other Lync Sundial".split(" ");
const OTHERS =
  "Move Delete MessageSent Flag CreateFolder LinkClicked SearchSessionStart InspectorDisplayStart Unheard".split(" ");
const ADDRESSES = [
  "192.0.2.1",
  "198.51.100.2",
  "203.0.113.9",
  "192.0.2.77, 10.0.0.1, 198.51.100.9",
  "2001:db8::17",
  "mail.example",
  "",
];
export const OWNER = "anna@contoso.example";

/** What the log says of a message, wherever it says it: keys that are missing are missing everywhere. */
interface PlainItem {
  readonly id: string;
  readonly delivered: boolean;
  readonly facts: Readonly<Record<string, string | null>>;
}

/**
 * Rows of one mailbox in order of time, some with equal times. Every row differs from every other.
 *
 * @param count about how many.
 */
export function makeRows(seed: number, count: number): PlainRow[] {
  const random = randomFrom(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const items: PlainItem[] = [];
  const rows: PlainRow[] = [];
  let tick = 0;
  const base = Date.UTC(2018, 5, 1);
  const push = (app: string, type: string, item: string, properties: PlainProperties) => {
    if (random() < 0.8) tick += 1 + Math.floor(random() * 9_000_000);
    // Seven decimals as the API has them; the last four tell rows of one millisecond apart.
    const seconds = new Date(base + Math.floor(tick / 100)).toISOString().slice(0, -1);
    const time = `${seconds}${String((tick % 100) * 37).padStart(4, "0")}Z`;
    // The session tells rows of equal content apart, so that none is a duplicate.
    rows.push({ time, app, type, item, session: `s-${rows.length}`, properties });
  };
  const newItem = (delivered: boolean): PlainItem => {
    const facts: Record<string, string | null> = {};
    if (random() < 0.9) facts["Subject"] = random() < 0.04 ? null : pick(TRICKY);
    if (random() < 0.95) facts["Sender"] = random() < 0.05 ? "sean.o'brien@fabrikam.example" : "bob@fabrikam.example";
    if (random() < 0.95) facts["ReceivedTime"] = `06/${1 + Math.floor(random() * 28)}/2018 08:00:00 AM`;
    const mute = random() < 0.05;
    const item = { id: `AAMk${seed}-${items.length}=`, delivered, facts: mute ? {} : facts };
    items.push(item);
    return item;
  };
  const renamed = ({ facts }: PlainItem, names: Readonly<Record<string, string>>) =>
    Object.fromEntries(
      Object.entries(names).flatMap(([from, to]) => (facts[from] === undefined ? [] : [[to, facts[from]]])),
    );
  const someItem = () => (items.length === 0 || random() < 0.1 ? newItem(false) : pick(items));
  push("Web", "ServerLogon", "", { ClientIP: "", UserName: OWNER, Result: "Success", UserAgent: "x" });
  while (rows.length < count) {
    const kind = random();
    if (kind < 0.25) {
      const item = newItem(true);
      const properties = renamed(item, {
        Subject: "Subject",
        Sender: "SenderSmtpAddress",
        ReceivedTime: "ReceivedTime",
      });
      const more: Record<string, string> = random() < 0.5 ? { Recipients: "a@x.example;b@x.example" } : {};
      const empty = Object.keys(properties).length === 0;
      push("Exchange", "MessageDelivered", item.id, empty ? undefined : { ...properties, ...more });
    } else if (kind < 0.45) {
      push(pick(APPS), pick(["ReadingPaneDisplayStart", "ReadingPaneDisplayEnd"]), someItem().id, undefined);
    } else if (kind < 0.55) {
      const item = someItem();
      const names = { Sender: "SenderAddress", ReceivedTime: "ReceivedTime" };
      push(pick(["Mobile", "Outlook"]), pick(["MarkAsRead", "ReplyAll"]), item.id, renamed(item, names));
    } else if (kind < 0.65) {
      const properties: Record<string, string | null> = {
        ClientIP: random() < 0.05 ? null : pick(ADDRESSES),
        UserName: random() < 0.1 ? null : OWNER,
        Result: pick(["Success", "Success", "Failure"]),
        UserAgent: pick(TRICKY),
        ExceptionInfo: pick(["", "User's password wrong"]),
      };
      for (const name of Object.keys(properties)) if (random() < 0.05) delete properties[name];
      push(pick(APPS), "ServerLogon", "", random() < 0.05 ? pick([undefined, {}]) : properties);
    } else if (kind < 0.7) {
      const browser: Record<string, string> = random() < 0.2 ? {} : { Browser: pick(TRICKY) };
      push("Web", "Logon", "", { IPAddress: pick(ADDRESSES), ...browser });
    } else if (kind < 0.8) {
      const query = pick([
        "<Query><RawQuery>o'brien invoice</RawQuery><Scope>Mailbox</Scope></Query>",
        "<Query><RawQuery>from:&quot;cfo&quot; &amp; x &lt;3</RawQuery><KqlQuery>(x)</KqlQuery></Query>",
        "<Query><RawQuery>007</RawQuery></Query>",
        "plain; words",
      ]);
      push("Web", "SearchResult", "", random() < 0.1 ? pick([undefined, {}]) : { Query: query, ResultsCount: "3" });
    } else if (kind < 0.86) {
      const type = pick(["SearchSuggestionsDisplay", "SearchSuggestionDisplay"]);
      push("Web", type, "", random() < 0.1 ? undefined : { SuggestionStimulus: pick(TRICKY) });
    } else if (kind < 0.92) {
      const action: PlainProperties =
        random() < 0.2 ? pick([undefined, {}]) : { AttachmentAction: pick(["Open", "Anna's"]) };
      push(pick(APPS), "OpenedAnAttachment", someItem().id, action);
    } else {
      push(pick(APPS), pick(OTHERS), someItem().id, random() < 0.3 ? undefined : { ItemClass: pick(TRICKY) });
    }
  }
  return rows;
}

/** The same rows in another order, the same one for the same seed. */
export function shuffled<T>(rows: readonly T[], seed: number): T[] {
  const random = randomFrom(seed);
  const mixed = [...rows];
  for (let at = mixed.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    [mixed[at], mixed[other]] = [mixed[other] as T, mixed[at] as T];
  }
  return mixed;
}
