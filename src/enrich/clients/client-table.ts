export type ClientKind = "browser" | "mail-client" | "mobile" | "script" | "attack-tool" | "service" | "unknown";

/** A program that says who it is, and what is made of it. */
interface KnownClient {
  readonly pattern: RegExp;
  readonly family: string;
  readonly kind: ClientKind;
  /** Where the text does not say it. */
  readonly os?: string;
}

/** A product of the list of scripts and tools: a name with `/` or a whole word. */
interface ScriptEntry {
  readonly product: string;
  readonly name: string;
  readonly kind: ClientKind;
}

/**
 * Products that no person reads mail with: command line tools, libraries of programming languages, collectors of
 * directory data, and the two names under which Exchange Online notes password logons of old protocols (BAV2ROPC,
 * CBAInPROD). Public detection rules use this list. Old mail programs and phones log on as BAV2ROPC too.
 */
export const SCRIPTS: readonly ScriptEntry[] = [
  { product: "BAV2ROPC", name: "BAV2ROPC", kind: "script" },
  { product: "CBAInPROD", name: "CBAInPROD", kind: "script" },
  { product: "axios/", name: "axios", kind: "script" },
  { product: "fasthttp", name: "fasthttp", kind: "script" },
  { product: "go-resty/", name: "go-resty", kind: "script" },
  { product: "Go-http-client/", name: "Go-http-client", kind: "script" },
  { product: "GuzzleHttp/", name: "GuzzleHttp", kind: "script" },
  { product: "node-fetch/", name: "node-fetch", kind: "script" },
  { product: "node-fetch", name: "node-fetch", kind: "script" },
  { product: "undici", name: "undici", kind: "script" },
  { product: "okhttp/", name: "okhttp", kind: "script" },
  { product: "curl/", name: "curl", kind: "script" },
  { product: "python-requests/", name: "python-requests", kind: "script" },
  { product: "python/", name: "Python", kind: "script" },
  { product: "Python-urllib/", name: "Python", kind: "script" },
  { product: "PostmanRuntime/", name: "Postman", kind: "script" },
  { product: "PowerShell/", name: "PowerShell", kind: "script" },
  { product: "WindowsPowerShell/", name: "PowerShell", kind: "script" },
  { product: "AzurePowershell/", name: "Azure PowerShell", kind: "script" },
  { product: "AZURECLI/", name: "Azure CLI", kind: "script" },
  { product: "HeadlessChrome/", name: "Headless Chrome", kind: "script" },
  { product: "eMClient/", name: "eM Client", kind: "mail-client" },
  { product: "AADInternals", name: "AADInternals", kind: "attack-tool" },
  { product: "azurehound", name: "AzureHound", kind: "attack-tool" },
  { product: "bloodhound", name: "BloodHound", kind: "attack-tool" },
  { product: "sharphound", name: "SharpHound", kind: "attack-tool" },
];

/**
 * Mail programs by what their agents begin with or hold; a group holds the major version. The first pattern that fits
 * counts. Apple-iPhone agents have a build number instead of a version, so none is read from them.
 */
