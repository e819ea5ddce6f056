/* The bar above a notebook: what a student needs, in place of JupyterLab's menus and tools.

   It works with the commands of JupyterLab, which `exposeAppInBrowser` gives to this script.  "All tools" shows
   JupyterLab's menus and its toolbar again. */
"use strict";

const MARK = "application/vnd.coursework.mark+json";
const TOOLS = "live-all-tools";
const CHAPTER = NOTEBOOK.replace(/^chapter-/, "").replace(/\.ipynb$/, "");
const isExercise = NOTEBOOK !== "" && !NOTEBOOK.startsWith("chapter-");

const app = new Promise((resolve) => {
  Object.defineProperty(window, "jupyterapp", { set: resolve, configurable: true });
});
const panel = app.then(open);

/* Wait for the notebook, and give it the only kernel before a cell can be run. */
async function open(jupyter) {
  const { shell } = jupyter;
  const opened = await new Promise((resolve) => {
    const look = () => shell.currentWidget?.content?.widgets && resolve(shell.currentWidget);
    shell.currentChanged.connect(look);
    look();
  });
  takeKernel(opened.sessionContext, jupyter.serviceManager.kernelspecs);
  opened.sessionContext.statusChanged.connect((_, state) => {
    if (/^(Starting|Preparing)/.test(status.textContent)) return;
    detail.textContent = state === "busy" ? ". A cell is running." : "";
  });
  opened.context.ready.then(() => showTools(jupyter, opened));
  return opened;
}

/* JupyterLab asks for a kernel if a cell is run before it knows the kernels.  There is only one, so take that. */
function takeKernel(session, kernels) {
  const start = session.startKernel.bind(session);
  let starting = null;
  session.startKernel = () => {
    starting ??= known(kernels).then(async (name) => {
      session.kernelPreference = { ...session.kernelPreference, name };
      if (session.hasNoKernel) await start();
      return false; // nothing is left to ask
    }).finally(() => { starting = null; });
    return starting;
  };
}

