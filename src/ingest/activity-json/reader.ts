import type { Evidence } from "../evidence/evidence.ts";
import type { RecordReader } from "../format.ts";
import { changedRecord } from "../format.ts";
import { parseActivityJson } from "./parse-record.ts";
import { endsWithNextLink, readPageContext, sliceJson } from "./slice.ts";

/** Opens activity JSON: pages of the API, lists, single records or NDJSON. */
export function openActivityJson(evidence: Evidence): RecordReader {
  return {
    format: "activity-json",
    mailbox: readPageContext(evidence),
    namesNextPage: endsWithNextLink(evidence),
    scan: (sink) =>
      sliceJson(
        evidence,
        (start, length, text) => {
          const record = parseActivityJson(text);
          if ("problem" in record) sink.reject(start, length, record.problem);
          else sink.record(record, start, length);
        },
        (start, length, reason) => sink.reject(start, length, reason),
      ),
    parse(text) {
      const record = parseActivityJson(text);
      if ("problem" in record) throw changedRecord(evidence.label, record.problem);
      return record;
    },
  };
}
