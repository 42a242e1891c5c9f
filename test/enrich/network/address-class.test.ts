import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  addressClass,
  canBeIntruder,
  isMicrosoft,
  networkOf,
  type AddressClass,
} from "../../../src/enrich/network/address-class.ts";
import { MICROSOFT_PREFIXES } from "../../../src/enrich/network/microsoft.ts";
import { UNKNOWN_PLACE } from "../../../src/model/place.ts";
import { parsePrefix } from "../../../src/enrich/network/prefixes.ts";

const CLASSES: readonly (readonly [string, AddressClass])[] = [
  ["8.8.8.8", "public"],
  ["81.2.69.142", "public"],
  ["2a00:1450:4001:80b::200e", "public"],
  ["[8.8.8.8]:443", "public"],
  ["::ffff:8.8.8.8", "public"],
  ["2001:0:53aa:64c:0:5efe:1:2", "public"],
  ["2002:808:808::1", "public"],
  ["64:ff9b::808:808", "public"],
  ["10.0.0.1", "private"],
  ["172.15.255.255", "public"],
  ["172.16.0.0", "private"],
  ["172.31.255.255", "private"],
  ["172.32.0.0", "public"],
  ["192.168.7.9", "private"],
  ["::ffff:192.168.7.9", "private"],
  ["fd12::1", "private"],
  ["fec0::1", "private"],
  ["127.0.0.1", "loopback"],
  ["::1", "loopback"],
  ["169.254.3.4", "link-local"],
  ["fe80::1%eth0", "link-local"],
  ["192.0.2.1", "documentation"],
  ["198.51.100.255", "documentation"],
  ["203.0.113.9", "documentation"],
  ["203.0.114.1", "public"],
  ["2001:db8:ffff::1", "documentation"],
  ["2001:db9::1", "public"],
  ["3fff:fff::1", "documentation"],
  ["3fff:1000::1", "public"],
  ["224.0.0.1", "multicast"],
  ["ff02::1", "multicast"],
  ["100.64.0.1", "carrier-grade-nat"],
  ["100.128.0.1", "public"],
  ["0.0.0.0", "reserved"],
  ["255.255.255.255", "reserved"],
  ["240.0.0.1", "reserved"],
  ["198.18.0.1", "reserved"],
  ["192.0.0.8", "reserved"],
  ["::", "reserved"],
  // IPv4-compatible, given up by RFC 4291: a database would look 8.8.8.8 up.
  ["::808:808", "reserved"],
  ["64:ff9b:1::1", "reserved"],
  ["4000::1", "reserved"],
  ["40.97.10.2", "microsoft"],
  ["40.103.255.255", "microsoft"],
  ["40.106.0.0", "public"],
  ["52.111.1.1", "microsoft"],
  ["52.125.0.1", "public"],
  ["13.107.6.152", "microsoft"],
  ["13.107.6.153", "microsoft"],
  ["13.107.6.154", "public"],
  ["2603:10b6:208:3c1::17", "microsoft"],
  ["2603:10a6:803:e7::16", "microsoft"],
  ["2603:10b7::1", "public"],
  ["2603:1036:303:2c50::5", "microsoft"],
  ["2a01:111:f400:7e4e::196", "microsoft"],
  ["2a01:111:e400:7bbc::12", "microsoft"],
  ["", "not-an-address"],
  ["mail.example.com", "not-an-address"],
  ["256.1.1.1", "not-an-address"],
  ["1.2", "not-an-address"],
];

describe("addressClass", () => {
  test.each(CLASSES)("%j is %s", (address, expected) => {
    expect(addressClass(address)).toBe(expected);
    expect(addressClass(address)).toBe(expected);
  });

  test("every prefix of Microsoft is one, and none is written twice", () => {
    expect(MICROSOFT_PREFIXES.filter((prefix) => typeof parsePrefix(prefix) !== "object")).toEqual([]);
    expect(new Set(MICROSOFT_PREFIXES).size).toBe(MICROSOFT_PREFIXES.length);
  });

  test("takes any text", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.ipV4(), fc.ipV6()), (text) => {
        expect(typeof addressClass(text)).toBe("string");
        expect(typeof canBeIntruder(text, UNKNOWN_PLACE)).toBe("boolean");
      }),
    );
  });
});

describe("isMicrosoft and canBeIntruder", () => {
  const azure = { ...UNKNOWN_PLACE, asn: 8075 };
  const telstra = { ...UNKNOWN_PLACE, asn: 1221 };

  test.each([
    ["40.97.10.2", UNKNOWN_PLACE, true, false],
    ["20.1.2.3", azure, true, false],
    ["20.1.2.3", { ...UNKNOWN_PLACE, asn: 8068 }, true, false],
    ["20.1.2.3", UNKNOWN_PLACE, false, true],
    ["1.128.0.1", telstra, false, true],
    ["203.0.113.9", UNKNOWN_PLACE, false, true],
    ["2001:db8::1", UNKNOWN_PLACE, false, true],
    ["192.168.1.1", UNKNOWN_PLACE, false, false],
    ["100.64.0.1", UNKNOWN_PLACE, false, false],
    ["127.0.0.1", UNKNOWN_PLACE, false, false],
    ["vpn.example.com", UNKNOWN_PLACE, false, false],
    ["", UNKNOWN_PLACE, false, false],
  ])("%s", (address, place, microsoft, intruder) => {
    expect(isMicrosoft(address, place)).toBe(microsoft);
    expect(canBeIntruder(address, place)).toBe(intruder);
  });
});

describe("networkOf", () => {
  test.each([
    ["203.0.113.9", "203.0.113.0/24"],
    ["203.0.113.9:443", "203.0.113.0/24"],
    ["::ffff:203.0.113.9", "203.0.113.0/24"],
    ["2001:db8:a:b:c::1", "2001:db8:a::/48"],
    ["2001:DB8:A:FFFF::", "2001:db8:a::/48"],
    ["::1", "::/48"],
    ["host.example.com", "host.example.com"],
    ["", ""],
  ])("%j: %s", (address, network) => {
    expect(networkOf(address)).toBe(network);
  });

  test("the last byte of an IPv4 address does not matter, and the others do", () => {
    const byte = fc.integer({ min: 0, max: 255 });
    fc.assert(
      fc.property(fc.tuple(byte, byte, byte), byte, byte, ([a, b, c], d, e) => {
        expect(networkOf(`${a}.${b}.${c}.${d}`)).toBe(`${a}.${b}.${c}.0/24`);
        expect(networkOf(`${a}.${b}.${c}.${d}`) === networkOf(`${a}.${b}.${e}.${d}`)).toBe(c === e);
      }),
    );
  });
});
