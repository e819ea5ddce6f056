// With scripts, an edition remembers the chosen reading and opens notes in place. Without this file the readings
// still switch, and the notes are links.
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

rememberReading();
if ("popover" in HTMLElement.prototype) {
  document.querySelectorAll(".note-mark").forEach(openInPlace);
  // Escape would do this by itself, but Sphinx's search shortcuts take the key.
  addEventListener("keydown", (event) => {
    if (event.key === "Escape") document.querySelector(".note-popover:popover-open")?.hidePopover();
  });
  foldNotes();
}
