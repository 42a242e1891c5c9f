import { expect, test } from "vitest";
import { nameLook } from "../../../src/enrich/mailbox-rules/names.ts";

test.each([".", "…", "　", " ", "..........", "👩‍👩‍👧", "\u200b", "ㅤ", "⠀", "__", "¿", "🇩🇪", "\u0000"])(
  "%j has no letter or digit",
  (name) => {
    expect(nameLook(name, 5)).toBe("bare");
  },
);

// Characters as a person counts them: an accent of its own, a family of three, a flag.
test.each([
  "ok",
  "a",
  "1",
  "News",
  "ñandú",
  "n\u0303andu\u0301",
  "ok👩‍👩‍👧🇩🇪!",
  "收件箱",
  "  five5  ",
  "a\u200b\u200b\u200b\u200b\u200b\u200b",
])("%j is short", (name) => {
  expect(nameLook(name, 5)).toBe("short");
});

test.each(["", "Weekly newsletters", "sixsix", "ñandús", "收件箱規則一二"])(
  "%j is an ordinary name, or none",
  (name) => {
    expect(nameLook(name, 5)).toBe("");
  },
);
