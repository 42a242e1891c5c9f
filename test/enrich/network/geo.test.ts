import { createHash } from "node:crypto";
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { afterAll, describe, expect, test } from "vitest";
import { databaseAge, NO_GEO, openGeo, type Geo, type GeoOptions } from "../../../src/enrich/network/geo.ts";
import { UNKNOWN_PLACE } from "../../../src/model/place.ts";
import { mmdb, type MmdbOptions, type Value } from "./mmdb.ts";

const NOTHING: GeoOptions = { city: undefined, asn: undefined, dir: undefined, embedded: false };
const MAY_2018 = Date.UTC(2018, 4, 1) / 1000;
const JUNE_2018 = Date.UTC(2018, 5, 1, 12, 30, 15) / 1000;

const LONDON: Value = {
  country: { iso_code: "GB" },
  city: { names: { en: "London" } },
  location: { latitude: 51.5, longitude: -0.1, accuracy_radius: { uint: 20 } },
};
const TELSTRA: Value = { autonomous_system_number: { uint: 1221 }, autonomous_system_organization: "Telstra" };

const root = mkdtempSync(join(tmpdir(), "alicorn-geo-"));
afterAll(() => rmSync(root, { recursive: true }));
let folders = 0;

/** A folder of its own with these files. */
function folder(files: Readonly<Record<string, Buffer>>): string {
  const path = join(root, String(++folders));
  mkdirSync(path);
  for (const [name, bytes] of Object.entries(files)) writeFileSync(join(path, name), bytes);
  return path;
}

function database(options: Partial<MmdbOptions>): Buffer {
  return mmdb({ type: "Test-City", built: JUNE_2018, ipVersion: 6, networks: {}, ...options });
}

async function cityGeo(options: Partial<MmdbOptions>): Promise<Geo> {
  return openGeo({ ...NOTHING, city: join(folder({ "city.mmdb": database(options) }), "city.mmdb") });
}

function country(iso: string): Value {
  return { country: { iso_code: iso } };
}

