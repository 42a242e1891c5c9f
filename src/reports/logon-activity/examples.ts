import type { ReportExample } from "../example.ts";

const server = { AppIdType: "Exchange", ActivityIdType: "ServerLogon" } as const;

export const examples: readonly ReportExample[] = [
  {
    name: "successful and failed logons stand apart, the web client's own beside the server's",
    records: [
      {
        ...server,
        TimeStamp: "2018-06-20T07:36:12.1234567Z",
        ClientSessionId: "s-1",
        CustomProperties: {
          Result: "Success",
          ExceptionInfo: "",
          UserName: "anna@contoso.example",
          ClientIP: "192.0.2.1",
          UserAgent: "Mozilla/5.0 (Windows NT 10.0; Win64; x64)",
        },
      },
      {
        ...server,
        TimeStamp: "2018-06-20T07:35:00Z",
        CustomProperties: {
          Result: "Failure",
          ExceptionInfo: "User's password wrong",
          UserName: "anna@contoso.example",
          ClientIP: "203.0.113.9",
        },
      },
      {
        TimeStamp: "2018-06-20T07:36:15Z",
        AppIdType: "Web",
        ActivityIdType: "Logon",
        ClientSessionId: "s-2",
        CustomProperties: { IPAddress: "192.0.2.1", Browser: "Firefox" },
      },
    ],
    expect: [
      {
        Date: "2018-06-20",
        Time: "07:35:00Z",
        "Source IP": "203.0.113.9",
        "Logon Type": "ServerLogon",
        "App Type": "Exchange",
        User: "anna@contoso.example",
        Client: "",
        Result: "Failure",
        Exception: "User's password wrong",
        "Session ID": "",
        Mailbox: "anna@contoso.example",
        "Source File": "log.json",
        "Source Row": "2",
      },
      {
        Date: "2018-06-20",
        Time: "07:36:12.1234567Z",
        "Source IP": "192.0.2.1",
        Client: "Mozilla/5.0 (Windows NT 10.0; Win64; x64)",
        Result: "Success",
        Exception: "",
        "Forwarded For": "",
        "Session ID": "s-1",
        "Source Row": "1",
      },
      {
        Time: "07:36:15Z",
        "Source IP": "192.0.2.1",
        "Logon Type": "Logon",
        "App Type": "Web",
        User: "",
        Client: "Firefox",
        Result: "",
        "Session ID": "s-2",
      },
    ],
  },
  {
    name: "a list of forwarders names the client first and is kept whole; ports, brackets and mapped IPv4 are undone",
    records: [
      "192.0.2.7, 198.51.100.1",
      "192.0.2.7:52811",
      "[2001:DB8::7]:443",
      "::ffff:192.0.2.7",
      "2001:db8::7",
      "mail.example",
    ].map((ClientIP, at) => ({
      ...server,
      TimeStamp: `2018-06-20T10:00:0${at}Z`,
      CustomProperties: { Result: "Success", ClientIP },
    })),
    expect: [
      { "Source IP": "192.0.2.7", "Forwarded For": "192.0.2.7, 198.51.100.1" },
      { "Source IP": "192.0.2.7", "Forwarded For": "192.0.2.7:52811" },
      { "Source IP": "2001:db8::7", "Forwarded For": "[2001:DB8::7]:443" },
      { "Source IP": "192.0.2.7", "Forwarded For": "::ffff:192.0.2.7" },
      { "Source IP": "2001:db8::7", "Forwarded For": "" },
      { "Source IP": "mail.example", "Forwarded For": "" },
    ],
  },
  {
    name: "a logon without properties, of an application nobody knows, is a row",
    records: [{ TimeStamp: "2018-06-20T10:00:00Z", AppIdType: "Telnet", ActivityIdType: "ServerLogon" }],
    expect: [{ "Source IP": "", "App Type": "Telnet", User: "", Client: "", Result: "", Mailbox: "" }],
  },
];
