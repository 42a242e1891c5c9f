import { describe, expect, test } from "vitest";
import { countryCodeMeantBy, isCountryCode } from "../../../src/enrich/network/countries.ts";

const LETTERS = [..."ABCDEFGHIJKLMNOPQRSTUVWXYZ"];
const PAIRS = LETTERS.flatMap((first) => LETTERS.map((second) => first + second));

describe("country codes", () => {
  test("249 are assigned, and Kosovo's is taken", () => {
    expect(PAIRS.filter(isCountryCode)).toHaveLength(250);
    expect(isCountryCode("XK")).toBe(true);
  });

  test.each(["DE", "US", "GB", "TW", "PS", "AX", "ZW"])("%s", (code) => {
    expect(isCountryCode(code)).toBe(true);
  });

  test.each(["UK", "EL", "EU", "XX", "ZZ", "AN", "de", "", "DEU", "D", "toString"])("none: %j", (code) => {
    expect(isCountryCode(code)).toBe(false);
  });

  test("what is meant by a code that people write", () => {
    expect(["UK", "EL", "XX", "toString"].map(countryCodeMeantBy)).toEqual(["GB", "GR", undefined, undefined]);
  });
});
