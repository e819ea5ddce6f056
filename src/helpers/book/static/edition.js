// With scripts, an edition remembers the chosen reading, opens notes in place, and copies the citation of a
// paragraph. Without this file the readings still switch, and the notes are links.
"use strict";

const READING = "helpers-reading";

/** The browser may refuse storage, as in a private window; then nothing is remembered. */
function remembered(value) {
  try {
    if (value) localStorage.setItem(READING, value);
    return localStorage.getItem(READING);
  } catch {
    return null;
  }
}

/** Show one reading in every edition of the page. */
function show(reading) {
  for (const radio of document.querySelectorAll(".edition-reading input")) {
    if (radio.value === reading) radio.checked = true;
  }
}

function rememberReading() {
  show(remembered());
  document.addEventListener("change", (event) => {
    if (event.target.matches(".edition-reading input")) {
      show(event.target.value);
      remembered(event.target.value);
    }
  });
}

/** Turn the link to a note into a button that shows the note in place. */
function openInPlace(mark) {
  const text = document.getElementById(mark.hash.slice(1)).querySelector(".note-text");
  const note = document.createElement("span");
  note.className = "note-popover";
  note.id = `${mark.id}-note`;
  note.popover = "auto";
  note.append(...text.cloneNode(true).childNodes);

  const close = document.createElement("button");
  close.type = "button";
  close.className = "note-close";
  close.setAttribute("aria-label", "Close the note");
  close.textContent = "×";
  close.addEventListener("click", () => note.hidePopover());
  note.append(close);
  mark.after(note); // so that it is the next thing to read and to reach by keyboard

  mark.setAttribute("role", "button");
  mark.setAttribute("aria-expanded", "false");
  mark.setAttribute("aria-controls", note.id);
  note.addEventListener("toggle", (event) => mark.setAttribute("aria-expanded", event.newState === "open"));

  // Pressing the pointer outside an open note closes it; the click that follows must not open it again.
  let wasOpen = false;
  mark.addEventListener("pointerdown", () => (wasOpen = note.matches(":popover-open")));
  const toggle = (event) => {
    event.preventDefault();
    if (note.matches(":popover-open")) note.hidePopover();
    else if (!wasOpen) note.showPopover({ source: mark });
    wasOpen = false;
  };
  mark.addEventListener("click", toggle);
  mark.addEventListener("keydown", (event) => event.key === " " && toggle(event));
}

/** Fold the lists of notes, because notes open in place; a link into a list, or printing, unfolds it. */
function foldNotes() {
  const lists = [...document.querySelectorAll(".edition-notes")];
  const target = () => document.getElementById(location.hash.slice(1));
  const unfold = () => {
    const list = target()?.closest(".edition-notes");
    if (list && !list.open) {
      list.open = true;
      target().scrollIntoView();
    }
  };
  for (const list of lists) list.open = list.contains(target());
  addEventListener("hashchange", unfold);

  let folded = [];
  addEventListener("beforeprint", () => {
    folded = lists.filter((list) => !list.open);
    for (const list of folded) list.open = true;
  });
  addEventListener("afterprint", () => {
    for (const list of folded) list.open = false;
  });
}

const COPY = `<svg viewBox="0 0 16 16" fill="none" stroke="currentColor" stroke-width="1.5" aria-hidden="true">
  <path d="M6 3.5C3.5 4 2.5 6 2.5 8.5V12h4V8.5h-2M13 3.5c-2.5.5-3.5 2.5-3.5 5V12h4V8.5h-2"/></svg>`;

/** Copy a text, even where pages without https cannot use the clipboard; return whether that worked. */
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const area = Object.assign(document.createElement("textarea"), { value: text });
    const focused = document.activeElement;
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    focused?.focus();
    return done;
  }
}

/** The address of a line for other readers: that of the published book, if there is one. */
function address(line) {
  const published = document.querySelector("link[rel=canonical]")?.href;
  const isLocal = ["localhost", "127.0.0.1", "[::1]", ""].includes(location.hostname);
  const page = published ?? (isLocal ? "" : location.origin + location.pathname);
  return page && `${page}#${line.id}`;
}

function offerCitations() {
  const message = document.createElement("div");
  message.className = "edition-message";
  message.setAttribute("role", "status");
  document.body.append(message);
  let timer;

  for (const line of document.querySelectorAll(".edition-line")) {
    const name = line.querySelector(".edition-number").getAttribute("aria-label").toLowerCase();
    const button = document.createElement("button");
    button.type = "button";
    button.className = "edition-cite";
    button.title = `Copy citation of ${name}`;
    button.setAttribute("aria-label", button.title);
    button.innerHTML = COPY;
    button.addEventListener("click", async () => {
      const citation = [line.dataset.citation, address(line)].filter(Boolean).join(", ");
      const done = await copy(citation);
      message.textContent = done ? `Citation of ${name} copied.` : `Copy it by hand: ${citation}`;
      clearTimeout(timer);
      timer = setTimeout(() => (message.textContent = ""), done ? 4000 : 30000);
    });
    line.querySelector(".edition-number").after(button);
  }
}

rememberReading();
if ("popover" in HTMLElement.prototype) {
  document.querySelectorAll(".note-mark").forEach(openInPlace);
  // Escape would do this by itself, but Sphinx's search shortcuts take the key.
  addEventListener("keydown", (event) => {
    if (event.key === "Escape") document.querySelector(".note-popover:popover-open")?.hidePopover();
  });
  foldNotes();
}
offerCitations();
