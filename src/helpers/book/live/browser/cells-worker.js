/* Runs the cells of pages where they stand: one Python for all open pages of the site, each with its own names.

   It is a SharedWorker where the browser has them, and otherwise a worker for one page. A page sends `{run, code}`, and
   gets `{run, output}` for each output, a MIME bundle, and `{run, ended: "done" or "failed"}`; besides, `{state}` says how
   far Python is. A package is requested and unpacked when a cell first imports it; those that most cells import are
   requested at once. */
"use strict";

importScripts("python.js");

const HERE = new URL("./", location.href).href;
const IDLE = 4_000; // milliseconds without a cell, after which bytecode is kept
const EARLY = ["numpy", "pandas", "python-dateutil", "six", "sino-soviet-split", "lazy-loader"]; // requested at once
const ports = new Set();
let now = { state: "waiting" };
let started = null;
let last = Promise.resolve();
let keeping = 0;

function tell(state) {
  now = state;
  for (const port of ports) port.postMessage(state);
}

function start() {
  started ??= load().catch((error) => {
    started = null; // the next wish tries again
    tell({ state: "failed", reason: String(error) });
    throw error;
  });
  return started;
}

async function load() {
  const { python, lock, take, keepBytecode } = await startPython(HERE, tell, { packages: [], early: EARLY });
  const entries = new Map(Object.values(lock.packages).flatMap((entry) => entry.imports.map((module) => [module, entry])));
  const wheels = new Map();
  const taken = Promise.all(EARLY.map(async (name) => {
    const { file_name: file } = lock.packages[name];
    wheels.set(file, await (await take(file)).arrayBuffer());
  }));
  taken.catch(() => {}); // `prepare` tells it
  const done = new Set();
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
    /* Wait for what was requested early, if the code imports a package at all. */
    prepare: async (code) => {
      const names = globals.get("list_imports")(code).toJs();
      if (names.some((name) => entries.has(name))) await taken;
    },
    open: () => globals.get("Session")(),
    keepBytecode,
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
  const isDone = await session.names.run(code, post);
  port.postMessage({ run, ended: isDone ? "done" : "failed" });
  clearTimeout(keeping);
  keeping = setTimeout(python.keepBytecode, IDLE);
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

if ("onconnect" in self) self.onconnect = ({ ports: [port] }) => serve(port);
else serve(self);
