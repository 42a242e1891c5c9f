import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { clientOf, clientOfRecord } from "../../../src/enrich/clients/user-agent.ts";

const WINDOWS_CHROME = (version: string, windows = "10.0") =>
  `Mozilla/5.0 (Windows NT ${windows}; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${version} Safari/537.36`;
const CHROME = WINDOWS_CHROME("64.0.3282.186");
const FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:52.0) Gecko/20100101 Firefox/52.0";
const SAFARI =
  "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_13_4) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/11.1 Safari/605.1.15";
const IPHONE =
  "Mozilla/5.0 (iPhone; CPU iPhone OS 11_2_6 like Mac OS X) AppleWebKit/604.5.6 (KHTML, like Gecko) Version/11.0 Mobile/15D100 Safari/604.1";
const EDGE =
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/64.0.3282.140 Safari/537.36 Edge/17.17134";
const IE = "Mozilla/5.0 (Windows NT 6.1; WOW64; Trident/7.0; rv:11.0) like Gecko";
const IE_AS_7 = "Mozilla/4.0 (compatible; MSIE 7.0; Windows NT 6.1; Trident/7.0; .NET4.0C)";
const POWERSHELL = "Mozilla/5.0 (Windows NT; Windows NT 10.0; en-US) WindowsPowerShell/5.1.17763.1971";

