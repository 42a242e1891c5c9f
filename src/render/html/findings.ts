import type { MailboxNames } from "./mailbox-names.ts";

/** What findings.json says, as the contract has it. */

/** A row of the evidence. */
export interface Place {
  readonly file: string;
  readonly row: number;
}

/** Rows of the evidence in order: 4 bytes each, outside of V8's heap. */
export class Places implements Iterable<Place> {
  readonly #rows: Uint32Array;
  /** Each file with the index of the first place behind its own. */
  readonly #files: readonly (readonly [file: string, end: number])[];

  /** @param fileOf a file as tables have it, of its name in JSON. */
  constructor(places: readonly Place[], fileOf: (file: string) => string) {
    this.#rows = Uint32Array.from(places, ({ row }) => row);
    const ends = places.flatMap(({ file }, at) =>
      places[at + 1]?.file === file ? [] : [[fileOf(file), at + 1] as const],
    );
    this.#files = ends;
  }

  get length(): number {
    return this.#rows.length;
  }

  *[Symbol.iterator](): Generator<Place> {
    let at = 0;
    for (const [file, end] of this.#files) for (; at < end; at++) yield { file, row: this.#rows[at] as number };
  }

  /** The first places, at most `most`, as rows by file. */
  byFile(most: number): [file: string, rows: number[]][] {
    const files = new Map<string, number[]>();
    let at = 0;
    for (const [file, end] of this.#files) {
      const own = files.get(file) ?? [];
      own.push(...this.#rows.subarray(at, Math.min(end, most)));
      if (own.length > 0) files.set(file, own);
      at = Math.min(end, most);
    }
    return [...files];
  }
}

const NO_PLACES = new Places([], (file) => file);

export interface ReportedReason {
  readonly rule: string;
  readonly text: string;
  readonly points: number;
  readonly evidence: Places;
}

export interface ReportedFinding {
  /** What the mailbox goes by; empty where the finding is about several. */
  readonly mailbox: string;
  /** What the mailboxes go by that a finding about several names. */
  readonly mailboxes: readonly string[];
  readonly ruleId: string;
  readonly title: string;
  readonly severity: string;
  readonly score: number;
  readonly confidence: string;
  readonly entity: { readonly type: string; readonly value: string };
  readonly firstTime: string;
  readonly lastTime: string;
  readonly count: number;
  readonly reasons: readonly ReportedReason[];
  readonly attack: readonly string[];
  readonly evidence: Places;
  readonly falsePositives: readonly string[];
  readonly nextSteps: readonly string[];
  readonly references: readonly string[];
}

export interface ReportedRule {
  readonly id: string;
  readonly outcome: string;
  readonly why: string;
}

export interface Findings {
  readonly findings: readonly ReportedFinding[];
  readonly rules: readonly ReportedRule[];
  /** What became of each rule in each mailbox, by what that goes by. */
  readonly outcomes: ReadonlyMap<string, readonly ReportedRule[]>;
}

/** What became of each rule in one mailbox. */
export interface MailboxOutcomes {
  /** Its name, verbatim; empty where no record says it. */
  readonly mailbox: string;
  /** The inputs that it was read from. */
  readonly files: readonly string[];
  readonly outcomes: readonly ReportedRule[];
}

/** What findings.json is made of. */
export interface FindingsPieces {
  /** JSON in UTF-8: findings with commas between them, any number a piece. */
  readonly findings: readonly Uint8Array[];
  readonly rules: readonly ReportedRule[];
  /** What the rules' outcomes are put together of. */
  readonly mailboxes: readonly MailboxOutcomes[];
}

/** A finding as it stands in findings.json. */
type WrittenFinding = Omit<ReportedFinding, "evidence" | "reasons" | "mailboxes"> & {
  readonly mailboxes?: readonly (Place & { readonly mailbox: string })[];
  readonly evidence: readonly Place[];
  readonly reasons: readonly (Omit<ReportedReason, "evidence"> & { readonly evidence?: readonly Place[] })[];
};

function asReported(
  { mailbox, mailboxes = [], evidence, reasons, ...finding }: WrittenFinding,
  names: MailboxNames,
): ReportedFinding {
  const placesOf = (places: readonly Place[]) => new Places(places, names.cell);
  return {
    ...finding,
    // A finding names no mailbox where it is about several, and where no record says whose it is.
    mailbox: ACROSS.has(finding.ruleId) ? "" : names.of(mailbox, evidence[0]?.file ?? ""),
    mailboxes: mailboxes.map((one) => names.of(one.mailbox, one.file)),
    evidence: placesOf(evidence),
    reasons: reasons.map((reason) => ({
      ...reason,
      evidence: reason.evidence === undefined ? NO_PLACES : placesOf(reason.evidence),
    })),
  };
}

/** What findings.json says. @throws SyntaxError where a piece is no JSON. */
export function findingsOf({ findings, rules, mailboxes }: FindingsPieces, names: MailboxNames): Findings {
  const read = (piece: Uint8Array) => JSON.parse(`[${Buffer.from(piece).toString()}]`) as WrittenFinding[];
  return {
    findings: findings.flatMap((piece) => read(piece).map((finding) => asReported(finding, names))),
    rules,
    outcomes: new Map(mailboxes.map(({ mailbox, files, outcomes }) => [names.of(mailbox, files[0] ?? ""), outcomes])),
  };
}

/** Rules that look at all mailboxes of the audit logs together. */
export const ACROSS: ReadonlySet<string> = new Set([
  "mailbox-access-api",
  "app-many-mailboxes",
  "address-many-mailboxes",
  "address-elsewhere",
]);
