import { evidenceOf } from "../../joins/mailbox-case.ts";
import type { AddressView, Picture } from "../picture.ts";
import { percent, rowsOfRole } from "../picture.ts";
import type { Fired } from "../rule.ts";
import { scoring } from "../rule.ts";
import { sampleOf, shareOfSample } from "../sample.ts";

/** So many messages, spread over all of them, are enough to know what an address looks for. */
const SAMPLE = 200;

/** Messages bound from an address whose subject is known, and those of them that hold a term. */
interface Subjects {
  /** How many messages there are; those that were looked at are in `rows`. */
  readonly all: number;
  readonly rows: readonly number[];
  readonly telling: readonly number[];
  readonly terms: ReadonlySet<string>;
}

/** Records from this length on name so many messages that their texts are looked through once for all of these. */
const LONG_RECORD = 16 << 10;

/**
 * Whether the text of an audit record's row may hold a subject. A name that is written with escapes is met by the
 * backslash.
 */
function subjectsInText({ joined: { mailboxCase } }: Picture): (row: number) => boolean {
  const { rows } = mailboxCase;
  const long = new Map<string, boolean>();
  return (row) => {
    const start = rows.start[row] as number;
    const length = rows.length[row] as number;
    const look = () => {
      const text = evidenceOf(mailboxCase, row).textAt(start, length);
      return text.includes("Subject") || text.includes("\\u");
    };
    if (length < LONG_RECORD) return look();
    const place = `${rows.evidence[row] ?? 0} ${start}`;
    const holds = long.get(place) ?? look();
    long.set(place, holds);
    return holds;
  };
}

/**
 * Whether anything may tell the subject of a row's message. Bind records tell none, and most messages have no others:
 * a look at the texts of their records spares reading them.
 */
function maySaySubject({ joined, knowledge }: Picture, item: number, inText: (row: number) => boolean): boolean {
  const { mailboxCase } = joined;
  const { items, rows } = mailboxCase;
  if (knowledge.messages !== undefined || joined.messageOf(item) !== item) return true;
  if ((items.delivered[item] as number) >= 0) return true;
  for (let row = items.firstRow[item] as number; row >= 0; row = rows.nextOfItem[row] as number) {
    if (!evidenceOf(mailboxCase, row).isAudit || inText(row)) return true;
  }
  return false;
}

function subjectsOf(
  picture: Picture,
  view: AddressView,
  themes: ReadonlySet<string>,
  inText: (row: number) => boolean,
): Subjects {
  const { joined, knowledge, activities } = picture;
  const { item } = joined.mailboxCase.rows;
  const messages = new Map<number, number>();
  for (const row of rowsOfRole(picture, view, "bound")) {
    const message = joined.messageOf(item[row] as number);
    if (message >= 0 && activities.confidenceOf(row) !== "low" && !messages.has(message)) messages.set(message, row);
  }
  const known = [...messages.values()].filter(
    (row) =>
      maySaySubject(picture, item[row] as number, inText) && (joined.factsOf(item[row] as number).subject ?? "") !== "",
  );
  const rows = sampleOf(known, SAMPLE);
  const terms = new Set<string>();
  const telling = rows.filter((row) => {
    const found = knowledge.terms
      .match(joined.factsOf(item[row] as number).subject ?? "")
      .filter(({ entry }) => themes.has(entry.theme));
    for (const { entry } of found) terms.add(entry.term);
    return found.length > 0;
  });
  return { all: known.length, rows, telling, terms };
}

export const accessSubjects = scoring({
  id: "access-subjects",
  about: "address",
  title: "Opens messages about money, credentials or the breach itself",
  description:
    "Messages bound (MailItemsAccessed) from an address that is not familiar, by the subjects that other records or exported messages have for them: the share with words of the term lists is compared with that of familiar addresses.",
  requires:
    "MailItemsAccessed records of kind Bind, and subjects of the same messages in other records (sent, moved, deleted), a message trace or exported messages",
  falsePositives: ["An owner whose work is about money, on the way; familiar addresses show the same then."],
  blindSpots: [
    "A Bind record has no subject: messages that nothing else tells of are left out, and there may be few others.",
    "Messages opened after a folder was synchronised leave no record.",
    "Words that no list has.",
  ],
  references: [
    "https://attack.mitre.org/techniques/T1114/002/",
    "https://attack.mitre.org/detectionstrategies/DET0048/",
    "https://learn.microsoft.com/en-us/purview/audit-log-investigate-accounts",
  ],
  attack: ["T1114.002"],
  nextSteps: [
    "Give exported messages or a message trace with --messages, so that more subjects are known.",
    "Go through exposure.tsv for the messages and whether they must be notified.",
  ],
  settings: {
    points: { is: 14, says: "points for mostly such messages" },
    least: { is: 3, says: "such messages below which it may be chance" },
    share: { is: 0.4, says: "share of the address's messages with a known subject that is high" },
    times: { is: 2, says: "times the share of the familiar addresses that it must be", takes: "fraction" },
    themes: {
      is: ["payments", "payroll", "credentials", "identity", "hiding"],
      says: "themes that count",
      takes: "themes",
    },
  },
  assess(picture, { points, least, share, times, themes }) {
    const wanted = new Set(themes);
    const inText = subjectsInText(picture);
    const subjects = [...picture.addresses.values()]
      .filter(({ outside, familiar }) => outside || familiar)
      .map((view) => ({ view, ...subjectsOf(picture, view, wanted, inText) }));
    const own = subjects.filter(({ view }) => view.familiar);
    const all = own.reduce((sum, { rows }) => sum + rows.length, 0);
    const usual = all === 0 ? 0 : own.reduce((sum, { telling }) => sum + telling.length, 0) / all;
    const fired: Fired[] = [];
    for (const { view, all: known, rows, telling, terms } of subjects) {
      const here = rows.length === 0 ? 0 : telling.length / rows.length;
      if (!view.stranger || telling.length < least || here < share || here < usual * times) continue;
      fired.push({
        entity: view.address,
        text: `${shareOfSample(telling.length, rows.length, known, "bound messages with a known subject")} are about ${[...terms].slice(0, 5).join(", ")} (${percent(usual)} from familiar addresses)`,
        points,
        rows: telling,
      });
    }
    return {
      fired,
      missing: missingFrom(
        picture,
        subjects.some(({ rows }) => rows.length > 0),
      ),
    };
  },
});

function missingFrom({ joined }: Picture, isKnown: boolean): string | undefined {
  if (isKnown) return undefined;
  return joined.mailboxCase.types.some(({ role }) => role === "bound")
    ? "no other record has a subject of the messages that were bound"
    : "no MailItemsAccessed record of kind Bind";
}
