import { sessionSyncs } from "./access-sync/rule.ts";
import { appKey } from "../enrich/apps/known-app.ts";
import type { JoinedCase } from "../joins/joined-case.ts";
import { recordRows } from "../joins/joined-case.ts";
import type { Assessment, ScoredAddress, ScoredClient } from "../model/assessment.ts";
import type { MailboxEvent } from "../model/event.ts";
import { failedOutcome } from "./failed-rule.ts";
import type { Finding, Reason, RuleOutcome, Score, Severity } from "../model/finding.ts";
import { NO_SCORE, reaches, scoreOf } from "../model/finding.ts";
import type { Kind } from "./kinds.ts";
import { kinds } from "./kinds.ts";
import type { Knowledge } from "./knowledge.ts";
import type { Picture, Verdict } from "./picture.ts";
import { rowOrderOf, pictureOf } from "./picture.ts";
import { told } from "./told.ts";
import type { FindingRule, MessageQuestion, MessageRule, RuleText, ScoringRule } from "./rule.ts";
import type { RuleSet, SetRule } from "./rule-set.ts";

/** Messages that are findings are listed one by one up to this many, the worst of them. */
const MOST_MESSAGES = 1000;

/** The reasons gathered so far for the entities of one kind. */
interface Tally {
  add(entity: string, reason: Reason): void;
  score(entity: string): Score;
}

function newTally(): Tally {
  const reasons = new Map<string, Reason[]>();
  const scores = new Map<string, Score>();
  return {
    add(entity, reason) {
      const known = reasons.get(entity);
      if (known === undefined) reasons.set(entity, [reason]);
      else known.push(reason);
      scores.delete(entity);
    },
    score(entity) {
      const known = reasons.get(entity);
      if (known === undefined) return NO_SCORE;
      let score = scores.get(entity);
      if (score === undefined) {
        score = scoreOf(known);
        scores.set(entity, score);
      }
      return score;
    },
  };
}

/** What became of the rules, by id. */
type Outcomes = Map<string, RuleOutcome>;

function failed(outcomes: Outcomes, { id }: RuleText, error: unknown): void {
  outcomes.set(id, failedOutcome(id, error));
}

function ended(outcomes: Outcomes, { id }: RuleText, found: number, missing: string | undefined): void {
  if (outcomes.get(id)?.outcome === "error") return;
  if (found > 0) outcomes.set(id, { id, outcome: "found", why: `${found} found` });
  else if (missing === undefined) outcomes.set(id, { id, outcome: "clear", why: "assessed, nothing found" });
  else outcomes.set(id, { id, outcome: "notAssessed", why: missing });
}

function assessEntities(
  picture: Picture,
  chosen: readonly SetRule<ScoringRule>[],
  tallies: Readonly<Record<"address" | "client" | "search", Tally>>,
  outcomes: Outcomes,
): void {
  for (const about of ["address", "client", "search"] as const) {
    for (const { rule, values } of chosen) {
      if (rule.about !== about) continue;
      try {
        const { fired, missing } = rule.assess(picture, values);
        for (const { entity, text, points, rows } of fired) {
          tallies[about].add(entity, { rule: rule.id, text, points, rows });
        }
        ended(outcomes, rule, fired.length, missing);
      } catch (error) {
        failed(outcomes, rule, error);
      }
    }
  }
}

/** A message rule at work on one mailbox. */
interface Asked {
  readonly rule: MessageRule;
  readonly question: MessageQuestion;
  found: number;
}

/** How sure a sum of reasons is: by how many rules agree. A listed address needs no second opinion. */
function agreement({ reasons }: Score): Finding["confidence"] {
  const rules = new Set(reasons.filter(({ points }) => points > 0).map(({ rule }) => rule));
  if (rules.has("address-watch-list")) return "high";
  return rules.size >= 3 ? "high" : rules.size === 2 ? "medium" : "low";
}

function union(lists: readonly (readonly string[])[]): string[] {
  return [...new Set(lists.flat())];
}

