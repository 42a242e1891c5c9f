import type { Random } from "../random.ts";
import { DAY, MINUTE, SECOND } from "../time.ts";
import * as script from "./intrusion-script.ts";
import type { Mail } from "./mail.ts";
import { writeMail } from "./mail.ts";
import type { WebSession } from "./ordinary.ts";
import type { Person } from "./people.ts";
import { named, OFFICE, PEOPLE } from "./people.ts";
import type { AuditRow, Client, NamedItem } from "./records.ts";
import {
  attachment,
  bind,
  cmdlet,
  creationTime,
  directory,
  remove,
  search,
  send,
  signIn,
  sync,
  TENANT,
} from "./records.ts";

/** A deed of the intruder as the answer key tells it. */
export interface Deed {
  readonly time: string;
  readonly mailbox: string;
  readonly address: string;
  readonly recordId: string;
}

/** The truth about the intrusion. */
export interface Intrusion {
  readonly rows: readonly AuditRow[];
  readonly mails: readonly Mail[];
  readonly sessions: readonly {
    readonly mailbox: string;
    readonly sessionId: string;
    readonly ownAddress: string;
    readonly begun: string;
    readonly stolenFirst: string;
    readonly addresses: readonly string[];
  }[];
  readonly searches: readonly (Deed & { readonly query: string })[];
  readonly opened: readonly (Deed & { readonly internetMessageId: string; readonly subject: string })[];
  readonly attachments: readonly (Deed & { readonly subject: string })[];
  readonly synced: readonly (Deed & { readonly folder: string; readonly client: string })[];
  readonly sent: readonly (Deed & { readonly subject: string; readonly to: string })[];
  readonly deleted: readonly (Deed & { readonly what: string; readonly subject: string })[];
  readonly changes: readonly (Deed & { readonly operation: string; readonly what: string })[];
  readonly failedSignIns: readonly Deed[];
  readonly burst: {
    readonly appId: string;
    readonly address: string;
    readonly first: string;
    readonly last: string;
    readonly mailboxes: readonly string[];
    readonly records: number;
    readonly messages: number;
  };
}

type Notes = { -readonly [Name in keyof Intrusion]: Intrusion[Name] extends readonly (infer T)[] ? T[] : never };

const SCRIPT_AGENT =
  "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36";

function sessionOf(sessions: readonly WebSession[], person: Person, day: number): WebSession {
  const found = sessions.find((session) => session.person === person && session.day === day);
  if (found === undefined) throw new Error(`${person.name} began no session that day`);
  return found;
}

