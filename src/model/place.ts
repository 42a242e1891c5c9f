/** What is known of where an address is. A field that no database answers is empty or undefined, never guessed. */
export interface Place {
  /** ISO 3166-1 alpha-2 in upper case; empty where unknown. */
  readonly country: string;
  /** In English, where the database has it in English; empty where unknown. */
  readonly city: string;
  readonly asn: number | undefined;
  /** The organisation that the autonomous system is registered to; empty where unknown. */
  readonly organization: string;
  /** Degrees, north and east positive. Both are there or neither is. */
  readonly latitude: number | undefined;
  readonly longitude: number | undefined;
  /** The radius around the coordinates, in kilometres, in which the database believes the address to be. */
  readonly accuracyKm: number | undefined;
}

/** Nothing is known. */
export const UNKNOWN_PLACE: Place = {
  country: "",
  city: "",
  asn: undefined,
  organization: "",
  latitude: undefined,
  longitude: undefined,
  accuracyKm: undefined,
};
