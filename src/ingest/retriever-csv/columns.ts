/** The API's seven names in the order in which retriever.py writes them. */
export const API_COLUMNS = [
  "TimeStamp",
  "AppIdType",
  "ActivityIdType",
  "ActivityItemId",
  "ActivityCreationTime",
  "ClientSessionId",
  "CustomProperties",
] as const;

/** Which column of a file holds which of the API's names; -1 for a name that the file does not have. */
export interface CsvColumns {
  readonly names: readonly string[];
  readonly timeStamp: number;
  readonly appIdType: number;
  readonly activityIdType: number;
  readonly activityItemId: number;
  readonly activityCreationTime: number;
  readonly clientSessionId: number;
  readonly customProperties: number;
  /** Columns beyond the seven. */
  readonly extra: readonly number[];
  /** Names of the seven that the file does not have. */
  readonly absent: readonly string[];
}

/**
 * Reads a header line: any order, any subset that can be an export (retriever.py's --properties), other columns kept
 * as extras.
 *
 * @throws nothing; whether the header is one at all is for format detection to say.
 */
export function csvColumns(header: readonly string[]): CsvColumns {
  const names = header.map((name) => name.trim());
  const column = (name: (typeof API_COLUMNS)[number]) => names.indexOf(name);
  const known: readonly string[] = API_COLUMNS;
  return {
    names,
    timeStamp: column("TimeStamp"),
    appIdType: column("AppIdType"),
    activityIdType: column("ActivityIdType"),
    activityItemId: column("ActivityItemId"),
    activityCreationTime: column("ActivityCreationTime"),
    clientSessionId: column("ClientSessionId"),
    customProperties: column("CustomProperties"),
    extra: names.flatMap((name, at) => (known.includes(name) && names.indexOf(name) === at ? [] : [at])),
    absent: API_COLUMNS.filter((name) => !names.includes(name)),
  };
}