async function known(kernels) {
  await kernels.ready;
  for (;;) {
    const [name] = Object.keys(kernels.specs?.kernelspecs ?? {});
    if (name) return name;
    await kernels.refreshSpecs();
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

async function command(name) {
  await (await panel).context.ready;
  return (await app).commands.execute(name);
}

async function save() {
  await command("docmanager:save");
  say("Saved in this browser");
}

// --- all tools ---

const tools = button("All tools", async () => {
  localStorage.setItem(TOOLS, localStorage.getItem(TOOLS) === "yes" ? "no" : "yes");
  showTools(await app, await panel);
});

function showTools({ shell }, { toolbar }) {
  const shown = localStorage.getItem(TOOLS) === "yes";
  tools.setAttribute("aria-pressed", String(shown));
  document.body.classList.toggle("all-tools", shown);
  shell.top.hide();
  for (const widget of [shell.menu, toolbar]) widget.setHidden(!shown);
}

// --- check my answers ---

let checking = false;

/* Run every code cell, also after one with an error; save before the last one, which reads the saved notebook. */
async function check() {
  if (checking) return;
  checking = true;
  const { content: notebook, context } = await panel;
  await context.ready;
  say("Checking your answers");
  const [before, scrolled] = [notebook.activeCellIndex, notebook.node.querySelector(".jp-WindowedPanel-outer")];
  const height = scrolled?.scrollTop;
  const code = notebook.widgets.filter((cell) => cell.model.type === "code");
  try {
    for (const cell of code) {
      if (cell === code.at(-1)) await command("docmanager:save");
      notebook.activeCellIndex = notebook.widgets.indexOf(cell);
      await command("notebook:run-cell");
    }
  } finally {
    checking = false;
  }
  notebook.activeCellIndex = before;
  if (scrolled) scrolled.scrollTop = height;
  showResult(notebook);
}

function isCheck({ model }) {
  const told = model.getMetadata("nbgrader");
  return model.type === "code" && told?.grade && !told.solution;
}

function isHeading({ model }) {
  return model.type === "markdown" && /^#+ /m.test(model.sharedModel.source);
}

/* What a check said: whether nothing is left to do, and a few words if there is. */
function answerOf({ model }) {
  const outputs = Array.from({ length: model.outputs.length }, (_, n) => model.outputs.get(n));
  const mark = outputs.map(({ data }) => data?.[MARK]).find(Boolean);
  if (mark) {
    const points = `${mark.points} of ${mark.maximum} points`;
    return { marked: true, done: mark.points === mark.maximum, words: mark.answered ? points : "not answered yet" };
  }
  if (!outputs.length || outputs.some(({ type }) => type === "error")) return { words: "cannot be checked yet" };
  const unready = outputs.some(({ data }) => String(data?.["text/plain"]) === "0"); // see `helpers.checks.forms`
  return { done: !unready, words: "not ready yet" };
}

function showResult(notebook) {
  const cells = notebook.widgets;
  const checked = cells.filter(isCheck).map((cell) => ({ cell, ...answerOf(cell) }));
  const left = checked.filter(({ done }) => !done);
  const marked = checked.some((one) => one.marked);
  const verb = marked ? "get all their points" : "can be read";
  const won = `${checked.length - left.length} of ${checked.length} answers ${verb}`;
  const items = left.map(({ cell, words }) => {
    const at = cells.indexOf(cell);
    const question = cells.slice(0, at).findLast(isHeading);
    const title = /^#+ (.*)$/m.exec(question?.model.sharedModel.source ?? "")?.[1] ?? "a question";
    return element("li", {}, button(title, () => show(notebook, question ?? cell, at - 1)), `: ${words}`);
  });
  const last = cells.findLast(({ model }) => model.type === "code");
  const rest = button("See what is left before you hand in", () => show(notebook, last, cells.indexOf(last)));
  const close = button("Close", () => {
    result.replaceChildren();
    checker.focus();
  });
  const good = marked ? "Nothing is left to correct" : "You will see whether they are right when your work is marked";
  const head = items.length ? "Not right or not complete yet" : good;
  const list = items.length ? [element("ul", {}, ...items)] : [];
  result.replaceChildren(element("h2", {}, head), ...list, element("p", {}, rest, close));
  say(won);
}

function show(notebook, cell, active) {
  notebook.activeCellIndex = active;
  notebook.mode = "command";
  notebook.activate();
  cell.node.scrollIntoView({ block: "start" });
}

// --- the bar ---

const checker = button("Check my answers", check);
const result = element("section", { id: "live-result", "aria-label": "Your answers" });

(() => {
  const logo = element("img", { src: new URL("_static/favicon.svg", BOOK), alt: "The Sino-Soviet Split: the book" });
  const book = element("a", { href: BOOK.href, class: "book" }, logo);
  const back = CHAPTER
    ? element("a", { href: new URL(`chapters/${CHAPTER}.html`, BOOK) }, "Back to the chapter")
    : "";
  const group = element("div", { role: "group", "aria-label": "Notebook", class: "buttons" },
    button("Save", save),
    button("Run", () => command("notebook:run-cell-and-select-next")),
    button("Run all", () => command("notebook:run-all-cells")),
    ...(isExercise ? [checker] : []),
    button("Download", async () => {
      await save();
      await command("docmanager:download");
    }),
    tools,
  );
  tools.setAttribute("aria-pressed", "false");
  const bar = element("header", { id: "live-bar" }, element("nav", { "aria-label": "Book" }, book, back), group, strip);
  document.body.prepend(bar, result);
  // JupyterLab lays itself out anew when the window changes, so tell it when the bar does.
  const changed = new ResizeObserver(() => window.dispatchEvent(new Event("resize")));
  for (const part of [bar, result]) changed.observe(part);
})();
