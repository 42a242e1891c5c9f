import type { Attribution } from "../../model/event.ts";
import type { Report } from "../report.ts";
import { knownAddress, reasonsCell } from "../report.ts";

/** Where a search was done from, as the table prints it. */
interface Answer {
  readonly address: string;
  readonly basis: string;
  readonly confidence: string;
  /** Whether it is that of a row that ran the search. */
  readonly isRun: boolean;
}

function answerOf(kept: Map<string, Answer>, attribution: Attribution, isRun: boolean): Answer {
  const { basis, confidence } = attribution;
  const address = knownAddress(attribution);
  const key = `${address} ${basis} ${confidence} ${isRun}`;
  let answer = kept.get(key);
  if (answer === undefined) {
    answer = { address, basis, confidence, isRun };
    kept.set(key, answer);
  }
  return answer;
}

/**
 * One row a search. First Time and Last Time are those of its keystrokes; a search that nobody typed has those of its
 * results, which stand under First Run and Last Run in any case. The address is that of the row that ran it, else of
 * the first keystroke.
 */
export const searches: Report = {
  table: "searches",
  columns: [
    "Search",
    "Query",
    "First Time",
    "Last Time",
    "Keystrokes",
    "Times Run",
    "Platform",
    "Attributed IP",
    "Confidence",
    "Score",
    "Severity",
    "Reasons",
    "Attribution",
    "First Run",
    "Last Run",
    "Session ID",
  ],
  families: new Set(["search"]),
  order: "mailbox",
  scores: true,
  begin(joined, sink, assessment) {
    // Of a mailbox's very many searches few addresses are the answer: each is kept once.
    const kept = new Map<string, Answer>();
    const { list } = joined.searches;
    const firstNumber = list[0]?.number ?? 0;
    const answers = Array.from<Answer | undefined>({ length: list.length });
    return {
      event(event) {
        if (event.search === undefined) return;
        const at = event.search - firstNumber;
        const known = answers[at];
        const isRun = event.type.role === "result";
        if (known?.isRun === true || (known !== undefined && !isRun)) return;
        answers[at] = answerOf(kept, event.attribution(), isRun);
      },
      finish() {
        const { mailbox, apps } = joined.mailboxCase;
        for (const { number, query, keystrokes, runs, first } of list) {
          const answer = answers[number - firstNumber];
          if (answer === undefined) continue;
          const score = assessment.search(number);
          const typed = keystrokes.length > 0 ? keystrokes : runs;
          sink.row(
            [
              String(number),
              query,
              typed[0]?.timeStamp ?? "",
              typed.at(-1)?.timeStamp ?? "",
              String(keystrokes.length),
              String(runs.length),
              apps[first.app] ?? "",
              answer.address,
              answer.confidence,
              String(score.points),
              score.severity,
              reasonsCell(score),
              answer.basis,
              runs[0]?.timeStamp ?? "",
              runs.at(-1)?.timeStamp ?? "",
              // One that is blacked out joins nothing, and is printed as it is.
              first.session || joined.recordOf(first.row).clientSessionId,
            ],
            { mailbox, ...joined.sourceOf(first.row) },
          );
        }
      },
    };
  },
};
