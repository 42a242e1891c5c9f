import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PackedPresences } from "../joins/address-presence.ts";
import { addressPresences, packPresences, suspectPresences } from "../joins/address-presence.ts";
import type { AssessedTenant, TenantFinding } from "../joins/assessed-tenant.ts";
import type { ExposedMessage } from "../joins/exposure.ts";
import { exposedMessages, newExposureLedger, noteAccess } from "../joins/exposure.ts";
import type { Search } from "../joins/searches.ts";
import { walk } from "../joins/walk.ts";
import type { FamilyName, MailboxEvent, MessageFacts } from "../model/event.ts";
import type { JoinedCase } from "../joins/joined-case.ts";
import type { Assessment } from "../model/assessment.ts";
import type { Finding, RuleOutcome } from "../model/finding.ts";
import type { SourceRef } from "../model/record.ts";
import { assessCase } from "../rules/assess.ts";
import { assessTenant } from "../rules/assess-tenant.ts";
import { reports } from "../reports/index.ts";
import { mailboxAccess } from "../reports/mailbox-access/index.ts";
import type { Report, RowSource } from "../reports/report.ts";
import { ALL_FAMILIES, SOURCE_COLUMNS } from "../reports/report.ts";
import { absentNameWarnings, newOccurringNames, noteNames } from "./asked-names.ts";
import type { CaseOptions } from "./cases.ts";
import { CASE_DEFAULTS, inputsByMailbox, joinedCases, openOptions } from "./cases.ts";
import type { CaseInput } from "./build-case.ts";
import { closeInputs, openInputs } from "./inputs.ts";
import type { Accounts } from "./manifest.ts";
import {
  accountEmptyLogs,
  addAccount,
  inputWarnings,
  lastPageWarnings,
  mailboxAccounts,
  skippedWarnings,
  unnamedWarnings,
} from "./manifest.ts";
import type { OpenKnowledge, ScoringOptions } from "./knowledge.ts";
import { DEFAULT_SCORING, openKnowledge } from "./knowledge.ts";
import { checkReadOptions } from "./parse-options.ts";
import { newSteps } from "./steps.ts";

/** A mailbox as a script reads it. It can be read from until the next one is asked for. */
export interface ParsedMailbox {
  /** As the tables name it; empty where nothing does. */
  readonly mailbox: string;
  /** Keystrokes and results joined to searches. */
  readonly searches: readonly Search[];
  /** Every row in order, by time and then by source; of the families asked for, or all. */
  events(families?: readonly FamilyName[]): Iterable<MailboxEvent>;
  /** The messages whose content somebody came to, in order of their first access. */
  exposure(): Iterable<ExposedMessage & { readonly message: MessageFacts }>;
  /** What the rules say of it: every address and client with its score, and the outcome of every rule. */
  assessment(): Assessment;
  /**
   * Everything found in it, the highest score first. Rows of evidence are for `sourceOf`. What is found of several
   * mailboxes together is told to the option `tenant`.
   */
  findings(): readonly Finding[];
  /**
   * The rows of a table as the bundle would print them, cell by column name, without any escaping. Those of `findings`
   * that are about several mailboxes are told to the option `tenant`.
   *
   * @param table a name of `TABLES`.
   * @throws RangeError for any other name, and for `mailbox-access` and `rejects`, which are not made of one mailbox.
   */
  rows(table: string): Iterable<TableRow>;
  /** Where a row stands in the evidence. */
  sourceOf(row: number): SourceRef;
}

/** What is found of several mailboxes together: an application or an address that was in many of them. */
export interface ParsedTenant {
  /** The highest score first. Their evidence are places, and no rows of a mailbox. */
  readonly findings: readonly TenantFinding[];
  /** The outcome of every rule about several mailboxes. */
  readonly outcomes: readonly RuleOutcome[];
  /**
   * The rows that a table has of several mailboxes together, as the bundle would print them.
   *
   * @param table `findings` or `mailbox-access`.
   * @throws RangeError for any other name.
   */
  rows(table: string): readonly TableRow[];
}

/** A row of a table, cell by column name. */
export type TableRow = Readonly<Record<string, string>>;

/** What an examiner has to know of evidence that was read. */
export interface CaseNotes {
  /** As the manifest's, a sentence each. */
  readonly warnings: readonly string[];
  /** Stretches of the inputs that are no records. */
  readonly rejected: readonly { readonly file: string; readonly row: number; readonly reason: string }[];
}

