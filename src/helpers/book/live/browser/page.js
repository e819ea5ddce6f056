/* On a notebook's page: requests Python's files early, says how far Python is, and leads links to the book.

   JupyterLite starts its kernel only after its interface, so this script requests the kernel's files first.
   JupyterLite says nothing while Python loads, or if it fails.  The worker of the kernel reports its progress
   (`python.js`), and the strip in the bar (`bar.js`) shows it. */
"use strict";

const PYTHON = new URL("../python/pyodide-lock.json", location.href);
const NOTEBOOK = new URLSearchParams(location.search).get("path") ?? "";
const BOOK = new URL("../../", location.href);

const lock = fetch(PYTHON).then((answer) => answer.json());
lock.then((known) => {
  const core = Object.keys(known.core).map((file) => known.address + file);
  const packages = Object.values(known.packages).map((entry) => entry.file_name);
  for (const file of [...core, ...packages]) {
    fetch(new URL(file, PYTHON), { priority: "low" }).then((answer) => answer.blob()).catch(() => {});
  }
});

function element(name, attributes = {}, ...inside) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...inside);
  return made;
}

function button(label, act) {
  const made = element("button", { type: "button" }, label);
  made.addEventListener("click", act);
  return made;
}

/* The strip: a screen reader hears the words of `status`, but not the numbers beside them, which change often. */
const status = element("span", { role: "status" }, "Starting Python");
const detail = element("span", { class: "detail" }, ". You can read and write meanwhile.");
const strip = element("p", { id: "live-state" }, status, detail);

function say(words, more = "") {
  if (status.textContent !== words) status.textContent = words;
  detail.textContent = more;
}

/* The strip follows Python. An alarm appears only if Python failed, or if no file has arrived for a while. */
(() => {
  const PATIENCE = 30_000;
  let alarm = null;
  let waiting;
  let failed = false;

  async function warn(head) {
    const { host } = new URL((await lock.catch(() => null))?.address ?? "./", PYTHON);
    const blocked = host === location.host ? "" : `, and whether your network blocks ${host}, which sends Python`;
    const again = `Check whether you are online${blocked}. Then load this page again.`;
    const elsewhere = "Or work without the browser: download the notebook, and open it in JupyterLab on a machine " +
      "on which the package of this book is installed.";
    const close = button("Close", () => alarm.remove());
    const last = element("p", {}, button("Load again", () => location.reload()), close);
    if (NOTEBOOK) {
      const file = { href: `../files/${encodeURIComponent(NOTEBOOK)}`, download: NOTEBOOK };
      last.append(element("a", file, `Download ${NOTEBOOK} as it was handed out`));
    }
    const list = element("ul", {}, element("li", {}, again), element("li", {}, elsewhere));
    alarm?.remove(); // each file that is missing warns
    alarm = element("div", { id: "python-notice", role: "alert" }, element("strong", {}, head), list, last);
    document.getElementById("live-bar").after(alarm);
  }

  function wait() {
    clearTimeout(waiting);
    waiting = setTimeout(() => warn("No file of Python has arrived for half a minute."), PATIENCE);
  }

  wait();
  new BroadcastChannel("live-python").addEventListener("message", ({ data }) => {
    clearTimeout(waiting);
    if (data.state === "ready") failed = false;
    if (failed && data.state !== "failed") return; // other files may still arrive, but one is missing
    if (data.state === "failed") {
      failed = true;
      say("Python cannot be loaded");
      warn("Python cannot be loaded, so no cell will run.");
      return;
    }
    alarm?.remove();
    if (data.state === "ready") say("Python is ready");
    else if (data.done === data.all) say("Preparing Python", ". Cells that you run now wait for it.");
    else {
      say("Starting Python", `: ${data.done} of ${data.all} files`);
      wait();
    }
  });
})();

/* Lead links to the book to this site.  An exercise's lead to the published book, or to the archive if the book was
   built without its address, and the reader may be offline.  A chapter's are relative to the notebook's file, and
   JupyterLite, which cannot look outside its folder of files, has made them paths in it. */
(() => {
  const FILES = new URL("../files/", location.href).href;
  const PAGE = /\.html$/;
  const PARAGRAPH = /^#([a-z]+-\d{4})-[hps]\d+$/;
  const documents = JSON.parse(document.getElementById("live-documents").textContent);

  function inBook(link) {
    const paragraph = PARAGRAPH.exec(link.hash)?.[1];
    const id = paragraph ?? documents[link.getAttribute("href")];
    if (id) return new URL(`chapters/${id}.html${link.hash}`, BOOK).href;
    if (link.href.startsWith(FILES) && PAGE.test(link.pathname)) return BOOK.href + link.href.slice(FILES.length);
    return link.href.startsWith(`${BOOK.href}chapters/`) ? link.href : null;
  }

  function lead(event) {
    const link = event.target.closest?.(".jp-Notebook a[href]");
    const address = link && inBook(link);
    if (!address) return;
    link.href = address;
    link.target = "_blank";
    if (event.type === "click") event.stopPropagation(); // JupyterLab would look for a file of this name
  }

  for (const kind of ["pointerover", "focusin", "click"]) document.addEventListener(kind, lead, true);
})();