describe("a database", () => {
  test("of nested records", async () => {
    const geo = await cityGeo({ networks: { "81.2.69.0/24": LONDON, "2a02::/16": LONDON } });
    expect(geo.place("81.2.69.142")).toEqual({
      country: "GB",
      city: "London",
      asn: undefined,
      organization: "",
      latitude: 51.5,
      longitude: -0.1,
      accuracyKm: 20,
    });
    expect(geo.place("81.2.70.1")).toEqual(UNKNOWN_PLACE);
    expect(geo.warnings).toEqual([]);
  });

  test("of flat records, with everything in one file", async () => {
    const record = {
      country_code: "AU",
      city: "Sydney",
      latitude: -33.9,
      longitude: 151.2,
      asn: "AS1221",
      as_name: "T",
    };
    const geo = await cityGeo({ type: "somebody's own", networks: { "1.128.0.0/11": record } });
    expect(geo.place("1.128.0.1")).toMatchObject({ country: "AU", city: "Sydney", asn: 1221, organization: "T" });
    expect(geo.databases.map(({ gives }) => gives)).toEqual([["country", "city", "asn"]]);
  });

  test("is named for the manifest without its folders", async () => {
    const bytes = database({ networks: { "81.2.69.0/24": LONDON } });
    const geo = await openGeo({ ...NOTHING, city: join(folder({ "c.mmdb": bytes }), "c.mmdb") });
    const sha256 = createHash("sha256").update(bytes).digest("hex");
    expect(geo.databases).toEqual([
      { path: "c.mmdb", type: "Test-City", built: "2018-06-01T12:30:15Z", sha256, gives: ["country", "city"] },
    ]);
  });

  test("of IPv4 alone says nothing of IPv6", async () => {
    // 2a02::1 begins with the bits of 42.2.0.0: asked for it, the reader would answer London.
    const geo = await cityGeo({ ipVersion: 4, networks: { "42.2.0.0/16": LONDON, "81.2.69.0/24": LONDON } });
    expect(geo.place("42.2.0.1").country).toBe("GB");
    expect(geo.place("2a02::1")).toEqual(UNKNOWN_PLACE);
    expect(geo.warnings).toEqual(["Countries and cities: city.mmdb knows IPv4 addresses only."]);
  });

  test("of IPv6 alone says so", async () => {
    const geo = await cityGeo({ networks: { "2a02::/16": LONDON } });
    expect(geo.place("2a02::1").country).toBe("GB");
    expect(geo.place("81.2.69.142")).toEqual(UNKNOWN_PLACE);
    expect(geo.warnings).toEqual(["Countries and cities: city.mmdb knows IPv6 addresses only."]);
  });

  test("that repeats its IPv4 part for 6to4 and Teredo is still of IPv4 alone", async () => {
    const geo = await cityGeo({
      networks: { "81.2.69.0/24": LONDON, "2002:5102:4500::/40": LONDON, "2001:0:5102:4500::/56": LONDON },
    });
    expect(geo.place("2002:5102:458e::1")).toEqual(UNKNOWN_PLACE);
    expect(geo.warnings).toEqual(["Countries and cities: city.mmdb knows IPv4 addresses only."]);
  });

  test("is asked of 6to4, which begins with its own IPv4 address, and not of Teredo, which begins with a server's", async () => {
    const geo = await cityGeo({
      networks: { "2002:5102:4500::/40": LONDON, "2001:0:5102:4500::/56": LONDON, "2a02::/16": LONDON },
    });
    expect(geo.place("2002:5102:458e::1").country).toBe("GB");
    expect(geo.place("2001:0:5102:458e::1")).toBe(UNKNOWN_PLACE);
  });

  test.each(["81.2.69.142", "81.2.69.142:443", "[81.2.69.142]", "::ffff:81.2.69.142", "::FFFF:5102:458e"])(
    "is asked for the address of %s",
    async (address) => {
      const geo = await cityGeo({ networks: { "81.2.69.0/24": LONDON } });
      expect(geo.place(address).city).toBe("London");
    },
  );

  test("is never asked for addresses that are nobody's, nor for host names", async () => {
    const geo = await cityGeo({ networks: { "0.0.0.0/1": LONDON, "128.0.0.0/1": LONDON, "8000::/1": LONDON } });
    for (const address of [
      "10.1.2.3",
      "192.0.2.1",
      "127.0.0.1",
      "169.254.1.1",
      "224.0.0.1",
      "::5102:458e",
      "fe80::1",
    ]) {
      expect(geo.place(address)).toBe(UNKNOWN_PLACE);
    }
    for (const name of ["", "host.example.com", "81.2", "unknown"]) expect(geo.place(name)).toBe(UNKNOWN_PLACE);
    expect(geo.place("81.2.69.142").city).toBe("London");
  });

  test("gives every address of a network the network's record", async () => {
    const geo = await cityGeo({ networks: { "81.2.69.0/24": LONDON, "81.2.70.0/23": country("FR") } });
    fc.assert(
      fc.property(fc.integer({ min: 68, max: 72 }), fc.integer({ min: 0, max: 255 }), (third, last) => {
        const expected = third === 69 ? "GB" : third === 70 || third === 71 ? "FR" : "";
        expect(geo.place(`81.2.${third}.${last}`).country).toBe(expected);
      }),
    );
  });
});