/** How `parseCase` reads and scores; everything can be left out. */
export interface ParseCaseOptions extends Partial<CaseOptions> {
  readonly scoring?: Partial<ScoringOptions>;
  /** Told once, when all mailboxes were read; never where a script stops before. */
  readonly notes?: (notes: CaseNotes) => void;
  /** The same, of what is found of several mailboxes together: each is assessed for it before it is let go. */
  readonly tenant?: (tenant: ParsedTenant) => void;
}

/** Options with the defaults for those that are not there, or undefined. */
function withDefaults<T extends object>(defaults: T, options: Partial<T> = {}): T {
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  return { ...defaults, ...Object.fromEntries(given) };
}

/** Makes a table's rows of its cells. */
function rowMaker({ columns }: Report): (cells: readonly string[], source: RowSource) => TableRow {
  const names = [...columns, ...SOURCE_COLUMNS];
  return (cells, { mailbox, file, row }) => {
    const all = [...cells, mailbox, file, String(row)];
    return Object.fromEntries(names.map((name, at) => [name, all[at] ?? ""]));
  };
}

function parsedTenant(tenant: AssessedTenant): ParsedTenant {
  const { findings, outcomes } = tenant;
  return {
    findings,
    outcomes,
    rows(table) {
      const report = reports.find((one) => one.table === table);
      if (report?.tenant === undefined) throw new RangeError(`There is no table ${table} of several mailboxes.`);
      const makeRow = rowMaker(report);
      const rows: TableRow[] = [];
      report.tenant(tenant, { row: (cells, source) => rows.push(makeRow(cells, source)) });
      return rows;
    },
  };
}

/** An assessment that has seen every message of the mailbox. */
function assessed(joined: JoinedCase, known: OpenKnowledge): Assessment {
  const assessment = assessCase(joined, known.knowledge, known.ruleSet, true);
  for (const event of walk(joined, new Set(["message"]))) assessment.observe(event);
  return assessment;
}

/** The rows of one report, made as the events come by. */
function* rowsOf(report: Report, joined: JoinedCase, known: OpenKnowledge): Generator<TableRow, void, void> {
  const makeRow = rowMaker(report);
  const waiting: { readonly row: TableRow; readonly group: number }[] = [];
  // A table that sums up needs everything known; one that prints events asks for each as it comes.
  const printsEvents = report.families?.has("message") === true;
  const assessment =
    report.scores === "messages" && !printsEvents
      ? assessed(joined, known)
      : assessCase(joined, known.knowledge, known.ruleSet, printsEvents);
  const run = report.begin(
    joined,
    {
      row: (cells, source, group = 0) => waiting.push({ row: makeRow(cells, source), group }),
    },
    assessment,
  );
  const ready = () => waiting.splice(0).map(({ row }) => row);
  if (run.event !== undefined) {
    for (const event of walk(joined, report.families ?? new Set())) {
      if (event.type.family === "message") assessment.observe(event);
      run.event(event);
      if (report.order !== "group") yield* ready();
    }
  }
  run.finish?.();
  if (report.order === "group") {
    const groups = new Map<number, TableRow[]>();
    for (const { row, group } of waiting) {
      const rows = groups.get(group);
      if (rows === undefined) groups.set(group, [row]);
      else rows.push(row);
    }
    for (const rows of groups.values()) yield* rows;
  } else yield* ready();
}

/** Folders of unpacked evidence whose cases are not read to their end. */
const spools = new Set<string>();

/** A script may end the process, or let a case go, before it is read to its end: that must leave no evidence behind. */
function newSpool(): string {
  const spool = mkdtempSync(join(tmpdir(), "alicorn-"));
  if (spools.size === 0) process.on("exit", dropSpools);
  spools.add(spool);
  return spool;
}

function dropSpool(spool: string): void {
  rmSync(spool, { recursive: true, force: true });
  spools.delete(spool);
  if (spools.size === 0) process.off("exit", dropSpools);
}

function dropSpools(): void {
  for (const spool of spools) rmSync(spool, { recursive: true, force: true });
}

