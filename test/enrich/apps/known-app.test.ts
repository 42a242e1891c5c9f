import { describe, expect, test } from "vitest";
import { ABUSED_APPS } from "../../../src/enrich/apps/abused-apps.ts";
import { appKey, appLabel, knownApp } from "../../../src/enrich/apps/known-app.ts";
import { MAIL_PROGRAMS, MICROSOFT_APPS, MICROSOFT_TOOLS } from "../../../src/enrich/apps/named-apps.ts";

const LISTS = { MICROSOFT_APPS, MICROSOFT_TOOLS, MAIL_PROGRAMS, ABUSED_APPS };
const NOBODYS = "12345678-1234-4234-8234-123456789abc";

describe("the lists", () => {
  test.each(Object.entries(LISTS))("%s has ids in lower case", (_name, list) => {
    const ids = Object.keys(list);
    for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  });

  test("no id stands in two of them", () => {
    const ids = Object.values(LISTS).flatMap((list) => Object.keys(list));
    expect(new Set(ids).size).toBe(ids.length);
  });

  test("every abused application has a name and says who lists it", () => {
    for (const { name, sources } of Object.values(ABUSED_APPS)) {
      expect(name).not.toBe("");
      expect(sources.length).toBeGreaterThan(0);
    }
  });
});

describe("an application by its id", () => {
  test.each([
    ["00000003-0000-0000-c000-000000000000", "microsoft", "Microsoft Graph"],
    ["5D661950-3475-41CD-A2C3-D671A3162BC1", "microsoft", "Microsoft Outlook"],
    ["14d82eec-204b-4c2f-b7e8-296a70dab67e", "tool", "Microsoft Graph Command Line Tools"],
    ["{f8d98a96-0999-43f5-8af3-69971c7bb423}", "mail-program", "Apple Internet Accounts"],
    [" FF8D92DC-3D82-41D6-BCBD-B9174D163620 ", "abused", "PerfectData Software"],
  ])("%s", (id, kind, name) => {
    expect(knownApp(id)).toMatchObject({ kind, name });
  });

  test.each([NOBODYS, "", "__proto__", "constructor", "toString", "ff8d92dc"])("%j is nobody's", (id) => {
    expect(knownApp(id)).toBeUndefined();
  });

  test("one spelling of an id", () => {
    expect(appKey(" {ABC-Def} ")).toBe("abc-def");
    expect(appKey("ServicePrincipal_X")).toBe("serviceprincipal_x");
  });

  test("is named as the lists name it, else as the evidence does", () => {
    const graph = "00000003-0000-0000-C000-000000000000";
    expect(appLabel(graph)).toBe(`${graph} (Microsoft Graph)`);
    expect(appLabel(graph, "Harmless")).toBe(`${graph} (Microsoft Graph)`);
    expect(appLabel(NOBODYS)).toBe(NOBODYS);
    expect(appLabel(NOBODYS, "Mail tool")).toBe(`${NOBODYS} (Mail tool)`);
    expect(appLabel("", "Mail tool")).toBe("Mail tool");
    expect(appLabel("")).toBe("");
  });
});
