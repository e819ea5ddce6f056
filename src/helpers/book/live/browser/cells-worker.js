/* Runs the cells of pages where they stand: one Python for all open pages of the site, each with its own names.

   It is a SharedWorker where the browser has them, and otherwise a worker for one page. A page sends `{run, code}`, and
   gets `{run, output}` for each output, a MIME bundle, and `{run, ended: "done" or "failed"}`; besides, `{state}` says how
   far Python is. A package is unpacked when a cell first imports it. When nothing has run for a while, and no snapshot of
   Python is kept (`snapshot.js`), one page is asked to start this script once more, with the name "keep": it makes one. */
"use strict";

importScripts("python.js", "snapshot.js");

const HERE = new URL("./", location.href).href;
const IDLE = 4_000; // milliseconds without a cell
const EARLY = ["numpy", "pandas", "python-dateutil", "six", "sino-soviet-split", "lazy-loader"]; // requested at once
const IN_SNAPSHOT = "from helpers import load_paragraphs\nload_paragraphs().head()._repr_html_()";
const ports = new Set();
let now = { state: "waiting" };
let started = null;
let last = Promise.resolve();
let keeping = 0;
let hasAsked = false;

function tell(state) {
  now = state;
  for (const port of ports) port.postMessage(state);
}

function start() {
  started ??= restore().catch((error) => {
    started = null; // the next wish tries again
    tell({ state: "failed", reason: String(error) });
    throw error;
  });
  return started;
}

/* Start Python from the snapshot; if there is none or it does not work, from its files. */
async function restore() {
  try {
    const snapshot = self.caches && (await readSnapshot(HERE));
    if (snapshot) return await load(snapshot);
  } catch (error) {
    console.warn(error);
    await forgetSnapshots().catch(() => {}); // a browser that stores nothing has none
    delete self._createPyodideModule;
  }
  return load({ early: EARLY });
}

async function load({ early = [], unpacked = [], options, trust }) {
  const { python, lock, take, bytecode } = await startPython(HERE, tell, { packages: [], early, ...options });
  const entries = new Map(Object.values(lock.packages).flatMap((entry) => entry.imports.map((module) => [module, entry])));
  const wheels = new Map();
  const taken = Promise.all(early.map(async (name) => {
    const { file_name: file } = lock.packages[name];
    wheels.set(file, await (await take(file)).arrayBuffer());
  }));
  taken.catch(() => {}); // `prepare` tells it
  const done = new Set(unpacked);
  const globals = python.toPy({});
  const unpack = (module) => {
    const { file_name: file, sha256 } = entries.get(module);
    if (done.has(file)) return;
    const wheel = wheels.get(file) ?? download(file);
    if (!wheels.has(file)) globals.get("check")(wheel, sha256); // the others were checked by the browser
    python.unpackArchive(wheel, "wheel", { extractDir: globals.get("PACKAGES") });
    wheels.delete(file);
    done.add(file);
  };
  python.runPython(await (await fetch(`${HERE}cells.py`)).text(), { globals });
  globals.get("unpack_when_imported")([...entries.keys()], unpack);
  tell({ state: "ready" });
  return {
    python,
    done,
    isRestored: Boolean(trust),
    trust,
    /* Wait for what was requested early, if the code imports a package at all. */
    prepare: async (code) => {
      const names = globals.get("list_imports")(code).toJs();
      if (names.some((name) => entries.has(name))) await taken;
    },
    open: () => globals.get("Session")(),
    keepBytecode: bytecode.keep,
    stop: () => {
      globals.get("stop_unpacking")();
      bytecode.stop();
    },
  };
}

/* Request a file and wait for it: Python cannot go on without it. */
function download(file) {
  const request = new XMLHttpRequest();
  request.open("GET", file, false);
  request.responseType = "arraybuffer";
  request.send();
  if (request.status !== 200) throw new Error(`${file} cannot be loaded.`);
  return request.response;
}

async function runCell(port, session, { run, code }) {
  const python = await start();
  await python.prepare(code);
  session.names ??= python.open();
  const post = (kind, data) => port.postMessage({ run, output: { [kind]: data } });
  const isDone = await session.names.run(code, post).catch((error) => {
    if (python.isRestored) giveUp(session);
    throw error;
  });
  port.postMessage({ run, ended: isDone ? "done" : "failed" });
  python.trust?.().catch(() => {});
  python.trust = null;
  clearTimeout(keeping);
  keeping = setTimeout(() => keep(python, port), IDLE);
}

/* Python has crashed, perhaps because of the snapshot: start without it next time. */
function giveUp(session) {
  session.names = started = null;
  forgetSnapshots().catch(() => {});
}

async function keep(python, port) {
  await python.keepBytecode();
  if (hasAsked || python.isRestored || !(await wantSnapshot(HERE).catch(() => false))) return;
  hasAsked = true; // if it cannot be made, it is not tried again during this visit
  port.postMessage({ keep: "snapshot" });
}

async function keepSnapshot() {
  if (!(await wantSnapshot(HERE))) return;
  const seen = watchLibraries();
  const { python, done, prepare, stop } = await load({ early: EARLY, options: { _makeSnapshot: true } });
  await prepare(IN_SNAPSHOT);
  python.runPython(IN_SNAPSHOT, { globals: python.toPy({}) });
  stop();
  await writeSnapshot(HERE, python, seen, [...done]);
}

function serve(port) {
  const session = { names: null };
  ports.add(port);
  port.postMessage(now);
  port.onmessage = ({ data }) => {
    if (data.wish) start().catch(() => {});
    if (data.forget) session.names = null;
    if (!data.run) return;
    // Cells of two pages take turns, because both write to the same Python.
    last = last.then(() => runCell(port, session, data)).catch((error) => {
      port.postMessage({ run: data.run, ended: "lost", reason: String(error) });
    });
  };
}

if (self.name === "keep") {
  // Of two pages, one makes it.
  const alone = navigator.locks.request("live-snapshot", { ifAvailable: true }, (lock) => lock && keepSnapshot());
  alone.catch(console.warn).finally(() => self.close());
} else if ("onconnect" in self) self.onconnect = ({ ports: [port] }) => serve(port);
else serve(self);