/**
 * Reads evidence and joins it, for scripts that write their own reports. Nothing is written but unpacked evidence, to
 * the system's temporary files, and that is removed at the end, or when the process exits. A signal that the script does
 * not handle leaves it.
 *
 * @param inputs files and folders; `-` is standard input.
 * @throws InputError, one sentence, for an input that cannot be used; UsageError for options that make no sense.
 */
export async function* parseCase(
  inputs: readonly string[],
  options: ParseCaseOptions = {},
): AsyncGenerator<ParsedMailbox, void, void> {
  const { scoring: asked, notes, tenant, ...reading } = options;
  const whole = withDefaults(CASE_DEFAULTS, reading);
  const scoring = withDefaults(DEFAULT_SCORING, asked);
  checkReadOptions({ ...whole, inputs, scoring });
  const spool = newSpool();
  try {
    const opened = await openInputs(inputs, spool, openOptions(whole));
    const steps = newSteps(undefined, undefined);
    try {
      const known = await openKnowledge(scoring, spool, openOptions(whole));
      const { groups, routed, tenant: log, warnings } = await inputsByMailbox(opened.inputs, whole, spool, steps);
      const accounts: Accounts = new Map();
      const unnamed: string[] = [];
      const names = newOccurringNames();
      const given = { named: new Set<string>(), warnings: [] as string[] };
      // Of a mailbox that is let go nothing stays but what its addresses did.
      const presences: PackedPresences[] = [];
      for await (const { group, counts, joined } of joinedCases(
        groups,
        whole,
        spool,
        steps,
        known.knowledge.messages,
      )) {
        const own = mailboxAccounts(counts, joined);
        for (const [at, account] of own.entries()) {
          const { input } = group[at] as CaseInput;
          addAccount(accounts, input, routed.get(input), account);
        }
        if (joined.mailboxCase.mailbox === "") unnamed.push(...unnamedWarnings(group, own));
        noteNames(names, joined.mailboxCase);
        for (const one of joined.givenNamed) given.named.add(one);
        given.warnings.push(...joined.givenWarnings);
        let made: Assessment | undefined;
        const assessment = () => (made ??= assessed(joined, known));
        yield {
          mailbox: joined.mailboxCase.mailbox,
          searches: joined.searches.list.filter(({ isPrinted }) => isPrinted),
          events: (families) => walk(joined, families === undefined ? ALL_FAMILIES : new Set(families)),
          *exposure() {
            const ledger = newExposureLedger(joined, (row) => assessment().sessionOf(row));
            for (const event of walk(joined, ALL_FAMILIES)) noteAccess(ledger, event);
            for (const exposed of exposedMessages(ledger)) yield { ...exposed, message: joined.factsOf(exposed.item) };
          },
          assessment,
          findings: () => assessment().findings(),
          rows(table) {
            const report = reports.find((one) => one.table === table);
            if (report === mailboxAccess) {
              throw new RangeError(`${table} is about all mailboxes together: the option tenant is told of its rows.`);
            }
            if (report !== undefined) return rowsOf(report, joined, known);
            throw new RangeError(`There is no table ${table} of a mailbox.`);
          },
          sourceOf: joined.sourceOf,
        };
        if (tenant === undefined) continue;
        const { addresses } = made ?? assessCase(joined, known.knowledge, known.ruleSet, false);
        presences.push(packPresences(addressPresences(joined, addresses)));
      }
      opened.confirm();
      accountEmptyLogs(accounts, routed);
      const read = [...accounts.values()];
      notes?.({
        warnings: [
          ...read.flatMap(inputWarnings),
          ...warnings,
          ...lastPageWarnings(groups),
          ...unnamed,
          ...opened.skipped.flatMap(skippedWarnings),
          ...known.warnings(),
          ...given.warnings,
          ...known.unmatched(given.named),
          ...absentNameWarnings(whole.filter, names),
        ],
        rejected: read.flatMap(({ input, rejects }) =>
          rejects.map(({ number, reason }) => ({ file: input.evidence.label, row: number, reason })),
        ),
      });
      if (tenant !== undefined) {
        const { knowledge, ruleSet } = known;
        const addresses = suspectPresences(presences);
        tenant(parsedTenant(assessTenant({ log, mailboxes: groups.length, addresses, knowledge }, ruleSet)));
      }
    } finally {
      closeInputs(opened.inputs, opened.skipped);
    }
  } finally {
    dropSpool(spool);
  }
}