describe("a damaged database", () => {
  /** So many networks in one /8 that the one with the damage is not among those looked at on opening. */
  const many = Object.fromEntries(Array.from({ length: 40 }, (_, at) => [`81.2.${at}.0/24`, LONDON]));
  many["2a02::/16"] = LONDON;

  test("that opens and then throws is switched off, with one warning", async () => {
    const geo = await cityGeo({ networks: many, damaged: ["81.2.69.0/24"] });
    expect(geo.warnings).toEqual([]);
    expect(geo.place("81.2.3.1").city).toBe("London");
    expect(geo.place("81.2.69.142")).toEqual(UNKNOWN_PLACE);
    expect(geo.place("81.2.69.143")).toEqual(UNKNOWN_PLACE);
    expect(geo.place("81.2.4.1")).toEqual(UNKNOWN_PLACE);
    expect(geo.place("81.2.3.1").city).toBe("London");
    expect(geo.warnings).toEqual([
      expect.stringMatching(
        /^city\.mmdb is damaged \(Unknown type 207 .*\) and was not asked any more; what it could not say of addresses is empty\.$/,
      ),
    ]);
    expect(geo.databases).toHaveLength(1);
  });

  test("takes no other one with it", async () => {
    const files = folder({
      "asn.mmdb": database({ type: "Test-ASN", networks: { "81.2.69.0/24": TELSTRA } }),
      "city.mmdb": database({ networks: many, damaged: ["81.2.69.0/24"] }),
    });
    const geo = await openGeo({ ...NOTHING, dir: files });
    expect(geo.place("81.2.69.142")).toEqual({ ...UNKNOWN_PLACE, asn: 1221, organization: "Telstra" });
  });

  test("found so on opening gives way to the next one", async () => {
    const files = folder({
      "bad.mmdb": database({ networks: { "1.0.0.0/8": LONDON }, damaged: ["81.2.69.0/24"] }),
      "good.mmdb": database({ built: MAY_2018, networks: { "81.2.69.0/24": country("FR") } }),
    });
    const geo = await openGeo({ ...NOTHING, city: join(files, "bad.mmdb"), dir: files });
    expect(geo.place("81.2.69.142").country).toBe("FR");
    expect(geo.databases.map(({ path }) => path)).toEqual(["good.mmdb"]);
    expect(geo.warnings[0]).toMatch(/^bad\.mmdb is not used: it is damaged \(Unknown type 207 /);
  });

  const whole = database({ networks: { "81.2.69.0/24": LONDON, "2a02::/16": LONDON } });
  const unreadable: readonly (readonly [string, Buffer, string])[] = [
    ["no database", Buffer.from("<html>Not found</html>"), "it is no MaxMind database, or its end is damaged"],
    ["an empty file", Buffer.alloc(0), "it is no MaxMind database, or its end is damaged"],
    ["one cut short", whole.subarray(0, -60), "it is no MaxMind database, or its end is damaged"],
    ["a compressed one", gzipSync(whole), "it is compressed and has to be unpacked first"],
  ];

  test.each(unreadable)("%s ends the run where a flag names it", async (_what, bytes, why) => {
    const path = join(folder({ "x.mmdb": bytes }), "x.mmdb");
    await expect(openGeo({ ...NOTHING, city: path })).rejects.toMatchObject({
      name: "InputError",
      message: `Expected a database of countries or cities as --geoip-city, but ${path} cannot be used: ${why}.`,
    });
  });

  test.each(unreadable)("%s is a warning in a folder", async (_what, bytes, why) => {
    const geo = await openGeo({ ...NOTHING, dir: folder({ "x.mmdb": bytes, "y.mmdb": whole }) });
    expect(geo.place("81.2.69.142").city).toBe("London");
    expect(geo.warnings).toEqual([`x.mmdb is not used: ${why}.`]);
  });

  test("whatever byte of it is wrong, no look-up throws", async () => {
    const bytes = database({ networks: { "81.2.69.0/24": LONDON, "2a02::/16": LONDON, "1.0.0.0/8": TELSTRA } });
    await fc.assert(
      fc.asyncProperty(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), async (at, change) => {
        const wrong = Buffer.from(bytes);
        wrong[at] = (wrong[at] as number) ^ change;
        writeFileSync(join(root, "x.mmdb"), wrong);
        const geo = await openGeo({ ...NOTHING, dir: root });
        for (const address of ["81.2.69.142", "2a02::1", "1.2.3.4", "200.1.1.1"]) geo.place(address);
      }),
      { numRuns: 300 },
    );
  });
});

