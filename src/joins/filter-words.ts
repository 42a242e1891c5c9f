import { formatTicks } from "../ingest/timestamp.ts";
import type { RowFilter } from "./mailbox-case.ts";

/** What a filter lets through, in the words of the command line; empty where that is everything. */
export function filterWords({ start, end, types, apps, words }: RowFilter): string {
  if (words !== "") return words;
  return [
    start === -Infinity ? "" : `--start ${formatTicks(start)}`,
    end === Infinity ? "" : `--end ${formatTicks(end)}`,
    types === undefined ? "" : `--types ${[...types].join(" ")}`,
    apps === undefined ? "" : `--apps ${[...apps].join(" ")}`,
  ]
    .filter((option) => option !== "")
    .join(" ");
}