describe("clientOf", () => {
  test.each<readonly [agent: string, name: string, kind: string, major: number | undefined]>([
    [CHROME, "Chrome on Windows 10", "browser", 64],
    [WINDOWS_CHROME("63.0.3239.132", "6.1"), "Chrome on Windows 7", "browser", 63],
    [FIREFOX, "Firefox on Linux", "browser", 52],
    [SAFARI, "Safari on macOS", "browser", 11],
    [IPHONE, "Safari on iOS", "browser", 11],
    [EDGE, "Microsoft Edge on Windows 10", "browser", 17],
    [IE, "Internet Explorer on Windows 7", "browser", 11],
    [IE_AS_7, "Internet Explorer on Windows 7", "browser", 11],
    ["Mozilla/4.0 (compatible; MSIE 7.0; Windows NT 6.0)", "Internet Explorer on Windows Vista", "browser", 7],
    // As a Logon record may have it.
    ["Chrome", "Chrome", "browser", undefined],
    ["Firefox", "Firefox", "browser", undefined],
    ["IE", "Internet Explorer", "browser", undefined],
    ["Safari", "Safari", "browser", undefined],
    ["edge", "Microsoft Edge", "browser", undefined],
    ["IE 11", "Internet Explorer", "browser", 11],
    ["Chrome 64.0", "Chrome", "browser", 64],
    // Mail programs.
    ["Microsoft Office/16.0 (Windows NT 10.0; Microsoft Outlook 16.0.9126; Pro)", "Outlook desktop", "mail-client", 16],
    ["Microsoft Office/15.0 (Windows NT 6.1; MAPI 15.0.5015; Pro)", "Outlook desktop", "mail-client", 15],
    [
      "Mozilla/4.0 (compatible; ms-office; MSOffice 16; Microsoft Outlook 16.0.4266)",
      "Outlook desktop",
      "mail-client",
      16,
    ],
    ["Microsoft Office/16.0 (Windows NT 10.0; Microsoft Excel 16.0.9126; Pro)", "Microsoft Office", "mail-client", 16],
    [
      "MacOutlook/16.11.18031100 (Intelx64 Mac OS X Version 10.13.4 (Build 17E202))",
      "Outlook for Mac",
      "mail-client",
      16,
    ],
    ["Outlook-iOS/2.0", "Outlook for iOS", "mobile", undefined],
    ["Outlook-Android/2.0", "Outlook for Android", "mobile", undefined],
    ["Outlook-iOS-Android/1.0", "Outlook mobile", "mobile", undefined],
    ["Apple-iPhone9C1/1402.100", "iOS Mail", "mobile", undefined],
    ["Apple-iPad6C11/1505.302", "iOS Mail", "mobile", undefined],
    ["iOS/11.2.6 (15D100) exchangesyncd/1.0", "iOS Mail", "mobile", 11],
    ["Mac OS X/10.13.4 (17E202)", "Apple Mail", "mail-client", 10],
    ["Android-SAMSUNG-SM-G950F/101.80000", "Android Mail", "mobile", undefined],
    ["Mozilla/5.0 (Windows NT 6.1; rv:52.0) Gecko/20100101 Thunderbird/52.6.0", "Thunderbird", "mail-client", 52],
    // Strings of sessions in Exchange.
    ["Client=OWA;Action=ViaProxy", "Outlook on the web", "browser", undefined],
    [`Client=OWA;${CHROME}`, "Chrome on Windows 10", "browser", 64],
    ["Client=REST;;", "Client=REST", "service", undefined],
    ["Client=REST;Client=RESTSystem;;", "Client=RESTSystem", "service", undefined],
    ["Client=WebServices;10.5.2.0ES10;", "Exchange Web Services", "service", undefined],
    [
      "Client=WebServices;ExchangeWebServicesProxy/CrossSite/EXCH/15.20.7249.024/python-requests/2.25.1[AppId=47629505-c2b6-4a80-adb1-9b3a3d233b7b];",
      "python-requests",
      "script",
      2,
    ],
    [
      "Client=WebServices;UserAgent=Microsoft Office/14.0 (Windows NT 6.1; Microsoft Outlook 14.0.6129; Pro)",
      "Outlook desktop",
      "mail-client",
      14,
    ],
    ["Client=WebServices;eMClient/8.1", "eM Client", "mail-client", 8],
    ["Client=ExchangeWebServices;x", "Exchange Web Services", "service", undefined],
    ["Client=MSExchangeRPC", "Outlook desktop", "mail-client", undefined],
    ["Client=OutlookService;Outlook-iOS/2.0;", "Outlook for iOS", "mobile", undefined],
    ["Client=OutlookService", "Outlook mobile", "mobile", undefined],
    ["Client=OutlookService;Outlook-Mac/16.80;", "Outlook for Mac", "mail-client", 16],
    ["Client=OutlookService;Build 16.80 on macOS;", "Outlook for Mac", "mail-client", undefined],
    ["Client=OutlookService;Windows 11;", "Outlook for Windows", "mail-client", undefined],
    ["Client=OutlookService;Windows Phone 8;", "Outlook mobile", "mobile", undefined],
    [
      "Client=ActiveSync;UserAgent=Apple-iPhone9C1/1402.100;Version=160;Action=/Microsoft-Server-ActiveSync/default.eas",
      "iOS Mail",
      "mobile",
      undefined,
    ],
    ["Client=ActiveSync", "ActiveSync device", "mobile", undefined],
    ["Client=POP3/IMAP4;Protocol=IMAP4", "IMAP4 client", "mail-client", undefined],
    ["Client=POP3/IMAP4;Protocol=POP3", "POP3 client", "mail-client", undefined],
    ["Client=POP3/IMAP4", "IMAP4/POP3 client", "mail-client", undefined],
    ["client=hub transport", "Hub Transport", "service", undefined],
    ["Client=TBA;Service=MSExchangeMailboxAssistants;Action=ELCAssistant;", "Mailbox assistant", "service", undefined],
    ["Client=Microsoft.Exchange.Powershell; Microsoft WinRM Client", "Exchange PowerShell", "script", undefined],
    ["Client=Microsoft.Exchange.Autodiscover;", "Microsoft.Exchange.Autodiscover", "service", undefined],
    ["Client=Something;x", "Client=Something", "unknown", undefined],
    ["FooMail/1.2 (x)", "FooMail", "unknown", undefined],
    ["", "", "unknown", undefined],
    ["  ", "", "unknown", undefined],
  ])("%s", (agent, name, kind, major) => {
    expect(clientOf(agent)).toMatchObject({ name, kind, major });
    // From memory now.
    expect(clientOf(agent)).toMatchObject({ name, kind, major });
  });

  test.each([
    [CHROME, "Chrome", "Windows 10"],
    [SAFARI, "Safari", "macOS"],
    ["Chrome", "Chrome", ""],
    ["Microsoft Office/16.0 (Windows NT 6.1; Microsoft Outlook 16.0.9126; Pro)", "Outlook desktop", "Windows 7"],
    ["Outlook-iOS/2.0", "Outlook for iOS", "iOS"],
    ["", "", ""],
  ])("%s is of a family and a system", (agent, family, os) => {
    expect(clientOf(agent)).toMatchObject({ family, os });
  });

  test.each([
    ["BAV2ROPC", "BAV2ROPC", "script"],
    ["CBAInPROD", "CBAInPROD", "script"],
    ["axios/0.21.1", "axios/", "script"],
    ["fasthttp", "fasthttp", "script"],
    ["go-resty/2.7.0 (https://github.com/go-resty/resty)", "go-resty/", "script"],
    ["Go-http-client/1.1", "Go-http-client/", "script"],
    ["GuzzleHttp/6.3.3 curl/7.58 PHP/7.2", "GuzzleHttp/", "script"],
    ["node-fetch/1.0 (+https://github.com/bitinn/node-fetch)", "node-fetch/", "script"],
    ["node-fetch", "node-fetch", "script"],
    ["undici", "undici", "script"],
    ["okhttp/3.12.0", "okhttp/", "script"],
    ["curl/7.68.0", "curl/", "script"],
    ["CURL/7", "curl/", "script"],
    ["my tool curl/7", "curl/", "script"],
    ["proxy/curl/7", "curl/", "script"],
    ["python-requests/2.25.1", "python-requests/", "script"],
    ["Python/3.9 aiohttp/3.8.1", "python/", "script"],
    ["PostmanRuntime/7.28", "PostmanRuntime/", "script"],
    ["PowerShell/7.1", "PowerShell/", "script"],
    [POWERSHELL, "WindowsPowerShell/", "script"],
    ["AzurePowershell/Az4.0", "AzurePowershell/", "script"],
    ["AZURECLI/2.0", "AZURECLI/", "script"],
    ["eMClient/7.1.31849.0", "eMClient/", "mail-client"],
    ["AADInternals", "AADInternals", "attack-tool"],
    ["azurehound/v1.2.3", "azurehound", "attack-tool"],
    ["BloodHound", "bloodhound", "attack-tool"],
    ["SharpHound/1.0", "sharphound", "attack-tool"],
    ["Client=WebServices;UserAgent=curl/7", "curl/", "script"],
  ])("%s is on the list as %s", (agent, script, kind) => {
    expect(clientOf(agent)).toMatchObject({ script, kind });
  });

  test.each([
    "securl/1",
    "libcurl-like",
    "curling/2",
    "cpython/3.9",
    "monty-python/1",
    "maxios/1",
    "notokhttp/3",
    "BAV2ROPCX",
    "undicious",
    "my-node-fetch-er",
    "fasthttpd",
    "python",
    "sharphounds",
    CHROME,
    FIREFOX,
    "Client=WebServices;securl/1",
    "",
  ])("%s is on no list", (agent) => {
    const { script, kind } = clientOf(agent);
    expect(script).toBeUndefined();
    expect(["script", "attack-tool"]).not.toContain(kind);
  });

  test("says something short and the same again of whatever it is given", () => {
    const piece = fc.constantFrom(
      "Client=",
      "OWA",
      ";",
      "Mozilla/5.0",
      " ",
      "(",
      "Windows NT 10.0",
      "curl/",
      "Chrome/6",
      "/",
      "UserAgent=",
      "\ud800",
      "=",
      "Microsoft Outlook 1",
      "__proto__",
      "constructor",
    );
    const agent = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.array(piece).map((pieces) => pieces.join("")),
    );
    fc.assert(
      fc.property(agent, (agent) => {
        const client = clientOf(agent);
        expect(clientOf(agent)).toEqual(client);
        expect(client.name.length).toBeLessThan(100);
        expect(client.name === "").toBe(agent.trim() === "");
      }),
      { numRuns: 1000 },
    );
  });

  test("reads no more of a forged agent than a real one has", () => {
    const start = performance.now();
    for (const unit of [
      "(",
      " ",
      "a/",
      "Windows ",
      "Client=",
      "Mozilla/5.0 (",
      "mac os x 1_1 ",
      "Microsoft Office/1 ",
    ]) {
      clientOf(unit.repeat(100_000));
    }
    expect(performance.now() - start).toBeLessThan(2_000);
  });

  test("remembers more agents than its memory holds", () => {
    for (let index = 0; index < 10_500; index += 1) clientOf(`FooMail${index}/1`);
    expect(clientOf("FooMail3/1").name).toBe("FooMail3");
  });
});