describe("files that cannot be had", () => {
  test("a flag's missing file ends the run", async () => {
    const path = join(root, "none.mmdb");
    await expect(openGeo({ ...NOTHING, asn: path })).rejects.toMatchObject({
      name: "InputError",
      message: `Expected a database of autonomous systems as --geoip-asn, but ${path} cannot be used: it does not exist (ENOENT).`,
    });
  });

  test("so does one of another kind", async () => {
    const path = join(folder({ "c.mmdb": database({ networks: { "81.2.69.0/24": LONDON } }) }), "c.mmdb");
    await expect(openGeo({ ...NOTHING, asn: path })).rejects.toMatchObject({
      name: "InputError",
      message: `Expected a database of autonomous systems as --geoip-asn, but ${path} (Test-City) has none.`,
    });
  });

  test("and a folder that is missing or has none", async () => {
    await expect(openGeo({ ...NOTHING, dir: join(root, "none") })).rejects.toThrow(/it does not exist \(ENOENT\)\.$/);
    const empty = folder({ "README.txt": Buffer.from("none here") });
    await expect(openGeo({ ...NOTHING, dir: empty })).rejects.toThrow(
      `Expected databases (*.mmdb) in ${empty}, but it holds none.`,
    );
  });
});

describe("the choice among several", () => {
  const inCountry = (iso: string, built: number, type = "Test-Country") => {
    return database({ type, built, networks: { "81.2.69.0/24": country(iso), "2a02::/16": country(iso) } });
  };

  test("the newest, whatever its name", async () => {
    const files = { "a.mmdb": inCountry("FR", MAY_2018), "b.mmdb": inCountry("GB", JUNE_2018) };
    const geo = await openGeo({ ...NOTHING, dir: folder(files) });
    expect(geo.place("81.2.69.142").country).toBe("GB");
    expect(geo.databases.map(({ path }) => path)).toEqual(["b.mmdb"]);
    expect(geo.warnings).toEqual([
      "Countries and cities come from b.mmdb (built 2018-06-01) and not from a.mmdb (built 2018-05-01): it is newer.",
    ]);
  });

  test("the first by name among those of one date", async () => {
    const files = { "b.mmdb": inCountry("GB", MAY_2018), "a.mmdb": inCountry("FR", MAY_2018) };
    const geo = await openGeo({ ...NOTHING, dir: folder(files) });
    expect(geo.place("81.2.69.142").country).toBe("FR");
    expect(geo.warnings).toEqual([
      "Countries and cities come from a.mmdb (built 2018-05-01) and not from b.mmdb (built 2018-05-01): " +
        "it was built at the same time and comes first by name.",
    ]);
  });

  test("the first by name, where the other one was named for another purpose", async () => {
    const both = { ...(country("GB") as object), autonomous_system_number: { uint: 1221 } };
    const networks = { "81.2.69.0/24": both, "2a02::/16": both };
    const files = folder({ "a.mmdb": inCountry("FR", MAY_2018), "b.mmdb": database({ built: MAY_2018, networks }) });
    const geo = await openGeo({ ...NOTHING, asn: join(files, "b.mmdb"), dir: files });
    expect(geo.place("81.2.69.142")).toMatchObject({ country: "FR", asn: 1221 });
  });

  test("one with cities before a newer one without, and the country of the same file", async () => {
    const cities = database({ built: MAY_2018, networks: { "81.2.69.0/24": LONDON, "2a02::/16": LONDON } });
    const files = { "city.mmdb": cities, "country.mmdb": inCountry("FR", JUNE_2018) };
    const geo = await openGeo({ ...NOTHING, dir: folder(files) });
    expect(geo.place("81.2.69.142")).toMatchObject({ country: "GB", city: "London" });
    expect(geo.warnings).toEqual([expect.stringMatching(/: it gives cities\.$/)]);
  });

  test("the one that the flag names before any", async () => {
    const files = folder({ "new.mmdb": inCountry("GB", JUNE_2018), "old.mmdb": inCountry("FR", MAY_2018) });
    const geo = await openGeo({ ...NOTHING, city: join(files, "old.mmdb"), dir: files });
    expect(geo.place("81.2.69.142").country).toBe("FR");
    expect(geo.warnings).toEqual([
      "Countries and cities come from old.mmdb (built 2018-05-01) and not from new.mmdb (built 2018-06-01): " +
        "--geoip-city names it.",
    ]);
  });

  test("a file for IPv4 and one for IPv6 go together", async () => {
    const files = {
      "v4.mmdb": database({ ipVersion: 4, built: MAY_2018, networks: { "81.2.69.0/24": country("GB") } }),
      "v6.mmdb": database({ networks: { "2a02::/16": country("FR") } }),
    };
    const geo = await openGeo({ ...NOTHING, dir: folder(files) });
    expect(geo.place("81.2.69.142").country).toBe("GB");
    expect(geo.place("2a02::1").country).toBe("FR");
    expect(geo.databases.map(({ path }) => path)).toEqual(["v4.mmdb", "v6.mmdb"]);
    expect(geo.warnings).toEqual([]);
  });

  test("cities and systems are put together from two files", async () => {
    const files = {
      "asn.mmdb": database({ type: "Test-ASN", networks: { "81.2.0.0/16": TELSTRA, "2a02::/16": TELSTRA } }),
      "city.mmdb": database({ networks: { "81.2.69.0/24": LONDON, "2a02::/16": LONDON } }),
    };
    const geo = await openGeo({ ...NOTHING, dir: folder(files) });
    expect(geo.place("81.2.69.142")).toMatchObject({ city: "London", asn: 1221, organization: "Telstra" });
    expect(geo.place("81.2.70.1")).toEqual({ ...UNKNOWN_PLACE, asn: 1221, organization: "Telstra" });
    expect(geo.databases.map(({ path, gives }) => [path, gives])).toEqual([
      ["city.mmdb", ["country", "city"]],
      ["asn.mmdb", ["asn"]],
    ]);
    expect(geo.warnings).toEqual([]);
  });

  test("the same file twice is one", async () => {
    const files = folder({ "a.mmdb": inCountry("GB", MAY_2018), "b.mmdb": inCountry("GB", MAY_2018) });
    const geo = await openGeo({ ...NOTHING, city: join(files, "b.mmdb"), dir: files });
    expect(geo.databases.map(({ path }) => path)).toEqual(["b.mmdb"]);
    expect(geo.warnings).toEqual([]);
  });

  test("a database of something else is not used", async () => {
    const other = database({ type: "Test-Anonymous-IP", networks: { "81.2.69.0/24": { is_anonymous: true } } });
    const geo = await openGeo({ ...NOTHING, dir: folder({ "anonymous.mmdb": other }) });
    expect(geo.databases).toEqual([]);
    expect(geo.warnings).toEqual([
      "anonymous.mmdb is not used: as Test-Anonymous-IP it says nothing of countries, cities or networks.",
    ]);
  });

  test("a subfolder is not searched, and .MMDB is a database", async () => {
    const files = folder({ "A.MMDB": inCountry("GB", MAY_2018) });
    mkdirSync(join(files, "more"));
    writeFileSync(join(files, "more", "b.mmdb"), inCountry("FR", JUNE_2018));
    const geo = await openGeo({ ...NOTHING, dir: files });
    expect(geo.databases.map(({ path }) => path)).toEqual(["A.MMDB"]);
  });
});

