/* Runs the cells of pages where they stand: one Python for all open pages of the site, each with its own names.

   It is a SharedWorker where the browser has them, and otherwise a worker for one page. A page sends `{run, code}`, and
   gets `{run, output}` for each output, a MIME bundle, and `{run, ended: "done" or "failed"}`; besides, `{state}` says how
   far Python is. Packages in plain Python are unpacked when a cell first imports them. */
"use strict";

importScripts("python.js");

const HERE = new URL("./", location.href).href;
const KEEP_BYTECODE_AFTER = 4_000; // milliseconds without a cell
const COMPILED = "pandas"; // with NumPy, the only packages that cannot be unpacked at once
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
  const { python, lock, take, keepBytecode } = await startPython(HERE, tell, { packages: [] });
  const wheels = new Map();
  const byImport = new Map();
  const loaded = withWhatItNeeds(COMPILED, lock.packages);
  const taken = Object.entries(lock.packages).map(async ([name, entry]) => {
    for (const module of entry.imports) byImport.set(module, name);
    if (!loaded.has(name)) wheels.set(name, await (await take(entry.file_name)).arrayBuffer());
  });
  const unpack = (module) => {
    const name = byImport.get(module);
    if (wheels.has(name)) python.unpackArchive(wheels.get(name), "wheel");
    wheels.delete(name);
  };
  const globals = python.toPy({});
  python.runPython(await (await fetch(`${HERE}cells.py`)).text(), { globals });
  globals.get("unpack_when_imported")([...byImport.keys()], unpack);
  tell({ state: "ready" });
  let complete = null;
  return {
    /* Load what cannot be unpacked while Python runs, if the code imports a package at all. */
    prepare: (code) => {
      const names = globals.get("list_imports")(code).toJs();
      if (!names.some((name) => byImport.has(name))) return null;
      complete ??= Promise.all([...taken, python.loadPackage(COMPILED, { messageCallback: () => {} })]);
      return complete;
    },
    open: () => globals.get("Session")(),
    keepBytecode,
  };
}

/* Return the names of a package and of all that it depends on. */
function withWhatItNeeds(name, packages) {
  return new Set([name, ...packages[name].depends.flatMap((one) => [...withWhatItNeeds(one, packages)])]);
}

async function runCell(port, session, { run, code }) {
  const python = await start();
  await python.prepare(code);
  session.names ??= python.open();
  const post = (kind, data) => port.postMessage({ run, output: { [kind]: data } });
  const isDone = await session.names.run(code, post);
  port.postMessage({ run, ended: isDone ? "done" : "failed" });
  clearTimeout(keeping);
  keeping = setTimeout(python.keepBytecode, KEEP_BYTECODE_AFTER);
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
