import { ALLOW_LIST, appAllower } from "../allowed-apps.ts";
import { scoring } from "../rule.ts";

export const appAbused = scoring({
  id: "app-abused",
  about: "client",
  title: "Application that is listed or watched",
  description:
    "The application is on public lists of those that intruders connect to mailboxes which they took over, or on the list given with --watch.",
  requires: "an audit log whose records name an AppId or ClientAppId",
  falsePositives: [
    "Most listed applications are honest products: the owner or the company may use one. Add its id to the allow-list.",
  ],
  blindSpots: [
    "Applications that nobody has listed yet, and an intruder's own, whose ids are new every time.",
    "Operations that are not logged for the mailbox's licence.",
  ],
  references: [
    "https://huntresslabs.github.io/rogueapps/",
    "https://attack.mitre.org/detectionstrategies/DET0048/",
    "https://attack.mitre.org/techniques/T1114/002/",
  ],
  attack: ["T1114.002", "T1528"],
  nextSteps: [
    "Find the consent to the application and who gave it; revoke it where nobody can account for it.",
    "Take what the application can read for exposed: most of the listed ones copy whole mailboxes.",
  ],
  settings: {
    listed: { is: 50, says: "points for an application that public lists name" },
    watched: { is: 74, says: "points for an application on the watch list" },
    OAuthClientIDAllowList: ALLOW_LIST,
  },
  assess({ joined, clients, knowledge }, { listed, watched, OAuthClientIDAllowList }) {
    if (joined.mailboxCase.clients.length <= 1) return { fired: [], missing: "no audit log" };
    const isAllowed = appAllower(knowledge, OAuthClientIDAllowList);
    const fired = clients.flatMap(({ key, app, firstRow, lastRow }) => {
      if (app === undefined) return [];
      const rows = firstRow === lastRow ? [firstRow] : [firstRow, lastRow];
      const entry = knowledge.watch?.matchAppId(app.id);
      const watch =
        entry === undefined ? [] : [{ entity: key, text: `on the watch list as ${entry}`, points: watched, rows }];
      const { known } = app;
      if (known?.kind !== "abused" || isAllowed(app.id)) return watch;
      const text = `${known.name} is listed as abused to take mail (${known.sources.join(", ")})`;
      return [...watch, { entity: key, text, points: listed, rows }];
    });
    const named = clients.some(({ app }) => app !== undefined);
    return { fired, missing: named ? undefined : "no audit record names an application" };
  },
});
