import { SYNTHETIC } from "./case.ts";
import type { CaseFile } from "./case.ts";
import type { GeneratedMailbox } from "./index.ts";
import { toApiPage } from "./rows.ts";

const RECORDS = 200;

/** The first records of another case in the shape the API itself answered with. */
export function apiJsonCase({ rows, truth }: GeneratedMailbox): readonly CaseFile[] {
  return [
    {
      path: "README.md",
      text: `${SYNTHETIC}

# The same records, as the API gave them

\`same-case.json\` holds the first ${RECORDS} records of \`wire-fraud-60-days\` as a page of the API's own JSON: CustomProperties is a list
of Name and Value, a property may stand there twice, and what a record does not have is left out. retriever.py makes a dict of that list and prints
it into one CSV cell. The folder is apart from the case so that reading the case counts nothing twice.
`,
    },
    { path: "same-case.json", text: toApiPage(rows.slice(0, RECORDS), truth.mailbox) },
  ];
}