describe("the embedded database", () => {
  const embedded = join(
    folder({
      "GeoLite2-Country.mmdb": database({ networks: { "81.2.69.0/24": country("SE"), "2a02::/16": country("NO") } }),
    }),
    "GeoLite2-Country.mmdb",
  );
  const options = { ...NOTHING, embedded: true };

  test("gives countries where there is nothing else", async () => {
    const geo = await openGeo(options, () => embedded);
    expect(geo.place("81.2.69.142").country).toBe("SE");
    expect(geo.databases.map(({ path, gives }) => [path, gives])).toEqual([["GeoLite2-Country.mmdb", ["country"]]]);
    expect(geo.warnings).toEqual([]);
  });

  test("gives none where another one does, even for what that one does not know", async () => {
    const path = join(
      folder({ "c.mmdb": database({ networks: { "1.0.0.0/8": LONDON, "2a03::/16": LONDON } }) }),
      "c.mmdb",
    );
    const geo = await openGeo({ ...options, city: path }, () => embedded);
    expect(geo.place("81.2.69.142")).toEqual(UNKNOWN_PLACE);
    expect(geo.databases.map(({ path }) => path)).toEqual(["c.mmdb"]);
  });

  test("fills in for IPv6 where the other one is of IPv4, and beside one of systems", async () => {
    const files = folder({
      "asn.mmdb": database({ type: "Test-ASN", networks: { "81.2.69.0/24": TELSTRA, "2a02::/16": TELSTRA } }),
      "c.mmdb": database({ ipVersion: 4, networks: { "81.2.69.0/24": LONDON } }),
    });
    const geo = await openGeo({ ...options, dir: files }, () => embedded);
    expect(geo.place("81.2.69.142")).toMatchObject({ country: "GB", asn: 1221 });
    expect(geo.place("2a02::1")).toMatchObject({ country: "NO", asn: 1221 });
    expect(geo.databases.map(({ path }) => path)).toEqual(["c.mmdb", "GeoLite2-Country.mmdb", "asn.mmdb"]);
    expect(geo.warnings).toEqual([
      "Countries and cities: c.mmdb knows IPv4 addresses only.",
      "Countries of IPv6 addresses come from GeoLite2-Country.mmdb (built 2018-06-01).",
    ]);
  });

  test("is not opened where it is not wanted", async () => {
    const geo = await openGeo(NOTHING, () => embedded);
    expect([geo.place("81.2.69.142"), geo.databases, geo.warnings]).toEqual([UNKNOWN_PLACE, [], []]);
  });

  test("that is not installed is one warning", async () => {
    const geo = await openGeo(options, () => undefined);
    expect(geo.place("81.2.69.142")).toEqual(UNKNOWN_PLACE);
    expect(geo.warnings).toEqual([
      "No country database fills in, as the package maxmind-country is not installed: country columns stay empty.",
    ]);
  });

  test("that is damaged is one as well", async () => {
    const geo = await openGeo(options, () => join(root, "none", "GeoLite2-Country.mmdb"));
    expect(geo.warnings).toEqual([
      "No country database fills in, as GeoLite2-Country.mmdb cannot be used: it does not exist (ENOENT): " +
        "country columns stay empty.",
    ]);
  });

  const installed = existsSync(fileURLToPath(new URL("../../../node_modules/maxmind-country", import.meta.url)));

  test.skipIf(!installed)("is GeoLite2 Country of 24 December 2019", async () => {
    const geo = await openGeo(options);
    expect(geo.place("81.2.69.142").country).toBe("GB");
    expect(geo.place("8.8.8.8").country).toBe("US");
    expect(geo.place("2a00:1450:4001:80b::200e").country).not.toBe("");
    expect(geo.databases).toMatchObject([
      { path: "GeoLite2-Country.mmdb", type: "GeoLite2-Country", built: "2019-12-24T17:40:14Z", gives: ["country"] },
    ]);
  });
});

