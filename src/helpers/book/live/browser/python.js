/* Loads Python for JupyterLite's kernel and for the cells of a page, in the worker in which it runs.

   The kernel loads this file instead of Pyodide's `pyodide.js` and calls `loadPyodide`.  This function requests all
   files that Python needs at once, from this site or from Pyodide's CDN, and accepts only those whose sha256 is in
   `pyodide-lock.json`.  It reports its progress to the page on a channel: see `page.js`. */
"use strict";

/* Milliseconds after the start of the kernel until it loads the modules that the first cell will need. */
const WHILE_READING = 500;
/* Milliseconds after that until it keeps the bytecode of the modules imported so far. */
const KEEP_AFTER = [10_000, 90_000];

/* The browser's cryptography is asynchronous, and a cell cannot wait for it, but the kernel can before it runs the cell.
   So the hidden tests that a check needs are decrypted here: see `helpers/checks/opening.py`. */
const beforeCells = (files) => `
from pyodide_kernel import kernel_instance

async def prepare_marks(lines):
    if any("check(" in line or "open_marks(" in line for line in lines):
        from helpers.checks.opening import prepare
        await prepare("".join(lines), files="${files}")
    return lines

kernel_instance.lite_transform_manager.line_transforms.append(prepare_marks)
del prepare_marks
`;

self.loadPyodide = async ({ indexURL: here, packages: _skipped, ...options }) => {
  const page = new BroadcastChannel("live-python");
  const tell = (state) => page.postMessage(state);
  try {
    const { python, bytecode } = await startPython(here, tell, options);
    await python.runPythonAsync(beforeCells(new URL("../files/", here).href)); // the kernel imports the same next, but would not report a failure
    tell({ state: "ready" });
    keepNulls();
    setTimeout(() => python.runPythonAsync("import helpers.checks"), WHILE_READING);
    for (const later of KEEP_AFTER) setTimeout(bytecode.keep, later);
    return python;
  } catch (error) {
    tell({ state: "failed", reason: String(error) });
    throw error;
  }
};

/* Start Python; `tell` gets its progress. By default it has all packages of the lock, and requests all of them at once. */
async function startPython(here, tell, { packages, early, ...options } = {}) {
  const lockText = await (await fetch(`${here}pyodide-lock.json`)).text();
  const lock = JSON.parse(lockText);
  const addressOf = (file) => new URL(file, here).href;
  for (const entry of Object.values(lock.packages)) entry.file_name = addressOf(entry.file_name);
  const core = Object.fromEntries(Object.keys(lock.core).map((file) => [file, addressOf(lock.address + file)]));
  const hashes = new Map([
    ...Object.entries(core).map(([file, address]) => [address, lock.core[file]]),
    ...(early ?? Object.keys(lock.packages)).map((name) => [lock.packages[name].file_name, lock.packages[name].sha256]),
  ]);
  const take = fetchEarly(hashes, tell);
  for (const file of ["pyodide.js", "pyodide.asm.js"]) run(await (await take(core[file])).text());
  const python = await self.loadPyodide({
    ...options,
    indexURL: addressOf(lock.address),
    lockFileURL: URL.createObjectURL(new Blob([JSON.stringify(lock)], { type: "application/json" })),
    packages: packages ?? lock.preload,
  });
  return { python, lock, take, bytecode: await useBytecode(python, here, lockText) };
}

/* Request all files now, and return a `fetch` that hands out each of them once, after checking it. */
function fetchEarly(hashes, tell) {
  const plain = self.fetch.bind(self);
  let done = 0;
  const early = new Map();
  for (const [address, sha256] of hashes) {
    const file = plain(address, { integrity: `sha256-${base64(sha256)}` });
    file.then(
      () => tell({ state: "loading", done: ++done, all: hashes.size }),
      () => tell({ state: "failed", reason: address }),
    );
    early.set(address, file);
  }
  self.fetch = (wanted, options) => {
    const address = wanted instanceof Request ? wanted.url : String(wanted);
    const file = early.get(address);
    early.delete(address);
    return file ?? plain(wanted, options);
  };
  return self.fetch;
}

/* Give Python the bytecode of its modules from the last start; return functions that keep it for the next one, and stop.

   A browser that stores nothing, as in some private windows, has to compile them each time. */
async function useBytecode(python, here, lockText) {
  const store = await self.caches?.open("live-bytecode").catch(() => null);
  if (!store) return { keep: async () => {}, stop: () => {} };
  const key = `${here}bytecode-${await digest(new TextEncoder().encode(lockText))}`;
  const kept = new Uint8Array((await (await store.match(key))?.arrayBuffer()) ?? 0);
  const globals = python.toPy({ kept });
  python.runPython(await (await fetch(`${here}bytecode.py`)).text(), { globals });
  globals.delete("kept");
  const keep = async () => {
    const packed = globals.get("pack")();
    if (!packed) return;
    await store.put(key, new Response(packed.toJs())).catch(() => {});
    packed.destroy();
    for (const old of await store.keys()) if (old.url !== key) await store.delete(old);
  };
  return { keep, stop: () => globals.get("stop")() };
}

/* Return the sha256 of bytes, in hexadecimal digits. */
async function digest(bytes) {
  const found = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return [...found].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

function base64(hex) {
  return btoa(String.fromCharCode(...hex.match(/../g).map((byte) => parseInt(byte, 16))));
}

function run(script) {
  importScripts(URL.createObjectURL(new Blob([script], { type: "text/javascript" })));
}

/* Pyodide converts Python's None to `undefined`, which JSON leaves out, so a chart without an axis would get one. */
function keepNulls() {
  const post = self.postMessage.bind(self);
  self.postMessage = (message, ...rest) => {
    const told = message?._kernelMessage;
    for (const data of [told?.bundle?.data, told?.content?.data]) setNulls(data);
    return post(message, ...rest);
  };
}

function setNulls(data) {
  if (!Array.isArray(data) && Object.getPrototypeOf(data ?? 0) !== Object.prototype) return;
  for (const [key, value] of Object.entries(data)) {
    if (value === undefined) data[key] = null;
    else setNulls(value);
  }
}
