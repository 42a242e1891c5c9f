import type { Arrival } from "./delivery.ts";
import type { DeleteType } from "./filing.ts";
import type { Folder, Topic } from "./mailbox.ts";
import type { Place } from "./places.ts";
import type { Random } from "./random.ts";
import { INTRUDER_QUERIES } from "./texts.ts";
import { DAY, HOUR, MINUTE, SECOND, weekday } from "./time.ts";

export type AttackKind = "web" | "imap" | "both" | "none";

/** Which message a step is about. `key` is one of the script's; the others take what the mailbox holds then. */
export type Choice = { readonly key: string } | { readonly topic: Topic } | { readonly folder: Folder };

export type Step =
  | {
      readonly do: "search";
      readonly query: string;
      readonly at?: number;
      readonly last?: number;
      readonly texts?: readonly string[];
    }
  | { readonly do: "read" | "attachment" | "unread"; readonly what: Choice }
  | {
      readonly do: "reply" | "forward";
      readonly what: Choice;
      /** The name under which a later step deletes what was sent. */
      readonly key: string;
      readonly to: string;
      readonly subject: string;
    }
  | { readonly do: "delete"; readonly what: Choice; readonly type: DeleteType }
  | { readonly do: "move"; readonly what: Choice; readonly to: Folder };

/** Logons that fail; the mailbox is not entered. */
export interface Attempts {
  readonly at: number;
  readonly app: "Web" | "IMAP4";
  readonly address: string;
  readonly userAgent: string;
  readonly count: number;
}

export interface Visit {
  readonly at: number;
  readonly address: string;
  readonly userAgent: string;
  readonly steps: readonly Step[];
}

/** A successful IMAP4 logon: the client copies the mailbox, and no record says so. */
export interface Synchronisation {
  readonly at: number;
  readonly address: string;
}

export interface AttackPlan {
  readonly arrivals: readonly Arrival[];
  /** The owner opens the message `key` then and follows its link. */
  readonly phish: { readonly key: string; readonly openedAt: number } | undefined;
  readonly attempts: readonly Attempts[];
  readonly visits: readonly Visit[];
  readonly synchronisations: readonly Synchronisation[];
  readonly places: readonly Place[];
}

const NO_ATTACK: AttackPlan = {
  arrivals: [],
  phish: undefined,
  attempts: [],
  visits: [],
  synchronisations: [],
  places: [],
};

const BROWSERS = [
  "Mozilla/5.0 (X11; Linux x86_64; rv:52.0) Gecko/20100101 Firefox/52.0",
  "Mozilla/5.0 (Windows NT 6.1; WOW64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/63.0.3239.132 Safari/537.36",
  // The very browser an owner may have: the user agent alone is no proof.
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/64.0.3282.186 Safari/537.36",
];

function randomSteps(random: Random, visit: number, visits: number): Step[] {
  const steps: Step[] = [];
  for (let i = random.between(0, 3); i > 0; i -= 1) steps.push({ do: "search", query: random.pick(INTRUDER_QUERIES) });
  for (let i = random.between(2, 8); i > 0; i -= 1) {
    const what: Choice = random.chance(0.7) ? { topic: "finance" } : { folder: "Inbox" };
    steps.push({ do: "read", what });
    if (random.chance(0.2)) steps.push({ do: "attachment", what: { topic: "finance" } });
  }
  // Money is asked for once the mailbox is known.
  if (visit >= visits / 2 && random.chance(0.6)) {
    const key = `sent-${visit}`;
    const how = random.pick(["reply", "forward"] as const);
    steps.push({
      do: how,
      what: { topic: "finance" },
      key,
      to: "payables@wingtip.example",
      subject: "RE: bank details",
    });
    steps.push({ do: "delete", what: { key }, type: random.pick(["MoveToDeletedItems", "HardDelete"]) });
    if (random.chance(0.5)) steps.push({ do: "move", what: { topic: "finance" }, to: "RssSubscription" });
  }
  return steps;
}

/** An attack made up from a seed. Addresses come from documentation ranges and are the intruder's alone (above .150). */
export function randomPlan(random: Random, span: { start: number; days: number }, kind: AttackKind): AttackPlan {
  if (kind === "none") return NO_ATTACK;
  let phished = span.start + Math.floor(span.days * (0.1 + 0.2 * random.next())) * DAY;
  while (weekday(phished) % 6 === 0) phished += DAY;
  phished += 9 * HOUR + random.int(4 * HOUR);
  const numbers = Array.from({ length: 100 }, (_, index) => index + 151);
  const net = (): string => {
    const [number] = numbers.splice(random.int(numbers.length), 1);
    return `${random.pick(["192.0.2", "198.51.100", "203.0.113"])}.${number ?? 150}`;
  };
  const bases = Array.from({ length: random.between(1, 3) }, net);
  const imap = random.chance(0.3) ? (bases[0] ?? net()) : net();
  const userAgent = random.pick(BROWSERS);
  const until = span.start + span.days * DAY - 6 * HOUR;
  const after = (): number => phished + 3 * HOUR + random.int(Math.max(HOUR, until - phished - 3 * HOUR));
  const web = kind === "web" || kind === "both";
  const count = web ? random.between(2, 9) : 0;
  const times = Array.from({ length: count }, after).sort((a, b) => a - b);
  const visits = times.map((at, visit) => ({
    at,
    address: random.pick(bases),
    userAgent,
    steps: randomSteps(random, visit, count),
  }));
  const synchronisations = kind === "web" ? [] : [{ at: after(), address: imap }];
  const attempts: Attempts[] = [
    ...visits.slice(0, 1).map((visit) => ({ ...visit, app: "Web" as const, count: random.between(0, 4) })),
    ...synchronisations.map((sync) => ({ ...sync, app: "IMAP4" as const, userAgent: "", count: random.between(0, 3) })),
  ];
  return {
    arrivals: [
      {
        key: "phish",
        at: phished,
        sender: "no-reply@mailbox-helpdesk.example",
        subject: "Action required: your mailbox is 98% full",
        topic: "phish",
      },
    ],
    phish: { key: "phish", openedAt: phished + random.between(2, 50) * MINUTE },
    attempts: attempts.map(({ at, app, address, userAgent: agent, count: failures }) => ({
      at: at - failures * 25 * SECOND,
      app,
      address,
      userAgent: agent,
      count: failures,
    })),
    visits,
    synchronisations,
    places: [
      { name: "hosting, intruder", country: "XD", addresses: bases },
      ...(kind === "web" || bases.includes(imap) ? [] : [{ name: "hosting, IMAP", country: "XE", addresses: [imap] }]),
    ],
  };
}
