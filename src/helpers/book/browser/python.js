/* Loads Python for JupyterLite's kernel, in the worker in which it runs.

   The kernel takes this file for Pyodide's own `pyodide.js` and calls `loadPyodide`.  Here every file that Python
   needs is asked for at once, whether it lies on this site or with Pyodide's CDN, and none is taken whose sha256 is
   not the one in `pyodide-lock.json`.  The page hears on a channel how far it has come: see `page.js`. */
"use strict";

/* So many milliseconds after the kernel has begun, when it is ready, it loads what the first cell will ask for. */
const WHILE_READING = 500;

self.loadPyodide = async ({ indexURL: here, packages: _skipped, ...options }) => {
  const page = new BroadcastChannel("live-python");
  try {
    const lock = await (await fetch(`${here}pyodide-lock.json`)).json();
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
    await python.runPythonAsync("import pyodide_kernel"); // the kernel does it next; if that failed, nobody would hear
    page.postMessage({ state: "ready" });
    keepNulls();
    setTimeout(() => python.runPythonAsync("import helpers.marking"), WHILE_READING);
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
