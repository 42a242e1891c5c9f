import type { PythonValue } from "./python.ts";

/** Where a record stands in the evidence. Every figure alicorn prints leads back to one of these. */
export interface SourceRef {
  /** The input's name as the tables print it: relative, with `/`. */
  readonly file: string;
  /** 1-based data row; for JSON the 1-based record. */
  readonly row: number;
}

/** The named properties of an activity, read only when asked for. */
export interface Properties {
  /**
   * The text of a property: undefined where the record does not have it, empty where it is None,
   * Python's str() of anything that is not a string. The last of several equal names counts.
   */
  text(name: string): string | undefined;
  /** Every property in source order, equal names included. */
  entries(): readonly (readonly [name: string, value: PythonValue])[];
  /** Why the properties could not be read, if they could not; they are empty then. */
  readonly problem: string | undefined;
  /** The properties as the source wrote them. */
  readonly raw: string;
}

/** One record of the Activities API, whatever file shape it came from. Texts are verbatim. */
export interface ActivityRecord {
  readonly timeStamp: string;
  readonly appIdType: string;
  readonly activityIdType: string;
  readonly activityItemId: string;
  readonly activityCreationTime: string;
  readonly clientSessionId: string;
  readonly properties: Properties;
  /** Columns or keys beyond the API's seven, in source order. */
  readonly extra: readonly (readonly [name: string, value: string])[];
  /** Of the API's seven names those that the source does not have at all (null or absent), as opposed to empty. */
  readonly absent: readonly string[];
}
