/** A record of the Outlook Activities API as an example writes it. */
export interface ApiRecord {
  readonly TimeStamp: string;
  readonly AppIdType: string;
  readonly ActivityIdType: string;
  readonly ActivityItemId?: string;
  readonly ActivityCreationTime?: string;
  readonly ClientSessionId?: string;
  /** Name and value; the API has a list of these pairs. */
  readonly CustomProperties?: Readonly<Record<string, string | null>>;
}

/** A record and what its family reads out of it; worked out by hand. */
export interface ActivityExample {
  readonly name: string;
  readonly record: ApiRecord;
  /** What is known of the record's type; only what matters. */
  readonly type?: Readonly<Record<string, unknown>>;
  /** What the family's reading functions say of the record, by the function's name; only what matters. */
  readonly facts?: Readonly<Record<string, unknown>>;
}
