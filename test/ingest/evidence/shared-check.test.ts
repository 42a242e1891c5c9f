import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openFile } from "../../../src/ingest/evidence/byte-source.ts";
import { checkInput } from "../../../src/ingest/evidence/check-input.ts";
import { InputError } from "../../../src/ingest/evidence/input-error.ts";
import { doneCheck, sharedCheck } from "../../../src/ingest/evidence/shared-check.ts";
import { openOne, temporaryFolder } from "./support.ts";

const folder = temporaryFolder();

test("stops when the last holder lets go", async () => {
  let stopped = 0;
  const result = Promise.resolve({ bytes: 1, sha256: "", utf8: false });
  const check = sharedCheck(() => ({ result, stop: () => stopped++ }));
  check.release();
  expect(stopped).toBe(0);
  const running = sharedCheck(() => ({ result, stop: () => stopped++ }));
  expect(await running.found).toMatchObject({ utf8: false });
  expect(await running.asText).toMatchObject({ utf8: true });
  running.hold();
  running.release();
  expect(stopped).toBe(0);
  running.release();
  expect(stopped).toBe(1);
});

test("a check that is done stays done", async () => {
  const check = doneCheck({ bytes: 1, sha256: "ab", utf8: true });
  check.release();
  expect(await check.found).toEqual({ bytes: 1, sha256: "ab", utf8: true });
});

test("a running check is stopped, and the next one goes on", async () => {
  const path = join(folder, "large");
  writeFileSync(path, Buffer.alloc(40 << 20, "a"));
  const source = openFile(path, "large");
  const first = checkInput(source, "large");
  const queued = checkInput(source, "large");
  const last = checkInput(source, "large");
  first.stop();
  queued.stop();
  await expect(first.result).rejects.toBeInstanceOf(InputError);
  await expect(queued.result).rejects.toThrow(/The check of large was stopped/);
  expect(await last.result).toMatchObject({ bytes: 40 << 20, utf8: true });
  last.stop();
  source.close();
});

test("closing evidence stops its check", async () => {
  const evidence = await openOne(folder, "large.csv", Buffer.alloc(40 << 20, "a"));
  const { checked } = evidence;
  evidence.close();
  evidence.close();
  await expect(checked).rejects.toThrow(/was stopped/);
});