export const MAIL_CLIENTS: readonly KnownClient[] = [
  { pattern: /^Outlook-iOS-Android\//i, family: "Outlook mobile", kind: "mobile" },
  { pattern: /^Outlook-iOS\b/i, family: "Outlook for iOS", kind: "mobile", os: "iOS" },
  { pattern: /^Outlook-Android\b/i, family: "Outlook for Android", kind: "mobile", os: "Android" },
  {
    pattern: /^(?:MacOutlook|Outlook-Mac)\b(?:\/(\d+))?/i,
    family: "Outlook for Mac",
    kind: "mail-client",
    os: "macOS",
  },
  { pattern: /^Microsoft Office\/(\d+).*(?:Microsoft Outlook|MAPI)/i, family: "Outlook desktop", kind: "mail-client" },
  { pattern: /\bMicrosoft Outlook (\d+)/i, family: "Outlook desktop", kind: "mail-client" },
  { pattern: /^(?:Microsoft Outlook|Outlook)$/i, family: "Outlook desktop", kind: "mail-client" },
  { pattern: /^Microsoft Office\/(\d+)/i, family: "Microsoft Office", kind: "mail-client" },
  { pattern: /^Apple-(?:iPhone|iPad|iPod)/i, family: "iOS Mail", kind: "mobile", os: "iOS" },
  { pattern: /^(?:iOS|iPadOS|iPhone OS)\/(\d+)/i, family: "iOS Mail", kind: "mobile", os: "iOS" },
  { pattern: /^(?:Mac[ _]OS[ _]X|macOS)\/(\d+)/i, family: "Apple Mail", kind: "mail-client", os: "macOS" },
  { pattern: /^AppleExchangeWebServices\//i, family: "Apple Mail", kind: "mail-client", os: "macOS" },
  { pattern: /^(?:Android|SAMSUNG|LG|Moto)[-/]/i, family: "Android Mail", kind: "mobile", os: "Android" },
  { pattern: /^MSFT-(?:WP|PPC|SPhone)\b/i, family: "Windows Phone Mail", kind: "mobile", os: "Windows Phone" },
  { pattern: /^MSFT-WIN\b/i, family: "Windows Mail", kind: "mail-client", os: "Windows" },
  { pattern: /\bThunderbird\/(\d+)/, family: "Thunderbird", kind: "mail-client" },
  { pattern: /^(?:UCCAPI|OC|OfficeLync)\//i, family: "Skype for Business", kind: "mail-client" },
  { pattern: /\bMicrosoft WinRM Client\b/i, family: "Exchange PowerShell", kind: "script" },
];

/** What a name behind `Client=` stands for. */
interface ExchangeClient {
  readonly name: string;
  readonly kind: ClientKind;
  /** Where it is no program: `protocol`, behind which any program can stand, or `server`, a process of Exchange's own. */
  readonly level?: "protocol" | "server";
}

/**
 * The part behind `Client=` of the string that Exchange keeps of a session (Exchange's client types; the cloud's
 * own as audit logs show them). Keys in lower case.
 */
export const EXCHANGE_CLIENTS: ReadonlyMap<string, ExchangeClient> = new Map<string, ExchangeClient>([
  ["owa", { name: "Outlook on the web", kind: "browser", level: "protocol" }],
  ["rest", { name: "Client=REST", kind: "service", level: "protocol" }],
  ["restsystem", { name: "Client=RESTSystem", kind: "service", level: "server" }],
  ["webservices", { name: "Exchange Web Services", kind: "service", level: "protocol" }],
  ["exchangewebservices", { name: "Exchange Web Services", kind: "service", level: "protocol" }],
  ["outlookservice", { name: "Outlook mobile", kind: "mobile" }],
  ["msexchangerpc", { name: "Outlook desktop", kind: "mail-client" }],
  ["microsoft.exchange.mapi", { name: "Outlook desktop", kind: "mail-client" }],
  ["microsoft.exchange.rpc", { name: "Outlook desktop", kind: "mail-client" }],
  ["activesync", { name: "ActiveSync device", kind: "mobile", level: "protocol" }],
  ["microsoft.exchange.activesync", { name: "ActiveSync device", kind: "mobile", level: "protocol" }],
  ["pop3/imap4", { name: "IMAP4/POP3 client", kind: "mail-client", level: "protocol" }],
  ["microsoft.exchange.imap4", { name: "IMAP4 client", kind: "mail-client", level: "protocol" }],
  ["microsoft.exchange.pop3", { name: "POP3 client", kind: "mail-client", level: "protocol" }],
  ["hub transport", { name: "Hub Transport", kind: "service", level: "server" }],
  ["hub", { name: "Hub Transport", kind: "service", level: "server" }],
  ["powershell", { name: "Exchange PowerShell", kind: "script" }],
  ["microsoft.exchange.powershell", { name: "Exchange PowerShell", kind: "script" }],
  ["tba", { name: "Mailbox assistant", kind: "service", level: "server" }],
  ["eba", { name: "Mailbox assistant", kind: "service", level: "server" }],
  ["transportsync", { name: "Client=TransportSync", kind: "service", level: "server" }],
  ["management", { name: "Client=Management", kind: "service", level: "server" }],
  ["monitoring", { name: "Client=Monitoring", kind: "service", level: "server" }],
  ["maintenance", { name: "Client=Maintenance", kind: "service", level: "server" }],
  ["elc", { name: "Client=ELC", kind: "service", level: "server" }],
  ["ediscoverysearch", { name: "Client=EDiscoverySearch", kind: "service", level: "server" }],
  ["msexchangemigration", { name: "Client=MSExchangeMigration", kind: "service", level: "server" }],
]);

/** Browsers by their bare names, as a Logon record may have them; keys in lower case. */
export const BARE_BROWSERS: ReadonlyMap<string, string> = new Map([
  ["chrome", "Chrome"],
  ["chromium", "Chromium"],
  ["firefox", "Firefox"],
  ["ie", "Internet Explorer"],
  ["msie", "Internet Explorer"],
  ["internet explorer", "Internet Explorer"],
  ["internetexplorer", "Internet Explorer"],
  ["edge", "Microsoft Edge"],
  ["edg", "Microsoft Edge"],
  ["microsoft edge", "Microsoft Edge"],
  ["safari", "Safari"],
  ["opera", "Opera"],
]);
