// Makes the pictures of docs/images: the report of the bundled case as a browser shows it.
//   npm run build && node scripts/screenshots.mjs
// Needs Chromium (Debian: apt-get install chromium; CHROMIUM names another one).
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const here = (relative) => fileURLToPath(new URL(relative, import.meta.url));
const work = mkdtempSync(join(tmpdir(), "alicorn-pictures-"));
const bundle = join(work, "bundle");
const images = here("../docs/images");

/** Name of the picture, the chapter that it shows, and the colours. */
const PICTURES = [
  ["report-answer", undefined, "light"],
  ["report-sessions", "Sessions", "light"],
  ["report-clients", "Clients", "dark"],
];

try {
  const evidence = here("../samples/cases/wire-fraud-60-days/dana.keller@northgate.example.csv");
  const { status } = spawnSync(
    process.execPath,
    [here("../dist/cli.js"), "parse", evidence, "--out", bundle, "--quiet"],
    {
      stdio: "inherit",
    },
  );
  if (status !== 0) throw new Error("The bundled case could not be parsed.");
  mkdirSync(images, { recursive: true });
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox"],
  });
  try {
    for (const [name, heading, colorScheme] of PICTURES) {
      const page = await browser.newPage({ viewport: { width: 1280, height: 860 }, colorScheme });
      await page.goto(pathToFileURL(join(bundle, "report.html")).href);
      await page.waitForTimeout(1500);
      if (heading !== undefined) {
        await page.getByRole("link", { name: heading, exact: true }).first().click();
        // The page glides there.
        await page.waitForTimeout(1500);
      }
      // What lies under the pointer would look chosen.
      await page.mouse.move(0, 0);
      await page.screenshot({ path: join(images, `${name}.png`) });
      await page.close();
    }
  } finally {
    await browser.close();
  }
} finally {
  rmSync(work, { recursive: true, force: true });
}