/** The finding that sums up everything about one entity. */
function summed(picture: Picture, set: RuleSet, kind: Kind, value: string, score: Score): Finding {
  const behind = set.rules
    .map(({ rule }) => rule)
    .filter(({ id }) => score.reasons.some(({ rule, points }) => rule === id && points > 0));
  return {
    ruleId: kind.id,
    title: kind.title,
    severity: score.severity,
    score: score.points,
    confidence: agreement(score),
    entity: { type: kind.entity, value },
    ...evidenceFor(picture, score.reasons, kind.entity === "address" ? ownRows(picture, value, score) : []),
    reasons: score.reasons,
    attack: union(behind.map(({ attack }) => attack)),
    falsePositives: union(behind.map(({ falsePositives }) => falsePositives)),
    nextSteps: union([kind.nextSteps, ...behind.map(({ nextSteps }) => nextSteps)]),
    references: union(behind.map(({ references }) => references)),
  };
}

/** The rows of an address's reasons that are its own, in order: reasons may name those that it is compared with, too. */
function ownRows(picture: Picture, address: string, { reasons }: Score): readonly number[] {
  const view = picture.addresses.get(address);
  if (view === undefined) return [];
  const { rows, logons, failures, partials } = view.activity;
  const own = new Set([...rows, ...[...logons, ...failures, ...partials].map(({ row }) => row)]);
  const cited = new Set(reasons.flatMap((reason) => reason.rows));
  return [...cited].filter((row) => own.has(row)).sort(rowOrderOf(picture));
}

/**
 * The different records that reasons stand on, how many there are, and from when to when.
 *
 * @param timed in order: the rows that say from when to when, where not all do.
 */
function evidenceFor(picture: Picture, reasons: readonly Reason[], timed: readonly number[] = []) {
  const { joined } = picture;
  const rows = recordRows(joined, reasons.flatMap((reason) => reason.rows).toSorted(rowOrderOf(picture)));
  const spanned = timed.length > 0 ? timed : rows;
  const [first, last] = [spanned[0], spanned.at(-1)];
  return {
    ...(first !== undefined && { firstRow: first }),
    firstTime: first === undefined ? "" : joined.recordOf(first).timeStamp,
    lastTime: last === undefined ? "" : joined.recordOf(last).timeStamp,
    count: rows.length,
    rows,
  };
}

function ownFindings(
  picture: Picture,
  { rule, values }: SetRule<FindingRule>,
  least: Severity,
  outcomes: Outcomes,
): Finding[] {
  try {
    const { found: all, missing } = rule.find(picture, values);
    const found = all.filter(({ reasons }) => reaches(scoreOf(reasons), least));
    ended(outcomes, rule, found.length, missing);
    return found.map(({ entity, confidence, reasons, timed, nextSteps = [] }) => {
      const score = scoreOf(reasons);
      return {
        ruleId: rule.id,
        title: rule.title,
        severity: score.severity,
        score: score.points,
        confidence,
        entity,
        ...evidenceFor(picture, reasons, timed),
        reasons: score.reasons,
        attack: rule.attack,
        falsePositives: rule.falsePositives,
        nextSteps: [...nextSteps, ...rule.nextSteps],
        references: rule.references,
      };
    });
  } catch (error) {
    failed(outcomes, rule, error);
    return [];
  }
}

function scoredAddresses({ joined, addresses, verdict }: Picture): ScoredAddress[] {
  const { apps } = joined.mailboxCase;
  const scored = [...addresses.values()].map(({ address, activity, place, searches }) => {
    const logons = [...activity.logons, ...activity.failures, ...activity.partials];
    const named = (values: readonly string[]) => [...new Set(values)].filter((value) => value !== "");
    return {
      address,
      score: verdict.address(address),
      place,
      firstRow: activity.firstRow,
      lastRow: activity.lastRow,
      logons: activity.logons.length,
      failedLogons: activity.failures.length,
      partialLogons: activity.partials.length,
      reads: activity.reads,
      searches: searches.length,
      attachments: activity.attachments,
      sent: activity.sent,
      changes: activity.changes,
      others: activity.others,
      rows: activity.rows.length,
      failedAttempts: activity.failedAttempts,
      apps: named([...activity.apps].map((app) => apps[app] as string)),
      userAgents: named(logons.map(({ userAgent }) => userAgent)),
      users: named(logons.map(({ user }) => user)),
    };
  });
  return scored.sort((a, b) => b.score.points - a.score.points);
}

function scoredClients({ clients, verdict }: Picture): ScoredClient[] {
  const scored = clients.map((client) => ({
    label: client.label,
    kind: client.kind,
    score: verdict.client(client.key),
    firstRow: client.firstRow,
    lastRow: client.lastRow,
    events: client.events,
    share: client.share,
    addresses: [...client.addresses],
  }));
  return scored.sort((a, b) => b.score.points - a.score.points);
}

