/* Keeps Python's memory for the next visit, with pandas imported, so that nothing has to be compiled or imported again.

   Pyodide can save and restore its memory, but not with compiled libraries, of which NumPy and pandas have 65. Their code
   is outside the memory, at places in a table that the memory refers to. So this script notes where each library was
   loaded, and loads it there again before the memory is restored. The snapshot is made in a worker that runs no cell, so it
   contains nothing that a reader has written. It is valid for one version of the site's Python in one browser. */
"use strict";

const STORE = "live-snapshot";
const TRIAL = "-trial";
const MEMORY = 4; // gigabytes; machines with less keep nothing
const ROOM = 2e9; // bytes that the browser must offer this site, so that a student's own work has room beside the snapshot

/* Return what is kept for this version and this browser, as options for `loadPyodide`, or null.

   It is on trial until `trust` is called: if the page ended before that, perhaps because of the snapshot, it is not read
   again. */
async function readSnapshot(here) {
  const store = await caches.open(STORE);
  const key = await snapshotKey(here);
  const kept = await store.match(key);
  if (!kept) return null;
  if (await store.match(key + TRIAL)) throw new Error("The last start from this snapshot did not succeed.");
  await store.put(key + TRIAL, new Response());
  const sizes = JSON.parse(kept.headers.get("sizes"));
  const all = await kept.arrayBuffer();
  if ((await digest(all)) !== kept.headers.get("sha256")) throw new Error("The snapshot is damaged.");
  const [memory, files, notes] = sizes.map(([start, end]) => new Uint8Array(all, start, end - start));
  const { unpacked, files: places, ...libraries } = JSON.parse(new TextDecoder().decode(notes));
  hookModule((module) => restoreLibraries(module, libraries));
  return {
    unpacked,
    options: { _loadSnapshot: memory, fsInit: (system) => restoreFiles(system, places, files) },
    trust: () => store.delete(key + TRIAL),
  };
}

/* Keep the memory of a Python that runs nothing; `seen` is what `watchLibraries` returned before Python was loaded. */
async function writeSnapshot(here, python, seen, unpacked) {
  const { files, contents } = listFiles(python.FS);
  const notes = { ...noteLibraries(python._module, seen), files, unpacked };
  for (const name of Object.keys(python.loadedPackages)) delete python.loadedPackages[name];
  const memory = python.makeMemorySnapshot();
  let end = 0;
  const parts = [new Blob([memory]), new Blob(contents), new Blob([JSON.stringify(notes)])]; // the memory must be aligned
  const sizes = JSON.stringify(parts.map(({ size }) => [end, (end += size)]));
  const all = await new Blob(parts).arrayBuffer();
  const kept = new Response(all, { headers: { sizes, sha256: await digest(all) } });
  await forgetSnapshots();
  await (await caches.open(STORE)).put(await snapshotKey(here), kept); // one entry: it is there completely or not at all
}

/* Return whether a snapshot is missing here, and this browser has room for one. */
async function wantSnapshot(here) {
  if ((navigator.deviceMemory ?? MEMORY) < MEMORY) return false;
  const store = await caches.open(STORE);
  const { quota, usage } = await navigator.storage.estimate();
  return quota - usage > ROOM && !(await store.match(await snapshotKey(here)));
}

async function forgetSnapshots() {
  const store = await caches.open(STORE);
  for (const old of await store.keys()) await store.delete(old);
}

/* The key changes with the site's Python, with the browser, and with the time zone, which Python reads when it starts. */
async function snapshotKey(here) {
  const lock = await (await fetch(`${here}pyodide-lock.json`)).text();
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return `${here}snapshot-${await digest(new TextEncoder().encode(lock + navigator.userAgent + zone))}`;
}

/* Run a function on Pyodide's module between its making and the restoring of the memory. */
function hookModule(act) {
  Object.defineProperty(self, "_createPyodideModule", {
    configurable: true,
    set: (create) => {
      const value = async (settings) => {
        const module = await create(settings);
        await act(module);
        return module;
      };
      Object.defineProperty(self, "_createPyodideModule", { configurable: true, writable: true, value });
    },
  });
}

// --- compiled libraries ---

/* Note where compiled libraries are loaded from now on, in this order. */
function watchLibraries() {
  const seen = [];
  WebAssembly.Instance = new Proxy(WebAssembly.Instance, {
    construct(Instance, [module, imports]) {
      const { __memory_base: memory, __table_base: table } = imports?.env ?? {};
      if (memory !== undefined) seen.push({ memory, table });
      return new Instance(module, imports);
    },
  });
  return seen;
}

