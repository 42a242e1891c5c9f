import type { BundleFacts } from "./bundle-facts.ts";
import type { Findings, ReportedFinding } from "./findings.ts";
import { ACROSS } from "./findings.ts";
import type { MailboxFacts } from "./mailbox-facts.ts";
import { intruders, isInWindow, newMailbox, worstFirst } from "./mailbox-facts.ts";
import type { MailboxNames } from "./mailbox-names.ts";
import type { WindowBook, WindowFacts } from "./windows.ts";
import { newWindowBook } from "./windows.ts";

/** More mailboxes than these are told in full only where something was found in them, the worst first. */
const MOST_TOLD = 25;

/** What a page is about. */
export interface BookOptions {
  /** What mailboxes go by; some are known beforehand, others come with their rows. */
  readonly names: MailboxNames;
  /** How many mailboxes there are in all. */
  readonly total: number;
  readonly findings: Findings | undefined;
  readonly bundle: BundleFacts;
}

/** The mailboxes of a page, and of which of them it tells in full. */
export interface MailboxBook {
  readonly mailboxes: Map<string, MailboxFacts>;
  readonly windows: WindowBook;
  /** Findings about several mailboxes, the highest score first. */
  readonly across: ReportedFinding[];
  /** The mailbox that goes by that name, which is made where there is none yet. */
  of(name: string): MailboxFacts;
  /** Takes a line of mailbox-access.tsv; all of them come before the first address. */
  addWindow(window: WindowFacts): void;
  /** The mailbox of an address, where the address may be worth remembering; all of them come before other rows. */
  ofAddress(name: string, note: (facts: MailboxFacts) => void): MailboxFacts | undefined;
  /** The mailbox of that name, where the page tells it in full; decides it for all when it is first asked. */
  told(name: string): MailboxFacts | undefined;
  /** Decides it where nobody asked. */
  settle(): void;
}

const NONE: readonly ReportedFinding[] = [];

/** Whether something was found in a mailbox, so that it may be worth a chapter. */
const isCandidate = (facts: MailboxFacts) =>
  facts.findings.length > 0 || facts.across.length > 0 || facts.suspicious.size > 0 || isInWindow(facts);

/** A book with the mailboxes that are known beforehand, and their findings. */
export function newMailboxBook({ names, total, findings, bundle }: BookOptions): MailboxBook {
  const mailboxes = new Map<string, MailboxFacts>();
  const windows = newWindowBook();
  const across: ReportedFinding[] = [];
  const isTenant = total > MOST_TOLD;
  /** By the mailboxes' names in lower case: windows and findings about several mailboxes name them in whatever case. */
  const inWindows = new Map<string, Pick<MailboxFacts, "windows" | "window">>();
  const inAcross = new Map<string, ReportedFinding[]>();
  const linkTo = (facts: MailboxFacts) => {
    const name = facts.name.toLowerCase();
    Object.assign(facts, inWindows.get(name));
    facts.across = inAcross.get(name) ?? NONE;
  };
  let linked = false;
  let settled = false;
  const of = (name: string): MailboxFacts => {
    let facts = mailboxes.get(name);
    if (facts === undefined) {
      mailboxes.set(name, (facts = newMailbox(name, names.label(name), bundle)));
      facts.told = !(isTenant && settled);
      linkTo(facts);
    }
    return facts;
  };
  for (const name of names.known) of(name);
  for (const finding of findings?.findings ?? []) {
    if (!ACROSS.has(finding.ruleId)) {
      of(finding.mailbox).findings.push(finding);
      continue;
    }
    across.push(finding);
    for (const name of new Set(finding.mailboxes.map((mailbox) => mailbox.toLowerCase()))) {
      const own = inAcross.get(name);
      if (own === undefined) inAcross.set(name, [finding]);
      else own.push(finding);
    }
  }
  for (const own of [across, ...inAcross.values()]) own.sort((a, b) => b.score - a.score);
  /** Once all windows are known: tells them, and what is about several mailboxes, to those that were there before. */
  const link = () => {
    if (linked) return;
    linked = true;
    for (const facts of mailboxes.values()) linkTo(facts);
  };
  /** Once addresses and windows are known: of whom the page tells in full. */
  const settle = () => {
    if (settled) return;
    link();
    settled = true;
    for (const facts of mailboxes.values()) facts.entered = intruders(facts).entered.length;
    if (!isTenant) return;
    const worst = worstFirst(mailboxes.values(), findings).filter(isCandidate).slice(0, MOST_TOLD);
    for (const facts of mailboxes.values()) facts.told = false;
    for (const facts of worst) facts.told = true;
    for (const facts of mailboxes.values()) if (!facts.told) facts.addresses.length = 0;
  };
  return {
    mailboxes,
    windows,
    across,
    of,
    settle,
    addWindow(window) {
      windows.add(window);
      for (const owner of window.owners) {
        const known = inWindows.get(owner.toLowerCase()) ?? { windows: 0, window: undefined };
        known.windows++;
        const before = known.window;
        // Of equal ones the sliding window, which counts mailboxes.
        const better = before === undefined ? 1 : window.score - before.score;
        if (better > 0 || (better === 0 && window.mode === "sliding")) known.window = window;
        inWindows.set(owner.toLowerCase(), known);
      }
    },
    ofAddress(name, note) {
      link();
      const facts = of(name);
      note(facts);
      // Of the many mailboxes without anything found nothing but their names is remembered.
      return isTenant && !isCandidate(facts) ? undefined : facts;
    },
    told(name) {
      settle();
      const facts = of(name);
      return facts.told ? facts : undefined;
    },
  };
}