describe("NO_GEO", () => {
  test("knows nothing", () => {
    expect([NO_GEO.place("81.2.69.142"), NO_GEO.databases, NO_GEO.warnings]).toEqual([UNKNOWN_PLACE, [], []]);
  });
});

describe("databaseAge", () => {
  const built = { path: "c.mmdb", type: "T", built: "2018-06-10T12:00:00Z", sha256: "", gives: [] };

  test.each([
    ["2018-06-20T12:00:00.0000000Z", "2018-07-20T12:00:00Z", 10],
    ["2018-06-20T11:59:59Z", "2018-07-20T12:00:00Z", 9],
    ["2018-05-01T00:00:00Z", "2018-06-08T12:00:00.0000000Z", -2],
    ["2018-06-01T00:00:00Z", "2018-06-30T00:00:00Z", 0],
    ["2018-06-10T13:00:00Z", "2018-06-10T14:00:00Z", 0],
    ["2018-06-10T10:00:00Z", "2018-06-10T11:00:00Z", 0],
    ["", "2018-06-15T12:00:00Z", 5],
    ["2018-06-05T12:00:00Z", "soon", -5],
    ["", "", undefined],
  ])("%s to %s: %s", (first, last, days) => {
    expect(databaseAge(built, first, last)).toBe(days);
  });
});

