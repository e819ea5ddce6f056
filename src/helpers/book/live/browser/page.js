/* On a notebook's page: requests Python's files early, reports when Python cannot be loaded, and links to the book.

   JupyterLite starts its kernel only after its interface, so this script requests the kernel's files first.
   JupyterLite says nothing if Python does not load.  The worker of the kernel reports its progress (`python.js`).
   If it fails, or has not finished after twenty seconds, a notice appears below the notebook until it has. */
"use strict";

(async () => {
  const lockFile = new URL("../python/pyodide-lock.json", location.href);
  const lock = await (await fetch(lockFile)).json();
  const core = Object.keys(lock.core).map((file) => lock.address + file);
  const packages = Object.values(lock.packages).map((entry) => entry.file_name);
  for (const file of [...core, ...packages]) {
    fetch(new URL(file, lockFile), { priority: "low" }).then((answer) => answer.blob()).catch(() => {});
  }
})();

(() => {
  const PATIENCE = 20_000;
  const notebook = new URLSearchParams(location.search).get("path");
  const notice = document.createElement("div");
  notice.id = "python-notice";
  notice.setAttribute("role", "alert");
  notice.innerHTML = `<style>
    #python-notice { background: #fff4ce; border-top: 2px solid #8a6100; box-sizing: border-box; color: #1b1b1b;
      font: 1rem/1.5 system-ui, sans-serif; inset: auto 0 0; max-height: 60vh; overflow: auto; padding: 0.8em 1.2em;
      position: fixed; z-index: 10001; }
    #python-notice ul { margin: 0.4em 0; padding-inline-start: 1.4em; }
    #python-notice a { color: #00468c; }
    #python-notice button { font: inherit; margin-inline-end: 0.6em; padding: 0.2em 0.8em; }
  </style>`;
  let told = "";
  let finished = false;

  function show(state, head, more) {
    if (told === state || finished) return;
    told = state;
    const words = document.createElement("div");
    words.innerHTML = `<strong>${head}</strong> ${more}
      <ul>
        <li>Check whether you are online, and whether your network blocks <code>cdn.jsdelivr.net</code>,
          from which Python may be loaded. Then load this page again.</li>
        <li>Or work without the browser: download the notebook, and open it in JupyterLab on a machine
          on which the package of this book is installed.</li>
      </ul>
      <p></p>`;
    const last = words.querySelector("p");
    last.append(button("Load again", () => location.reload()), button("Close", () => notice.remove()));
    if (notebook) {
      const link = document.createElement("a");
      link.href = `../files/${encodeURIComponent(notebook)}`;
      link.download = notebook;
      link.textContent = `Download ${notebook} as it was handed out`;
      last.append(link);
    }
    notice.querySelector("div")?.remove();
    notice.append(words);
    document.body.append(notice);
  }

  function button(label, act) {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = label;
    made.addEventListener("click", act);
    return made;
  }

  let progress = "";
  setTimeout(() => {
    show("slow", "Python is not ready after 20 seconds.", `It may still load: ${progress || "no file has arrived so far"}.`);
  }, PATIENCE);
  new BroadcastChannel("live-python").addEventListener("message", ({ data }) => {
    if (data.state === "loading") progress = `${data.done} of ${data.all} files have arrived`;
    if (data.state === "failed") show("failed", "Python cannot be loaded, so no cell will run.", "");
    if (data.state === "ready") {
      finished = true;
      notice.remove();
    }
  });
})();

/* Change links to paragraphs so that they lead to the book on this site.  If the book was built without its
   address they lead to another host, and the reader may be offline. */
(() => {
  const PARAGRAPH = /^#([a-z]+-\d{4})-[hps]\d+$/;

  function lead({ target }) {
    const link = target.closest?.("a[href]");
    const place = link && PARAGRAPH.exec(link.hash);
    if (place) link.href = new URL(`../../chapters/${place[1]}.html${link.hash}`, location.href).href;
  }

  for (const kind of ["pointerover", "focusin"]) document.addEventListener(kind, lead, true);
})();