describe("clients of audit records", () => {
  test.each([
    ["Client=OWA;Action=ViaProxy", "protocol"],
    ["Client=REST;;", "protocol"],
    ["Client=WebServices;ExchangeWebServices", "protocol"],
    ["Client=POP3/IMAP4;Protocol=IMAP4", "protocol"],
    ["Client=ActiveSync", "protocol"],
    ["Client=REST;Client=RESTSystem;;", "server"],
    ["Client=Hub Transport", "server"],
    ["Client=Microsoft.Exchange.Autodiscover;", "server"],
    ["Client=MSExchangeRPC", "program"],
    ["Client=OutlookService;Outlook-iOS/2.0;", "program"],
    ["Client=WebServices;eMClient/8.1", "program"],
    // An agent of the client's own choice makes no server of it.
    ["Client=WebServices;Client=RESTSystem;;", "protocol"],
    [CHROME, "program"],
  ])("%s names a %s", (text, level) => {
    expect(clientOf(text).level).toBe(level);
  });

  test.each([
    ["Client=WebServices;ExchangeServicesClient/15.00.0913.015;", "Exchange Web Services (ExchangeServicesClient)"],
    [
      "Client=WebServices;ExchangeWebServicesProxy/CrossSite/EXCH/15.20.7249.024/SomeTool/1.0[AppId=1];",
      "Exchange Web Services (SomeTool)",
    ],
    ["Client=WebServices;ExchangeWebServices/1.0", "Exchange Web Services"],
    ["Client=BAV2ROPC", "BAV2ROPC"],
    ["Client=CBAInPROD;", "CBAInPROD"],
    ["Client=WebServices;exchangelib/5.0.2 (python-requests/2.31.0)", "python-requests"],
  ])("%s is %s", (text, name) => {
    expect(clientOf(text).name).toBe(name);
  });

  test.each([
    ["Client=OWA;Action=ViaProxy", CHROME, "Chrome on Windows 10"],
    ["Client=OWA;Action=ViaProxy", "", "Outlook on the web"],
    ["", CHROME, "Chrome on Windows 10"],
    ["", "", ""],
    ["Client=MSExchangeRPC", "SomeTool/1.0", "Outlook desktop"],
    ["Client=MSExchangeRPC", "python-requests/2.31.0", "python-requests"],
    [
      "Client=REST;Client=RESTSystem;;",
      "[NoUserAgent][AppId=00000003-0000-0000-c000-000000000000];",
      "Client=RESTSystem",
    ],
    ["Client=REST;Client=RESTSystem;;", "SomeTool/1.0[AppId=00000003-0000-0000-c000-000000000000];", "SomeTool"],
  ])("of %s and the agent %s, %s", (clientInfo, userAgent, name) => {
    expect(clientOfRecord(clientInfo, userAgent).name).toBe(name);
  });
});
