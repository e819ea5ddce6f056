// Cells run where they stand: Run, Edit and Reset at each cell, and Run all on top of the page.
// Python is loaded at the first wish, in a worker that all open pages of the site share: see `cells-worker.js`.
"use strict";

(() => {
  const BOOK = new URL("../", document.currentScript.src);
  const PYTHON = new URL("live/python/", BOOK);
  const WORKER = new URL("cells-worker.js", PYTHON);
  const BROKEN = "Python could not be loaded. Check whether you are online, then run the cell again.";
  const PARAGRAPH = /^([a-z]+-\d{4})-[hps]\d+$/;

  const cells = [...document.querySelectorAll("div.cell")]
    .map((element) => ({ element, input: element.querySelector(":scope > .cell_input") }))
    .filter(({ input }) => input);
  if (!cells.length) return;

  function make(name, attributes = {}, ...content) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...content);
    return element;
  }

  function makeButton(text, label, act) {
    const button = make("button", { type: "button", "aria-label": label }, text);
    button.addEventListener("click", act);
    return button;
  }

  // --- Python ---

  let port = null;
  let isReady = false;
  const waiting = new Map();
  let runs = 0;

  function connect() {
    if (port) return port;
    const worker = self.SharedWorker ? new SharedWorker(WORKER, { name: "python", extendedLifetime: true }) : new Worker(WORKER);
    port = worker.port ?? worker;
    const lose = () => {
      port = null;
      for (const { end } of [...waiting.values()]) end({ ended: "lost" });
    };
    worker.onerror = lose;
    port.onmessage = ({ data }) => {
      if (data.keep) keepPython();
      else if (data.state) sayPython(data);
      else if (data.output) waiting.get(data.run).show(data.output);
      else waiting.get(data.run).end(data);
    };
    return port;
  }

  /** Have Python's memory kept for the next visit, but not on a phone or tablet, nor for a reader who saves data. */
  function keepPython() {
    if (matchMedia("(pointer: fine)").matches && !navigator.connection?.saveData) new Worker(WORKER, { name: "keep" });
  }

  function wish() {
    connect().postMessage({ wish: "python" });
  }

  function sayPython({ state, done, all }) {
    isReady = state === "ready";
    const words = { loading: `Loading Python: ${done} of ${all} files.`, ready: "Python is ready.", failed: BROKEN }[state];
    if (!words) return;
    status.textContent = words;
    for (const { state } of cells.filter(({ element }) => element.ariaBusy === "true")) state.textContent = isReady ? "Running …" : words;
  }

  // --- one cell ---

  cells.forEach((cell, n) => {
    const name = `cell ${n + 1}`;
    cell.name = name;
    cell.code = cell.input.querySelector("pre").textContent.replace(/\n$/, "");
    cell.output = cell.element.querySelector(":scope > .cell_output") ?? make("div", { class: "cell_output docutils container" });
    cell.before = { input: [...cell.input.childNodes], output: [...cell.output.childNodes] };
    cell.run = makeButton("Run", `Run ${name}`, () => runTo(n));
    cell.edit = makeButton("Edit", `Edit ${name}`, () => edit(cell, n));
    cell.reset = makeButton("Reset", `Reset ${name}`, () => reset(cell));
    cell.reset.hidden = true;
    cell.state = make("span", { role: "status" });
    cell.input.after(make("div", { class: "cell-tools" }, cell.run, cell.edit, cell.reset, cell.state), cell.output);
  });

  function edit(cell, n) {
    const area = make("textarea", { "aria-label": `Code of ${cell.name}`, spellcheck: "false", autocapitalize: "off", autocomplete: "off" });
    area.value = cell.code;
    const fit = () => (area.rows = area.value.split("\n").length);
    fit();
    area.addEventListener("input", () => {
      fit();
      cell.code = area.value;
      markChanged(cell);
    });
    area.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.shiftKey || event.ctrlKey || event.metaKey)) {
        event.preventDefault();
        runTo(n);
      }
      if (event.key === "Escape") cell.run.focus();
    });
    cell.input.replaceChildren(area);
    cell.edit.hidden = true;
    cell.reset.hidden = false;
    cell.state.textContent = "Shift and Enter run the cell.";
    area.focus();
    wish();
  }

  /** Cells from this one on no longer show what their code gives. */
  function markChanged(cell) {
    for (const later of cells.slice(cells.indexOf(cell))) later.hasRun = false;
  }

  function reset(cell) {
    cell.input.replaceChildren(...cell.before.input);
    cell.output.replaceChildren(...cell.before.output);
    cell.code = cell.input.querySelector("pre").textContent.replace(/\n$/, "");
    markChanged(cell);
    cell.edit.hidden = false;
    cell.reset.hidden = true;
    cell.state.textContent = "As it was.";
    cell.edit.focus();
  }

  // --- running ---

  /** Run a cell, after those above it that have not run. */
  async function runTo(n) {
    const todo = cells.slice(0, n).filter((cell) => !cell.hasRun);
    for (const cell of [...todo, cells[n]]) if (!(await runCell(cell))) return;
    if (todo.length) cells[n].state.textContent += ` ${todo.length === 1 ? "The cell" : "The cells"} above ran first.`;
  }

  function runCell(cell) {
    const begun = performance.now();
    const run = `${++runs}`;
    const shown = [];
    cell.state.textContent = isReady ? "Running …" : "Waiting for Python …";
    cell.element.setAttribute("aria-busy", "true");
    const { promise, resolve } = withResolvers();
    waiting.set(run, {
      show: (output) => showOutput(cell, shown, output),
      end: ({ ended, reason }) => {
        waiting.delete(run);
        cell.element.removeAttribute("aria-busy");
        if (!shown.length && ended !== "lost") cell.output.replaceChildren();
        cell.hasRun = ended === "done";
        cell.reset.hidden = false;
        const seconds = ((performance.now() - begun) / 1000).toFixed(1);
        cell.state.textContent = { done: `Done in ${seconds} s.`, failed: "The cell ended in an error.", lost: BROKEN }[ended];
        if (reason) console.error(reason);
        resolve(cell.hasRun);
      },
    });
    connect().postMessage({ run, code: cell.code });
    return promise;
  }

  function withResolvers() {
    let resolve;
    const promise = new Promise((settle) => (resolve = settle));
    return { promise, resolve };
  }

  // --- outputs, in the classes of the built page ---

  function showOutput(cell, shown, output) {
    const [[kind, data]] = Object.entries(output);
    if (!shown.length) cell.output.replaceChildren();
    const last = shown.at(-1);
    if (["stdout", "stderr"].includes(kind) && last?.kind === kind) {
      last.text.textContent += data;
      return;
    }
    const made = draw(kind, data, cell);
    shown.push({ kind, text: made.querySelector("pre") });
    cell.output.append(made);
  }

  function draw(kind, data, cell) {
    const css = { stdout: "stream", stderr: "stderr", error: "traceback", "text/html": "text_html", explorer: "text_html" }[kind] ?? "text_plain";
    const made = make("div", { class: `output ${css}` });
    if (kind === "text/html" || kind === "image/svg+xml") {
      made.innerHTML = data;
      linkParagraphs(made);
      if (made.querySelector("table")) for (const [key, value] of [["tabindex", "0"], ["role", "region"], ["aria-label", `Table of ${cell.name}`]]) made.setAttribute(key, value);
    } else if (kind === "explorer") {
      const { html, chart } = JSON.parse(data);
      made.innerHTML = html;
      linkParagraphs(made);
      const place = make("div");
      document.createTreeWalker(made, NodeFilter.SHOW_COMMENT).nextNode().replaceWith(place);
      drawChart(place, chart);
    } else if (kind.startsWith("application/vnd.vegalite")) drawChart(made, JSON.parse(data));
    else made.append(make("div", { class: "highlight" }, make("pre", { tabindex: "0" }, data)));
    return made;
  }

  function linkParagraphs(made) {
    for (const code of made.querySelectorAll("code.paragraph")) {
      const [, page] = PARAGRAPH.exec(code.textContent) ?? [];
      if (page) code.replaceWith(make("a", { href: new URL(`chapters/${page}.html#${code.textContent}`, BOOK) }, code.cloneNode(true)));
    }
  }

  let vega = null;

  /** Draw a chart as the built page does: the picture, and its words and data in a box that unfolds. */
  async function drawChart(made, { usermeta = {}, ...wide }) {
    const spec = usermeta.narrow && innerWidth < 720 ? usermeta.narrow : wide;
    const words = spec.description ?? wide.description ?? "This chart has no description.";
    const folded = make("details", {}, make("summary", {}, `The chart in words${usermeta.table ? " and as a table" : ""}`), make("p", {}, words));
    folded.insertAdjacentHTML("beforeend", usermeta.table ?? "");
    linkParagraphs(folded);
    const picture = make("div", { role: "img", "aria-label": words });
    made.append(
      make("figure", { class: "chart" }, make("div", { class: "chart-picture", role: "region", "aria-label": "Chart: picture", tabindex: "0" }, picture),
        make("figcaption", {}, folded)),
    );
    vega ??= new Promise((resolve, reject) => document.head.append(Object.assign(make("script", { type: "module", src: new URL("vega.js", PYTHON) }), { onload: resolve, onerror: reject })));
    await vega;
    const plain = { background: "transparent", axis: { labelColor: "currentColor", titleColor: "currentColor", domainColor: "currentColor", tickColor: "currentColor" }, title: { color: "currentColor" } };
    const { usermeta: _, ...drawn } = spec;
    await window.vegaEmbed(picture, { ...drawn, config: { ...plain, ...drawn.config, aria: false } }, { actions: false, logLevel: 1, renderer: "svg" });
  }

  // --- the bar on top ---

  const status = make("span", { role: "status" });
  const bar = make("div", { class: "cell-tools", role: "group", "aria-label": "All cells of this page" });
  bar.append(
    makeButton("Run all cells", "Run all cells", async () => {
      for (const cell of cells) if (!(await runCell(cell))) return;
    }),
    makeButton("Reset all", "Reset all cells", () => {
      connect().postMessage({ forget: "names" });
      for (const cell of cells) if (!cell.reset.hidden) reset(cell);
      bar.firstChild.focus();
    }),
    status,
  );
  (document.querySelector(".live") ?? cells[0].element).after(bar);
  // A pointer or the focus on a button is a wish that is about to come; nothing is loaded before.
  for (const tools of document.querySelectorAll(".cell-tools")) {
    for (const kind of ["pointerover", "focusin"]) tools.addEventListener(kind, wish, { once: true });
  }
})();