/**
 * Puts every rule to one mailbox. Addresses, clients and searches are scored at once; messages as they are observed,
 * in order of time; what stands for itself when everything is known.
 *
 * @param withMessages whether messages will be observed; their rules are not asked otherwise.
 */
export function assessCase(joined: JoinedCase, knowledge: Knowledge, set: RuleSet, withMessages: boolean): Assessment {
  const outcomes: Outcomes = new Map();
  const tallies = { address: newTally(), client: newTally(), search: newTally() };
  const verdict: Verdict = {
    address: (address) => tallies.address.score(address),
    client: (key) => tallies.client.score(key),
    search: (number) => tallies.search.score(String(number)),
  };
  const picture = pictureOf(joined, knowledge, verdict);
  assessEntities(picture, set.scoring, tallies, outcomes);
  const asked: Asked[] = (withMessages ? set.messages : []).map(({ rule, values }) => ({
    rule,
    question: rule.begin(picture, values),
    found: 0,
  }));
  const telling: Finding[] = [];
  let leastTold = 0;
  let observed = -1;
  let latest: Score = NO_SCORE;

  function scoreMessage(event: MailboxEvent): Score {
    const reasons: Reason[] = [];
    for (const one of asked) {
      try {
        const fired = one.question.ask(event);
        if (fired === undefined) continue;
        one.found++;
        reasons.push({ rule: one.rule.id, ...fired, rows: [event.row] });
      } catch (error) {
        failed(outcomes, one.rule, error);
      }
    }
    return reasons.length === 0 ? NO_SCORE : scoreOf(reasons);
  }

  function findings(): Finding[] {
    for (const { rule, question, found } of asked) ended(outcomes, rule, found, question.missing?.());
    const found: Finding[] = set.findings.flatMap((rule) => ownFindings(picture, rule, set.least, outcomes));
    const add = (kind: Kind, value: string, score: Score) => {
      if (reaches(score, set.least)) found.push(summed(picture, set, kind, value, score));
    };
    for (const address of picture.addresses.keys()) add(kinds.address, address, verdict.address(address));
    for (const { key, label } of picture.clients) add(kinds.client, label, verdict.client(key));
    for (const { number, query, isPrinted } of joined.searches.list) {
      if (isPrinted) add(kinds.search, `${number}: ${query}`, verdict.search(number));
    }
    found.push(...telling.sort((a, b) => b.score - a.score).slice(0, MOST_MESSAGES));
    return found.sort((a, b) => b.score - a.score);
  }

  const applications = new Map(
    picture.clients.flatMap(({ key, label, app }) =>
      app === undefined ? [] : [[app.id, { label, score: verdict.client(key) }] as const],
    ),
  );
  let all: readonly Finding[] | undefined;
  return {
    addresses: scoredAddresses(picture),
    clients: scoredClients(picture),
    place: knowledge.geo.place,
    address: verdict.address,
    application: (id) => applications.get(appKey(id)),
    sessionOf: sessionSyncs(picture),
    search: verdict.search,
    observe(event) {
      observed = event.row;
      latest = scoreMessage(event);
      if (!reaches(latest, set.least) || latest.points < leastTold) return;
      const internetMessageId = told(event, "internetMessageId");
      const value =
        internetMessageId === undefined || internetMessageId === "" ? event.record.activityItemId : internetMessageId;
      telling.push(summed(picture, set, kinds.message, `${value} ${told(event, "subject") ?? ""}`.trim(), latest));
      if (telling.length <= 2 * MOST_MESSAGES) return;
      telling.sort((a, b) => b.score - a.score).splice(MOST_MESSAGES);
      leastTold = (telling.at(-1)?.score ?? 0) + 1;
    },
    message: (event) => (event.row === observed ? latest : NO_SCORE),
    authentication: (event) => joined.givenOf(event.item, () => event.own())?.authentication,
    findings: () => (all ??= findings()),
    outcomes: () => [
      ...set.rules
        .filter(({ rule }) => rule.about !== "tenant")
        .map(({ rule: { id } }): RuleOutcome => outcomes.get(id) ?? { id, outcome: "notAssessed", why: "not asked" }),
      ...set.disabled.map(({ id }): RuleOutcome => ({
        id,
        outcome: "notAssessed",
        why: `switched off by ${set.file?.name ?? "the rule file"}`,
      })),
    ],
  };
}
