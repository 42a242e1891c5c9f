import { mkdtempSync } from "node:fs";
import { join } from "node:path";
import { compileTerms } from "../../src/enrich/words/terms.ts";
import { parseAddressList } from "../../src/enrich/network/address-list.ts";
import { NO_FILTER } from "../../src/joins/mailbox-case.ts";
import type { AddressPresence } from "../../src/joins/address-presence.ts";
import { addressPresences } from "../../src/joins/address-presence.ts";
import type { JoinedCase } from "../../src/joins/joined-case.ts";
import { walk } from "../../src/joins/walk.ts";
import type { Assessment } from "../../src/model/assessment.ts";
import type { Reason, RuleOutcome } from "../../src/model/finding.ts";
import { UNKNOWN_PLACE } from "../../src/model/place.ts";
import { readMessages } from "../../src/ingest/messages/read-messages.ts";
import { inputsByMailbox, joinedCases } from "../../src/pipeline/cases.ts";
import { closeInputs, openInputs } from "../../src/pipeline/inputs.ts";
import { newSteps } from "../../src/pipeline/steps.ts";
import { assessCase } from "../../src/rules/assess.ts";
import { assessTenant } from "../../src/rules/assess-tenant.ts";
import type { RuleExample } from "../../src/rules/example.ts";
import { defaultRuleSet, parseRuleSet } from "../../src/rules/rule-set.ts";
import { apiPage, writeFiles } from "./run.ts";

/** What a rule said of one entity. */
export interface Said {
  readonly entity: string;
  readonly points: number;
  readonly text: string;
  /** Rows of the evidence, counted from 1. */
  readonly rows: readonly number[];
}

/** An example put to every rule. */
export interface AssessedExample {
  readonly assessment: Assessment;
  /** What became of every rule, those about the tenant among them. */
  outcomes(): readonly RuleOutcome[];
  /** What one rule said. */
  said(rule: string): readonly Said[];
}

function reasonsOf(joined: JoinedCase, assessment: Assessment): (readonly [entity: string, reason: Reason])[] {
  const all: (readonly [string, Reason])[] = [];
  for (const { address, score } of assessment.addresses) for (const one of score.reasons) all.push([address, one]);
  for (const { label, score } of assessment.clients) for (const one of score.reasons) all.push([label, one]);
  for (const { number } of joined.searches.list) {
    for (const one of assessment.search(number).reasons) all.push([String(number), one]);
  }
  for (const { ruleId, entity, reasons } of assessment.findings()) {
    for (const one of reasons) if (one.rule === ruleId) all.push([entity.value, one]);
  }
  return all;
}

/** Parses an example's records below `folder` and puts every rule to them; messages are known by their item. */
export async function assessExample(folder: string, example: RuleExample): Promise<AssessedExample> {
  const place = mkdtempSync(join(folder, "example-"));
  const { records, audit } = example;
  const paths = writeFiles(place, {
    ...(records === undefined ? {} : { "log.json": apiPage(records) }),
    ...(audit === undefined ? {} : { "audit.json": JSON.stringify(audit) }),
  });
  const steps = newSteps(undefined, undefined);
  const set = example.rules === undefined ? defaultRuleSet() : parseRuleSet("rules.yaml", Buffer.from(example.rules));
  const list = (name: string, text: string | undefined) =>
    text === undefined ? undefined : parseAddressList(name, Buffer.from(text));
  const messages =
    example.messages === undefined
      ? undefined
      : await readMessages(writeFiles(join(place, "messages"), example.messages), place);
  const knowledge = {
    geo: {
      place: (address: string) => ({ ...UNKNOWN_PLACE, ...example.places?.[address] }),
      databases: [],
      warnings: [],
    },
    networks: set.networks,
    terms: compileTerms(set.terms),
    watch: list("watch.txt", example.watch),
    allow: list("allow.txt", example.allow),
    homeCountries: new Set(example.homeCountries),
    messages: messages?.byId,
  };
  const options = {
    user: example.user ?? "owner@contoso.example",
    filter: NO_FILTER,
    keepDuplicates: false,
    maxExpansion: undefined,
  };
  const opened = await openInputs(paths, place, {});
  try {
    const { groups, tenant } = await inputsByMailbox(opened.inputs, options, place, steps);
    const addresses: AddressPresence[] = [];
    let own: Omit<AssessedExample, "outcomes"> | undefined;
    for await (const { joined } of joinedCases(groups, options, place, steps, messages?.byId)) {
      const assessment = assessCase(joined, knowledge, set, true);
      const reasons: (readonly [string, Reason])[] = [];
      for (const event of walk(joined, new Set(["message"]))) {
        assessment.observe(event);
        for (const one of assessment.message(event).reasons) reasons.push([event.record.activityItemId, one]);
      }
      reasons.push(...reasonsOf(joined, assessment));
      // Rows are looked up while the evidence is open.
      const said = reasons.map(([entity, { rule, points, text, rows }]) => ({
        rule,
        entity,
        points,
        text,
        rows: rows.map((row) => joined.sourceOf(row).row),
      }));
      assessment.outcomes();
      addresses.push(...addressPresences(joined, assessment.addresses));
      // There may be other mailboxes too; an example's rules are asked about its own.
      if (own !== undefined && joined.mailboxCase.mailbox.toLowerCase() !== options.user) continue;
      own = { assessment, said: (rule) => said.filter((one) => one.rule === rule) };
    }
    if (own === undefined) throw new Error("no mailbox");
    const { assessment, said } = own;
    const ofTenant = assessTenant({ log: tenant, mailboxes: groups.length, addresses, knowledge }, set);
    const together = ofTenant.findings.flatMap(({ ruleId, entity, reasons }) =>
      reasons.map(({ text, points, evidence }): Said & { readonly rule: string } => {
        return { rule: ruleId, entity: entity.value, points, text, rows: evidence.map(({ row }) => row) };
      }),
    );
    return {
      assessment,
      outcomes: () => [...assessment.outcomes(), ...ofTenant.outcomes],
      said: (rule) => [...said(rule), ...together.filter((one) => one.rule === rule)],
    };
  } finally {
    closeInputs(opened.inputs, opened.skipped);
  }
}
