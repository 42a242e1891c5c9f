import { isIP } from "node:net";
import { ecsKind } from "./ecs-kinds.ts";
import type { WrittenFile } from "./table-file.ts";
import type { LinesWritten, TimelineRow, TimelineTarget } from "./timeline-lines.ts";
import {
  fieldName,
  figure,
  isLead,
  jsonLine,
  LEAD_FIELD,
  rowMessage,
  timelineLines,
  UNTIMED_TAG,
  writeTimelineLines,
} from "./timeline-lines.ts";

/** The version of the Elastic Common Schema whose fields these are. */
const ECS_VERSION = "8.17.0";

/** Columns that have a field of ECS or of `alicorn` below; any other stands under `alicorn` by its own name. */
const PLACED: ReadonlySet<string> = new Set([
  "Date",
  "Time",
  "Type",
  "IP",
  "IP Basis",
  "Confidence",
  "Actor",
  "Subject",
  "Score",
  "Outcome",
  "Internet Message ID",
  "Activity Item ID",
  "Source File",
  "Source Row",
]);

type Fields = Readonly<Record<string, unknown>>;

/** Fields that are there; undefined for none, so that no empty object is written. */
function fields(all: Fields): Fields | undefined {
  const there = Object.entries(all).filter(([, value]) => value !== undefined);
  return there.length === 0 ? undefined : Object.fromEntries(there);
}

/** Whether Elasticsearch takes a text for an address: one that it does not take costs the whole event. */
function isAddress(text: string): boolean {
  return isIP(text) !== 0 && !text.includes("%");
}

/** The columns that have no other place. */
function furtherColumns(known: ReadonlyMap<string, string>): Fields {
  return Object.fromEntries(
    [...known].filter(([name]) => !PLACED.has(name)).map(([name, text]) => [fieldName(name), text]),
  );
}

/** ECS's words for what came of it; a part is neither. */
const OUTCOMES: Readonly<Record<string, string | undefined>> = {
  success: "success",
  failure: "failure",
  partial: "unknown",
  unknown: "unknown",
};

function eventFields({ known, time, part }: TimelineRow): Fields | undefined {
  const score = figure(known.get("Score"));
  const [file, row] = [known.get("Source File"), known.get("Source Row")];
  const kind = ecsKind(known.get("Kind"), known.get("Type"), known.get("Workload"));
  return fields({
    // ECS's word for an event whose data could not be read in full.
    kind: time === undefined ? "pipeline_error" : "event",
    category: kind === undefined ? undefined : [kind.category],
    type: kind === undefined ? undefined : [kind.type],
    action: known.get("Type"),
    outcome: OUTCOMES[known.get("Outcome") ?? ""],
    module: "alicorn",
    dataset: "alicorn.timeline",
    id: file === undefined || row === undefined ? undefined : `${file}:${row}${part === 0 ? "" : `#${part + 1}`}`,
    risk_score: score,
    risk_score_norm: score,
  });
}

/**
 * A row of the timeline as one event of the Elastic Common Schema 8.17. `@timestamp` is the TimeStamp in UTC with every
 * digit that it has. A row without a readable one has the epoch there, which no event may lack, a tag, and the TimeStamp
 * in `error.message`: in a field of its own Elasticsearch might have made up its mind that only dates belong there.
 *
 * `event.id` is the place in the evidence, `file:row`; of further rows of the same record with `#2` and so on behind it.
 * `source.address` is the attributed address, `source.ip` the same where it is an IP address; how it is known and how
 * surely stands in `alicorn.attribution`. One of low confidence is a lead: it stands in
 * `alicorn.attribution.low_confidence_ip` and nowhere else. `user` is who the record says that acted: the user of a logon, and of an audit record its
 * UserId. The Activities API says of nothing else who did it, so that the mailbox is `alicorn.mailbox` and in
 * `related.user`, and nothing more. The actor of a delivery is whoever sent the message.
 */
function ecsLine(row: TimelineRow): string {
  const { known, time } = row;
  const isDelivery = known.get("Type") === "MessageDelivered";
  const [attributed, actor, mailbox] = [known.get("IP"), known.get("Actor"), known.get("Mailbox")];
  const [address, lead] = isLead(row) ? [undefined, attributed] : [attributed, undefined];
  const ip = address !== undefined && isAddress(address) ? address : undefined;
  const user = isDelivery ? undefined : actor;
  const users = [...new Set([user, mailbox])].filter((name) => name !== undefined);
  const fraction = time === undefined || time.fraction === "" ? "000" : time.fraction;
  const event = fields({
    "@timestamp": `${time?.second ?? "1970-01-01T00:00:00"}.${fraction}Z`,
    ecs: { version: ECS_VERSION },
    event: eventFields(row),
    message: rowMessage(row),
    tags: time === undefined ? [UNTIMED_TAG] : undefined,
    error: time === undefined ? { message: `The TimeStamp cannot be read: ${row.recorded}` } : undefined,
    source: fields({ address, ip }),
    user: fields({ name: user, email: user?.includes("@") === true ? user : undefined }),
    email: fields({
      subject: known.get("Subject"),
      from: isDelivery && actor !== undefined ? { address: [actor] } : undefined,
      message_id: known.get("Internet Message ID"),
      local_id: known.get("Activity Item ID"),
    }),
    related: fields({
      ip: ip === undefined ? undefined : [ip],
      user: users.length === 0 ? undefined : users,
    }),
    alicorn: fields({
      ...furtherColumns(known),
      attribution: fields({
        basis: known.get("IP Basis"),
        confidence: known.get("Confidence"),
        [LEAD_FIELD]: lead,
      }),
      outcome: known.get("Outcome"),
      score: figure(known.get("Score")),
      source: fields({ file: known.get("Source File"), row: figure(known.get("Source Row")) }),
    }),
  });
  return jsonLine(event ?? {});
}

/** The lines of NDJSON in ECS from a finished timeline.tsv, without line ends; returns how many there were. */
export function ecsLines(timeline: string): Generator<string, LinesWritten, void> {
  return timelineLines(timeline, ecsLine);
}

/** Writes a bundle's timeline as NDJSON in ECS; yields the rows written so far. */
export function writeEcs(target: TimelineTarget): Generator<number, WrittenFile & LinesWritten, void> {
  return writeTimelineLines(target, ecsLine);
}
