/** The version of everything that scripts depend on: file names, columns, manifest. */
export const SCHEMA_VERSION = 1;

/** What the manifest calls the program that wrote it. */
export const TOOL_NAME = "alicorn";

/** An input as the manifest lists it. rows = parsed + rejected + duplicates + filtered. */
export interface ManifestInput {
  /** As Source File prints it. */
  readonly path: string;
  /** Size and SHA-256 of the file as it lies on disk; of an archive's entry those of the archive. */
  readonly bytes: number;
  readonly sha256: string;
  readonly format: string;
  readonly encoding: string;
  readonly container: string;
  readonly mailbox: string;
  readonly rows: number;
  readonly parsed: number;
  readonly rejected: number;
  readonly duplicates: number;
  readonly filtered: number;
  /** TimeStamp of the earliest and latest record, verbatim; empty where there is none. */
  readonly firstTime: string;
  readonly lastTime: string;
}

export interface ManifestOutput {
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
  /** Data rows without the header. */
  readonly rows: number;
}

/** A database that placed addresses. */
export interface ManifestDatabase {
  /** File name. */
  readonly path: string;
  readonly type: string;
  /** ISO 8601, UTC. */
  readonly built: string;
  readonly sha256: string;
  /** What was taken from it: `country`, `city`, `asn`. */
  readonly gives: readonly string[];
  /**
   * Days between the build and the evidence: positive where it was built before the first record, negative where after
   * the last one, 0 where between them; null where no time can be read.
   */
  readonly daysBeforeEvidence: number | null;
}

/** A list or a set of messages that rules used. */
export interface ManifestList {
  readonly name: string;
  readonly use: "watch" | "allow" | "rules" | "messages";
  readonly sha256: string;
  /** Entries or messages; undefined for rules. */
  readonly entries?: number;
}

export interface Manifest {
  readonly schemaVersion: number;
  readonly tool: { readonly name: string; readonly version: string };
  /** What the run was asked for, without any path of the machine. */
  readonly arguments: Readonly<Record<string, unknown>>;
  readonly inputs: readonly ManifestInput[];
  /**
   * The mailboxes that no record names, each as the inputs that it was read from: the Mailbox of their rows is empty, and
   * Source File tells them apart. An input has rows of one of them at most.
   */
  readonly unnamed: readonly (readonly string[])[];
  readonly outputs: readonly ManifestOutput[];
  readonly databases: readonly ManifestDatabase[];
  readonly lists: readonly ManifestList[];
  readonly totals: {
    readonly inputs: number;
    readonly mailboxes: number;
    readonly rows: number;
    readonly parsed: number;
    readonly rejected: number;
    readonly duplicates: number;
    readonly filtered: number;
  };
  readonly warnings: readonly string[];
}
