import { describe, expect, test } from "vitest";
import { AWAY_FOLDERS, folderAmong, UNSEEN_FOLDERS } from "../src/activities/folders.ts";

describe("folders that hardly anybody opens", () => {
  test.each([
    ["RSS Feeds", "RSS Feeds"],
    ["rss feeds", "RSS Feeds"],
    ["owner@contoso.example:\\RSS Feeds", "RSS Feeds"],
    [":\\RSS Subscriptions\\2024", "RSS Subscriptions"],
    ["\\Inbox\\RSS Feeds", "RSS Feeds"],
    // Without regard to accents, hyphens and full width.
    ["RSS-ABONNEMENTS", "RSS-Abonnements"],
    ["Zrodla danych RSS", "Źródła danych RSS"],
    ["ＲＳＳ Feeds", "RSS Feeds"],
    ["Aufgezeichnete Unterhaltungen", "Aufgezeichnete Unterhaltungen"],
    ["Gespreksgeschiedenis", "Gespreksgeschiedenis"],
    ["Cronologia conversazioni", "Cronologia conversazioni"],
    ["Historia konwersacji", "Historia konwersacji"],
    ["Histórico de Conversas", "Histórico de Conversas"],
    ["Historial de conversaciones", "Historial de conversaciones"],
  ])("%s", (folder, entry) => {
    expect(folderAmong(folder, UNSEEN_FOLDERS, false)).toBe(entry);
  });

  test.each(["RSS feeds of the North", "Inbox", "", "\\", "LgAAAABKe+NY5HVjRYWDqaJ5IKKFAQ", ":"])(
    "%s is none of them",
    (folder) => {
      expect(folderAmong(folder, UNSEEN_FOLDERS, false)).toBeUndefined();
    },
  );
});

test("an archive counts at the top of the mailbox only", () => {
  expect(folderAmong("owner@contoso.example:\\Archive\\2024", AWAY_FOLDERS, true)).toBe("Archive");
  expect(folderAmong("Projects\\Archive", AWAY_FOLDERS, true)).toBeUndefined();
  expect(folderAmong("Projects\\Archive", AWAY_FOLDERS, false)).toBe("Archive");
  expect(folderAmong("Elementy usuniete", AWAY_FOLDERS, true)).toBe("Elementy usunięte");
});
