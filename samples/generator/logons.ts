import { clientRow, writeRow } from "./mailbox.ts";
import type { Mailbox, Session } from "./mailbox.ts";

/** What a ServerLogon leaves. `recorded` is the address as the record spells it (port, proxies), if not plainly. */
export function serverLogon(
  mailbox: Mailbox,
  session: Session,
  at: number,
  options: { readonly recorded?: string; readonly failure?: string } = {},
): void {
  const { app, actor, address, userAgent } = session;
  const { failure } = options;
  writeRow(mailbox, {
    at,
    app,
    type: "ServerLogon",
    item: "",
    // Every logon opens a mailbox session of its own: its id joins it to nothing else.
    session: mailbox.random.guid(),
    properties: [
      ["UserName", mailbox.user],
      ...(failure === undefined ? [] : [["ExceptionInfo", failure.slice(0, 100)] as const]),
      ["NetworkPresenceLocation", ""],
      ["Result", failure === undefined ? "Success" : "Failure"],
      ["UserAgent", userAgent],
      ["ClientIP", options.recorded ?? address],
    ],
    actor,
    address,
    delay: mailbox.random.between(4, 900),
  });
}

/** The Logon record that Outlook on the web sends when it starts; its ClientSessionId is that of all browser rows. */
export function webLogon(mailbox: Mailbox, session: Session, at: number): void {
  clientRow(mailbox, session, at, "Logon", "", [
    ["Layout", "Mouse"],
    ["InferenceUiReady", "1"],
    ["InferenceUiOnKeyName", "0"],
    ["Flights", "FocusedInbox,SuggestionsV2"],
    ["Timezone", "W. Europe Standard Time"],
    ["IPAddress", session.address],
    ["Browser", session.userAgent],
  ]);
}

/** Signing in to Outlook on the web. Returns when it is done. */
export function signInToWeb(mailbox: Mailbox, session: Session, at: number, recorded?: string): number {
  serverLogon(mailbox, session, at, recorded === undefined ? {} : { recorded });
  const started = at + mailbox.random.between(1_500, 5_200);
  webLogon(mailbox, session, started);
  return started;
}