/* Return where each library is, and each function that the memory refers to. */
function noteLibraries(module, seen) {
  const { LDSO, GOT, FS, wasmTable } = module;
  const main = LDSO.loadedLibsByName.__main__.exports;
  const libraries = [...new Set(Object.values(LDSO.loadedLibsByName))].filter(({ exports }) => exports !== main);
  if (libraries.length !== seen.length) throw new Error("The compiled libraries were not all seen.");
  const indices = (byName) => Object.entries(byName).map(([name, one]) => [name, libraries.indexOf(one)]).filter(([, n]) => n >= 0);
  const origin = new Map(); // of a function: the number of its library, or -1 for Python itself, and its name
  for (const [n, exports] of [[-1, main], ...libraries.map(({ exports }, n) => [n, exports])]) {
    for (const [name, one] of Object.entries(exports)) if (typeof one === "function" && !origin.has(one)) origin.set(one, [n, name]);
  }
  const wrapped = new Map(); // functions of JavaScript are wrapped in the table
  for (const [name, one] of Object.entries(main)) if (typeof one === "function") wrapped.set(module.getFunctionAddress(one), name);
  const slots = [];
  const sizes = libraries.map(({ name }) => module.getDylinkMetadata(FS.readFile(name)).tableSize);
  const first = Math.min(...seen.map(({ table }) => table));
  const isFilled = (slot) => seen.some(({ table }, n) => slot >= table && slot < table + sizes[n]);
  for (let slot = 1; slot < wasmTable.length; slot++) {
    const one = wasmTable.get(slot);
    if (!one || isFilled(slot)) continue;
    const from = origin.get(one) ?? [null, wrapped.get(slot)];
    if (!from[1] && slot < first) continue; // Python itself fills it
    if (!from[1]) throw new Error(`The function at ${slot} of the table is not known.`);
    slots.push([slot, ...from]);
  }
  return {
    length: wasmTable.length,
    libraries: seen.map((where, n) => ({ ...where, name: libraries[n].name, global: libraries[n].global })),
    names: indices(LDSO.loadedLibsByName),
    handles: indices(LDSO.loadedLibsByHandle),
    places: Object.entries(GOT).map(([name, { value }]) => [name, value]),
    aliases: Object.entries(main).map(([name, one]) => [name, origin.get(one)?.[1]]).filter(([name, first]) => first && first !== name),
    slots,
  };
}

/* Load each library where it was, without its initial data, which is part of the memory. */
async function restoreLibraries(module, { length, libraries: noted, names, handles, places, aliases, slots }) {
  const { LDSO, GOT, FS, wasmTable } = module;
  const main = LDSO.loadedLibsByName.__main__.exports;
  for (const [name, first] of aliases) main[name] ??= main[first];
  wasmTable.grow(length - wasmTable.length);
  for (const [name, value] of places) (GOT[name] ??= new WebAssembly.Global({ value: "i32", mutable: true })).value = value;
  const libraries = await Promise.all(noted.map(async ({ name, global, memory, table }) => {
    const one = { refcount: Infinity, name, global };
    const here = { __memory_base: memory, __table_base: table };
    const env = new Proxy(main, {
      get: (_, wanted) => here[wanted] ?? (main[wanted]?.stub ? undefined : main[wanted]) ?? ((...values) => one.exports[wanted](...values)),
    });
    const offsets = new Proxy({}, module.GOTHandler);
    const { instance } = await WebAssembly.instantiate(FS.readFile(name), {
      "GOT.mem": offsets, "GOT.func": offsets, env, wasi_snapshot_preview1: env,
    });
    one.exports = module.relocateExports(instance.exports, memory);
    return one;
  }));
  for (const [name, n] of names) LDSO.loadedLibsByName[name] = libraries[n];
  for (const [handle, n] of handles) LDSO.loadedLibsByHandle[handle] = libraries[n];
  for (const { global, exports, name } of libraries) if (global) module.mergeLibSymbols(exports, name);
  for (const [slot, n, name] of slots) {
    if (wasmTable.get(slot)) continue; // Python itself has filled it
    const one = n >= 0 ? libraries[n].exports[name] : main[name];
    module.setWasmTableEntry(slot, n === null ? module.convertJsFunctionToWasm(one, one.sig) : one);
  }
  if (wasmTable.length !== length) throw new Error("The table of functions differs.");
}

// --- Python's files ---

function listFiles(system) {
  const files = [];
  const contents = [];
  let at = 0;
  const walk = (folder) => {
    for (const name of system.readdir(folder).filter((one) => !/^\.\.?$|^python\d+\.zip$/.test(one))) {
      const path = `${folder}/${name}`;
      if (system.isDir(system.stat(path).mode)) {
        files.push([path]);
        walk(path);
      } else {
        const content = system.readFile(path);
        files.push([path, at, (at += content.length)]);
        contents.push(content);
      }
    }
  };
  walk("/lib");
  return { files, contents };
}

function restoreFiles(system, files, contents) {
  for (const [path, start, end] of files) {
    if (start === undefined) system.mkdirTree(path);
    else system.writeFile(path, contents.subarray(start, end), { canOwn: true });
  }
}
