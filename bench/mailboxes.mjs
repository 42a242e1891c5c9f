// The same export for many mailboxes: another owner and another store in each, so that no two are taken for one.
import { createReadStream, createWriteStream, mkdirSync } from "node:fs";
import { createInterface } from "node:readline";
import { join } from "node:path";
import { once } from "node:events";

/** How an item id begins in a mailbox's store (base64 of its GUID): as long as what it stands for. */
function storeOf(at, length) {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  let text = "AAMkA";
  for (let seed = at * 7919 + 13; text.length < length; seed = (seed * 48271) % 2147483647) {
    text += letters[seed % letters.length];
  }
  return text;
}

/**
 * Writes copies of an export, each of a mailbox of its own.
 *
 * @param source an export of one mailbox; `owner` is its name in it.
 */
export async function writeMailboxes(source, owner, folder, count) {
  mkdirSync(folder);
  const lines = createInterface({ input: createReadStream(source), crlfDelay: Infinity });
  const files = Array.from({ length: count }, (_, at) => createWriteStream(join(folder, `user${at}.csv`)));
  let store;
  let pieces = files.map(() => "");
  const flush = async () => {
    for (const [at, file] of files.entries()) {
      if (!file.write(pieces[at])) await once(file, "drain");
    }
    pieces = files.map(() => "");
  };
  let waiting = 0;
  for await (const line of lines) {
    store ??= /AAMkA[\w-]{51}/.exec(line)?.[0];
    for (let at = 0; at < count; at++) {
      const owned = line.replaceAll(owner, `user${at}@contoso.example`);
      pieces[at] += `${store === undefined ? owned : owned.replaceAll(store, storeOf(at, store.length))}\n`;
    }
    if (++waiting % 2000 === 0) await flush();
  }
  await flush();
  for (const file of files) {
    file.end();
    await once(file, "finish");
  }
}
