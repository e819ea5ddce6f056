/* Loads Python for JupyterLite's kernel, in the worker in which it runs.

   The kernel takes this file for Pyodide's own `pyodide.js` and calls `loadPyodide`.  Here every file that Python
   needs is asked for at once, whether it lies on this site or with Pyodide's CDN, and none is taken whose sha256 is
   not the one in `pyodide-lock.json`.  The page hears on a channel how far it has come: see `page.js`. */
"use strict";

/* So many milliseconds after the kernel has begun, when it is ready, it loads what the first cell will ask for. */
const WHILE_READING = 500;
/* And so many after it, it keeps the bytecode of what has been imported by then. */
const KEEP_AFTER = [10_000, 90_000];

/* The browser's own cryptography answers later, and a cell cannot wait for it; the kernel can, before it runs the cell.
   So what a check needs to give marks is opened here: see `helpers/marking/opening.py`. */
const beforeCells = (files) => `
from pyodide_kernel import kernel_instance

async def prepare_marks(lines):
    if any("check(" in line or "open_marks(" in line for line in lines):
        from helpers.marking.opening import prepare
        await prepare("".join(lines), files="${files}")
    return lines

kernel_instance.lite_transform_manager.line_transforms.append(prepare_marks)
del prepare_marks
`;

self.loadPyodide = async ({ indexURL: here, packages: _skipped, ...options }) => {
  const page = new BroadcastChannel("live-python");
  try {
    const lockText = await (await fetch(`${here}pyodide-lock.json`)).text();
    const lock = JSON.parse(lockText);
    const addressOf = (file) => new URL(file, here).href;
    for (const entry of Object.values(lock.packages)) entry.file_name = addressOf(entry.file_name);
    const core = Object.fromEntries(Object.keys(lock.core).map((file) => [file, addressOf(lock.address + file)]));
    const hashes = new Map([
      ...Object.entries(core).map(([file, address]) => [address, lock.core[file]]),
      ...Object.values(lock.packages).map((entry) => [entry.file_name, entry.sha256]),
    ]);
    const take = fetchEarly(hashes, page);
    for (const file of ["pyodide.js", "pyodide.asm.js"]) run(await (await take(core[file])).text());
    const python = await self.loadPyodide({
      ...options,
      indexURL: addressOf(lock.address),
      lockFileURL: URL.createObjectURL(new Blob([JSON.stringify(lock)], { type: "application/json" })),
      packages: lock.preload,
    });
    const keepBytecode = await useBytecode(python, here, lockText);
    await python.runPythonAsync(beforeCells(addressOf("../files/"))); // the kernel imports the same next; if that failed, nobody would hear
    page.postMessage({ state: "ready" });
    keepNulls();
    setTimeout(() => python.runPythonAsync("import helpers.marking"), WHILE_READING);
    for (const later of KEEP_AFTER) setTimeout(keepBytecode, later);
    return python;
  } catch (error) {
    page.postMessage({ state: "failed", reason: String(error) });
    throw error;
  }
};

/* Ask for all files now, and let `fetch` hand each of them out once, checked; return that `fetch`. */
function fetchEarly(hashes, page) {
  const plain = self.fetch.bind(self);
  let done = 0;
  const early = new Map();
  for (const [address, sha256] of hashes) {
    const file = plain(address, { integrity: `sha256-${base64(sha256)}` });
    file.then(
      () => page.postMessage({ state: "loading", done: ++done, all: hashes.size }),
      () => page.postMessage({ state: "failed", reason: address }),
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

/* Let Python take the bytecode of its modules from the last start; return what keeps it for the next one.

   A browser that keeps nothing, as in a private window of some, has to compile them each time. */
async function useBytecode(python, here, lockText) {
  const store = await self.caches?.open("live-bytecode").catch(() => null);
  if (!store) return async () => {};
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(lockText)));
  const key = `${here}bytecode-${[...digest].map((byte) => byte.toString(16).padStart(2, "0")).join("")}`;
  const kept = new Uint8Array((await (await store.match(key))?.arrayBuffer()) ?? 0);
  const globals = python.toPy({ kept });
  python.runPython(await (await fetch(`${here}bytecode.py`)).text(), { globals });
  globals.delete("kept");
  return async () => {
    const packed = globals.get("pack")();
    if (!packed) return;
    await store.put(key, new Response(packed.toJs())).catch(() => {});
    packed.destroy();
    for (const old of await store.keys()) if (old.url !== key) await store.delete(old);
  };
}

function base64(hex) {
  return btoa(String.fromCharCode(...hex.match(/../g).map((byte) => parseInt(byte, 16))));
}

function run(script) {
  importScripts(URL.createObjectURL(new Blob([script], { type: "text/javascript" })));
}

/* Pyodide makes `undefined` of Python's None, and JSON leaves that out: a chart without an axis would get one. */
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