/** Everything the intruder does, from the first failed sign-in to the clearing up by the tenant's administrator. */
export function intrusion(random: Random, mails: readonly Mail[], sessions: readonly WebSession[]): Intrusion {
  const [maria, tom] = [named("Maria"), named("Tom")];
  const stolen = {
    maria: sessionOf(sessions, maria, script.THEFTS.maria),
    tom: sessionOf(sessions, tom, script.THEFTS.tom),
  };
  const notes: Pick<
    Notes,
    | "rows"
    | "mails"
    | "searches"
    | "opened"
    | "attachments"
    | "synced"
    | "sent"
    | "deleted"
    | "changes"
    | "failedSignIns"
  > = {
    rows: [],
    mails: [],
    searches: [],
    opened: [],
    attachments: [],
    synced: [],
    sent: [],
    deleted: [],
    changes: [],
    failedSignIns: [],
  };

  const as = ({ person, session }: WebSession, address: string, more: Partial<Client> = {}): Client => ({
    user: person.upn,
    address,
    session,
    clientInfo: "Client=OWA;Action=ViaProxy",
    actor: "intruder",
    ...more,
  });
  const note = (row: AuditRow, mailbox: Person, address: string): Deed => {
    notes.rows.push(row);
    return { time: creationTime(row.at), mailbox: mailbox.upn, address, recordId: String(row.fields["Id"]) };
  };
  const open = (at: number, box: Person, who: Client, items: readonly NamedItem[], throttled = false) => {
    const deed = note(bind(random, at, box, who, items, throttled), box, who.address);
    for (const { internetMessageId, subject } of items) notes.opened.push({ ...deed, internetMessageId, subject });
  };
  const moneyBefore = (box: Person, at: number, days: number) =>
    mails.filter((mail) => mail.recipient === box.upn && mail.money && mail.at < at && mail.at >= at - days * DAY);

  // A password is tried on three accounts: nobody gets in that way.
  for (const [at, person] of [maria, named("Ruth"), tom].entries()) {
    const error = ["50126", "InvalidUserNameOrPassword"] as const;
    const from = { user: person.upn, address: script.INTRUDER.hosting, session: "", userAgent: SCRIPT_AGENT };
    const row = signIn(random, script.SPRAYED + at * 41 * SECOND, {
      ...from,
      app: TENANT.outlookWeb,
      error,
      actor: "intruder",
    });
    notes.failedSignIns.push(note(row, person, script.INTRUDER.hosting));
  }

  // The first stolen session: searches, and what they found.
  const visitor = as(stolen.maria, script.INTRUDER.hosting);
  const found = moneyBefore(maria, script.FIRST_VISIT, 8);
  let at = script.FIRST_VISIT;
  for (const query of script.QUERIES) {
    notes.searches.push({ ...note(search(random, at, visitor, query), maria, visitor.address), query });
    const items = found.splice(0, random.between(2, 4));
    if (items.length > 0) open(at + random.between(25, 70) * SECOND, maria, visitor, items);
    const [item] = items;
    if (item !== undefined && random.chance(0.7)) {
      const row = attachment(random, at + 95 * SECOND, maria, visitor, item, "Invoice (1).pdf");
      notes.attachments.push({ ...note(row, maria, visitor.address), subject: item.subject });
    }
    at += random.between(3, 6) * MINUTE;
  }

  // A rule that hides the answers.
  const night = as(stolen.maria, script.INTRUDER.resold);
  const changed = (row: AuditRow, box: Person, who: Client, operation: string, what: string) =>
    notes.changes.push({ ...note(row, box, who.address), operation, what });
  const rule = {
    Name: ".",
    SubjectOrBodyContainsWords: "invoice;payment;iban;bank details",
    MoveToFolder: "RSS Feeds",
    MarkAsRead: "True",
    StopProcessingRules: "True",
  };
  changed(
    cmdlet(random, script.RULE_AT, "New-InboxRule", { client: night, object: `${maria.upn}\\.`, parameters: rule }),
    maria,
    night,
    "New-InboxRule",
    "rule “.”: messages about payments go to RSS Feeds, marked as read",
  );
  open(script.RULE_AT + 2 * MINUTE, maria, night, moneyBefore(maria, script.RULE_AT, 3).slice(0, 5));

  // A customer is told of another account, and the message is destroyed.
  const reply = writeMail(
    random,
    script.FRAUD_AT,
    maria.upn,
    script.CUSTOMER,
    "Re: Invoice 48213: our new bank details",
  );
  const outgoing = { ...reply, folder: "\\Sent Items" };
  notes.mails.push(reply);
  notes.sent.push({
    ...note(send(random, reply.at, maria, visitor, reply), maria, visitor.address),
    subject: reply.subject,
    to: reply.recipient,
  });
  for (const [operation, wait] of [
    ["SoftDelete", 95],
    ["HardDelete", 130],
  ] as const) {
    const folder = operation === "SoftDelete" ? "\\Sent Items" : "\\Recoverable Items\\Deletions";
    const row = remove(random, reply.at + wait * SECOND, operation, maria, visitor, [{ ...outgoing, folder }]);
    notes.deleted.push({ ...note(row, maria, visitor.address), what: operation, subject: reply.subject });
  }

  // A client that nobody of the tenant has copies three folders.
  const copier = as(stolen.maria, script.INTRUDER.hosting, {
    clientInfo: script.COPIER.clientInfo,
    app: script.COPIER.app,
  });
  for (const [index, folder] of ["\\Inbox", "\\Sent Items", "\\Archive"].entries()) {
    const row = sync(random, script.COPIED_AT + index * 14 * SECOND, maria, copier, folder);
    notes.synced.push({ ...note(row, maria, copier.address), folder, client: script.COPIER.clientInfo });
  }

  // The administrator is lured, and loses a session too.
  const lure = writeMail(random, script.LURE_AT, maria.upn, tom.upn, "Shared with you: supplier portal sign-in");
  notes.mails.push(lure);
  notes.sent.push({
    ...note(send(random, lure.at, maria, visitor, lure), maria, visitor.address),
    subject: lure.subject,
    to: lure.recipient,
  });
  const admin = as(stolen.tom, script.INTRUDER.hosting);
  const latest = mails.filter(({ recipient, at }) => recipient === tom.upn && at < script.ADMIN_VISIT).slice(-3);
  open(script.ADMIN_VISIT, tom, admin, latest);
  const { name, app, servicePrincipal } = script.ROGUE;
  const application = { client: admin, servicePrincipal, appId: app, appName: name };
  const scopes = "Scope: Mail.Read offline_access User.Read";
  const consent = `[] => [[Id: ${random.token(24)}, ClientId: ${servicePrincipal}, PrincipalId: , ResourceId: ${random.guid()}, ConsentType: AllPrincipals, ${scopes}]]; `;
  changed(
    directory(random, script.CONSENT_AT, "Consent to application.", {
      ...application,
      changed: {
        "ConsentContext.IsAdminConsent": "True",
        "ConsentContext.OnBehalfOfAll": "True",
        "ConsentAction.Permissions": consent,
      },
    }),
    tom,
    admin,
    "Consent to application.",
    `${name} may read everybody's mail`,
  );

  // The application reads seven mailboxes within ten minutes.
  const robbed = PEOPLE.filter((person) => person !== named("Ruth"));
  const graph = { address: script.INTRUDER.collector, clientInfo: "Client=REST;;", session: "", app };
  const firstOfBurst = notes.opened.length;
  const firstRowOfBurst = notes.rows.length;
  let moment = script.BURST_AT;
  for (const person of robbed) {
    const held = mails.filter(
      (mail) => mail.recipient === person.upn && mail.at < moment && mail.at >= moment - 7 * DAY,
    );
    for (let part = 0; part < 3; part++) {
      const items = held.slice(part * 8, part * 8 + 8);
      if (items.length > 0) open(moment, person, { user: person.upn, actor: "intruder", ...graph }, items);
      moment += random.between(12, 26) * SECOND;
    }
  }
  const burstRows = notes.rows.slice(firstRowOfBurst);
  const burst = {
    appId: app,
    address: graph.address,
    first: creationTime(burstRows[0]?.at ?? 0),
    last: creationTime(burstRows.at(-1)?.at ?? 0),
    mailboxes: robbed.map(({ upn }) => upn),
    records: burstRows.length,
    messages: notes.opened.length - firstOfBurst,
  };

  // What comes for accounts payable goes to the intruder as well.
  const resoldAdmin = as(stolen.tom, script.INTRUDER.resold);
  const forwarding = {
    Identity: maria.upn,
    DeliverToMailboxAndForward: "True",
    ForwardingSmtpAddress: `smtp:${script.COLLECTOR_MAILBOX}`,
  };
  changed(
    cmdlet(random, script.FORWARD_AT, "Set-Mailbox", {
      client: resoldAdmin,
      object: maria.upn,
      parameters: forwarding,
    }),
    maria,
    resoldAdmin,
    "Set-Mailbox",
    `everything is forwarded to ${script.COLLECTOR_MAILBOX}`,
  );

  // So many messages are opened that auditing of Bind stops for a day.
  const hoard = mails.filter((mail) => mail.recipient === maria.upn && mail.at < script.THROTTLED.from);
  let pull = script.THROTTLED.from - 40 * MINUTE;
  for (let first = 0; first < 60 && first < hoard.length; first += 2) {
    open(pull, maria, visitor, hoard.slice(first, first + 2));
    pull += random.between(40, 75) * SECOND;
  }
  open(script.THROTTLED.from, maria, visitor, hoard.slice(60, 62), true);

  // Two weeks later the administrator clears up.
  const clearing: Client = { user: tom.upn, address: OFFICE, session: "", clientInfo: "", actor: "owner" };
  notes.rows.push(
    cmdlet(random, script.CLEANED_AT, "Remove-InboxRule", {
      client: clearing,
      object: `${maria.upn}\\.`,
      parameters: { Identity: `${maria.upn}\\.`, Force: "True" },
    }),
    cmdlet(random, script.CLEANED_AT + 2 * MINUTE, "Set-Mailbox", {
      client: clearing,
      object: maria.upn,
      parameters: { Identity: maria.upn, ForwardingSmtpAddress: "", DeliverToMailboxAndForward: "False" },
    }),
  );

  const theft = ({ person, session, address }: WebSession, begun: number, first: number, addresses: string[]) => ({
    mailbox: person.upn,
    sessionId: session,
    ownAddress: address,
    begun: creationTime(begun).slice(0, 10),
    stolenFirst: creationTime(first),
    addresses,
  });
  const { hosting, resold } = script.INTRUDER;
  return {
    ...notes,
    sessions: [
      theft(stolen.maria, script.THEFTS.maria, script.FIRST_VISIT, [hosting, resold]),
      theft(stolen.tom, script.THEFTS.tom, script.ADMIN_VISIT, [hosting, resold]),
    ],
    burst,
  };
}