const SHARED = fileURLToPath(new URL("../../../../shared/data/maxmind-test-data", import.meta.url));

describe.skipIf(!existsSync(SHARED))("MaxMind's test databases", () => {
  const file = (name: string) => join(SHARED, name);

  test("city and system", async () => {
    const geo = await openGeo({
      ...NOTHING,
      city: file("GeoLite2-City-Test.mmdb"),
      asn: file("GeoLite2-ASN-Test.mmdb"),
    });
    expect(geo.place("81.2.69.142")).toMatchObject({ country: "GB", city: "London" });
    expect(geo.place("1.128.0.0")).toMatchObject({ asn: 1221 });
    for (const address of ["8.8.8.8", "175.45.176.123", "102.89.0.1", "2a00:1450:4001:80b::200e"]) {
      expect(geo.place(address)).toEqual(UNKNOWN_PLACE);
    }
    expect(geo.warnings).toEqual([]);
  });

  test("one of IPv4 is not asked for IPv6", async () => {
    const files = folder({});
    copyFileSync(file("GeoIP2-Country-Test.mmdb"), join(files, "country.mmdb"));
    copyFileSync(file("MaxMind-DB-test-ipv4-24.mmdb"), join(files, "ipv4.mmdb"));
    const geo = await openGeo({ ...NOTHING, dir: files });
    expect(geo.place("2001:218::1").country).toBe("JP");
    expect(geo.warnings).toEqual(["ipv4.mmdb is not used: as Test it says nothing of countries, cities or networks."]);
  });

  test("one that opens and then throws does not end the run", async () => {
    const geo = await openGeo({ ...NOTHING, city: file("GeoIP2-City-Test-Invalid-Node-Count.mmdb") });
    expect(geo.place("81.2.69.142")).toEqual(UNKNOWN_PLACE);
    expect(geo.warnings).toEqual([
      "GeoIP2-City-Test-Invalid-Node-Count.mmdb is not used: it is damaged: its search tree is larger than the file.",
    ]);
  });

  test("nonsense for coordinates is none", async () => {
    const geo = await openGeo({ ...NOTHING, city: file("GeoIP2-City-Test-Broken-Double-Format.mmdb") });
    expect(geo.place("81.2.69.142")).toMatchObject({ city: "London", latitude: undefined, longitude: undefined });
  });

  test.each(["", "bad-data"])("a folder full of them: %j", async (below) => {
    const path = join(SHARED, below);
    const geo = await openGeo({ ...NOTHING, dir: path });
    for (const address of ["81.2.69.142", "1.1.1.1", "1.128.0.1", "2001:218::1", "200.1.1.1"]) geo.place(address);
    const named = readdirSync(path).filter((name) => name.endsWith(".mmdb"));
    const used = geo.databases.map((database) => database.path);
    const said = named.filter((name) => geo.warnings.some((warning) => warning.includes(name)));
    expect(new Set([...used, ...said])).toEqual(new Set(named));
    if (below === "") {
      expect(used).toEqual(["GeoIP2-City-Test.mmdb", "GeoIP2-ISP-Test.mmdb"]);
      expect(geo.place("81.2.69.142").city).toBe("London");
    } else expect(used).toEqual([]);
  });
});
