// With scripts, an edition has a bar that stays on top and remembers what was chosen, and opens notes in place: beside
// their paragraph where the page is wide, and below it elsewhere. Without this file the readings still switch, and the
// notes are links.
"use strict";

const CHOSEN = "helpers-edition";
const { make } = window.pageTools;
const editions = [...document.querySelectorAll(".edition")];

/** The browser may refuse storage, as in a private window; then nothing is remembered. */
function remember(chosen) {
  try {
    if (chosen) localStorage.setItem(CHOSEN, JSON.stringify(chosen));
    return JSON.parse(localStorage.getItem(CHOSEN)) ?? {};
  } catch {
    return {};
  }
}

// --- the bar ---

const chosen = { reading: "corrected", notes: true, voices: false, ...remember() };

/** Add the switches and the field for a paragraph, which need scripts, to the bar of an edition. */
function fillBar(edition) {
  const bar = edition.querySelector(".edition-bar");
  const addSwitch = (name, label) => {
    const box = make("input", { type: "checkbox", "data-switch": name });
    bar.append(make("label", {}, box, label));
  };
  addSwitch("notes", "Notes");
  if (CSS.highlights) addSwitch("voices", "Voices");
  const lines = edition.querySelectorAll(".edition-body");
  const field = make("input", { type: "number", min: 1, max: lines.length, required: "", "aria-label": "Go to paragraph" });
  const form = make("form", {}, make("span", { "aria-hidden": "true" }, "¶"), field, make("button", {}, "Go"));
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const line = lines[field.valueAsNumber - 1];
    location.hash = line.id;
    line.scrollIntoView(); // also if the address was that of this line already
    line.querySelector(".edition-number").focus({ preventScroll: true });
  });
  bar.append(form);
  // What the bar covers: the browser keeps it free when it scrolls to something.
  new ResizeObserver(() => {
    document.documentElement.style.setProperty("--edition-bar", `${bar.offsetHeight}px`);
    layMargin();
  }).observe(bar);
}

/** Show every edition of the page as it was chosen. */
function show() {
  for (const radio of document.querySelectorAll(".edition-reading input")) radio.checked = radio.value === chosen.reading;
  for (const box of document.querySelectorAll("[data-switch]")) box.checked = chosen[box.dataset.switch];
  for (const edition of editions) edition.classList.toggle("without-notes", !chosen.notes);
  showVoices(chosen.voices);
  layMargin();
}

function choose(event) {
  if (event.target.matches(".edition-reading input")) chosen.reading = event.target.value;
  else if (event.target.matches("[data-switch]")) chosen[event.target.dataset.switch] = event.target.checked;
  else return;
  remember(chosen);
  show();
}

/** Show the notes if an address leads to one of them. */
function followAddress() {
  const target = document.getElementById(location.hash.slice(1));
  if (chosen.notes || !target?.closest(".edition-notes, .note-mark")) return;
  chosen.notes = true;
  show();
  target.scrollIntoView();
}

// --- the voices: the sentences in the style of their voice, and in words who does what in each ---

const VOICES = { quoted: "quoted words", reported: "reported words", "note-taker": "the note-taker’s words" };

/** Return the range of some words of a line; the offsets are those in the corrected reading. */
function findWords(line, start, end) {
  const walker = document.createTreeWalker(line.querySelector(":scope > p"), NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  for (let at = 0; walker.nextNode(); ) {
    const node = walker.currentNode;
    if (node.parentElement.closest(".sic, .note-popover")) continue;
    const next = at + node.length;
    if (at <= start && start < next) range.setStart(node, start - at);
    if (at < end && end <= next) range.setEnd(node, end - at);
    at = next;
  }
  return range;
}

async function showVoices(isOn) {
  for (const voice of Object.keys(VOICES)) CSS.highlights?.delete(`voice-${voice}`);
  for (const added of document.querySelectorAll(".edition-voices")) added.remove();
  if (!isOn || !CSS.highlights) return;
  try {
    await window.quotations.load("paragraphs.js");
  } catch {
    return;
  }
  if (!chosen.voices || document.querySelector(".edition-voices")) return;
  const ranges = Object.fromEntries(Object.keys(VOICES).map((voice) => [voice, []]));
  for (const line of document.querySelectorAll(".edition-line")) {
    const spoken = window.voices[line.id] ?? [];
    for (const [start, end, voice] of spoken) ranges[voice].push(findWords(line, start, end));
    const items = spoken.map(([, , voice, words]) => make("li", {}, `${words} (${voice})`));
    if (items.length) line.querySelector(":scope > p").after(make("ol", { class: "edition-voices", "aria-label": "What each sentence does" }, ...items));
  }
  for (const [voice, found] of Object.entries(ranges)) CSS.highlights.set(`voice-${voice}`, new Highlight(...found));
  const samples = Object.entries(VOICES).map(([voice, words]) => make("span", { class: `voice-${voice}` }, words));
  for (const edition of editions) {
    const legend = make("p", { class: "edition-voices" });
    for (const sample of samples) legend.append(sample.cloneNode(true), " ");
    edition.querySelector(".edition-bar").append(legend);
  }
  layMargin(); // the lines are longer now
}

// --- the margin of a wide page ---

const WIDE = matchMedia("(min-width: 75rem)");
const ROOM = 208; // pixels: a narrower margin has too few words a line
let isMargin = false;

/** Return what to notice in a line: the guiding question that begins with a link to it. */
function questionOn(line) {
  const item = [...document.querySelectorAll(`.bd-article li > p > a.paragraph-link:first-child[href="#${line.id}"]`)].map((link) => link.parentElement)[0];
  if (!item || !/^¶/u.test(item.textContent)) return null;
  const question = make("p", { class: "margin-question" }, make("b", {}, "What to notice, "));
  question.append(...item.cloneNode(true).childNodes);
  return question;
}

/** A gloss that repeats its heading, as most do, goes on from there: the margin is narrow. */
function sayNameOnce(note) {
  const name = note.querySelector("strong")?.textContent;
  const rest = note.lastChild;
  for (const again of [`: ${name} `, `: The ${name} `]) {
    if (name && rest.data?.startsWith(again)) rest.data = ` ${rest.data.slice(again.length)}`;
  }
}

function fillMargin(line) {
  const notes = [...line.querySelectorAll(".note-mark")].map((mark) => {
    const text = document.getElementById(mark.hash.slice(1)).querySelector(".note-text");
    const sign = make("a", { href: `#${mark.id}`, "aria-label": "Back to the text" }, mark.dataset.sign);
    const note = make("p", { tabindex: "-1", "data-mark": mark.id }, sign, " ");
    note.append(...text.cloneNode(true).childNodes);
    sayNameOnce(note);
    return note;
  });
  const question = questionOn(line);
  if (!notes.length && !question) return;
  const name = line.querySelector(".edition-number").getAttribute("aria-label");
  line.append(make("div", { class: "edition-margin", role: "note", "aria-label": `Beside ${name.toLowerCase()}` }, ...(question ? [question] : []), ...notes));
}

/** Say what a mark does: it leads to a note in the margin, or opens a note in place. */
function sayMarks(edition) {
  for (const mark of edition.querySelectorAll(".note-mark[aria-controls]")) {
    mark.setAttribute("role", isMargin ? "doc-noteref" : "button");
    if (isMargin) mark.removeAttribute("aria-expanded");
    else mark.setAttribute("aria-expanded", mark.nextElementSibling.matches(":popover-open"));
  }
}

/** Put each note beside its line, or below the note before it; where there is no room, there is no margin. */
function layMargin() {
  for (const edition of editions) {
    const box = edition.getBoundingClientRect();
    const room = document.documentElement.clientWidth - box.right - 48;
    isMargin = WIDE.matches && room >= ROOM && chosen.notes;
    edition.classList.toggle("with-margin", isMargin);
    edition.style.minHeight = "";
    sayMarks(edition);
    if (!isMargin) continue;
    if (!edition.querySelector(".edition-margin")) edition.querySelectorAll(".edition-line").forEach(fillMargin);
    edition.style.setProperty("--edition-room", `${Math.min(room, 416)}px`);
    // The list of contents on the right of the page comes first.
    let free = Math.max(box.top, document.querySelector(".bd-sidebar-secondary")?.getBoundingClientRect().bottom ?? 0);
    for (const part of edition.querySelectorAll(".edition-margin")) {
      const line = part.parentElement.getBoundingClientRect();
      // The letterhead has more notes than room, so they begin beside the bar.
      const top = part.closest(".edition-header") ? free + 12 : Math.max(line.top, free + 12);
      part.style.top = `${top - line.top}px`;
      free = top + part.offsetHeight;
    }
    edition.style.minHeight = `${Math.max(0, free - box.top)}px`;
  }
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
    if (isMargin) return document.querySelector(`.edition-margin [data-mark="${mark.id}"]`).focus();
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

editions.forEach(fillBar);
if ("popover" in HTMLElement.prototype) {
  document.querySelectorAll(".note-mark").forEach(openInPlace);
  // Escape would do this by itself, but Sphinx's search shortcuts take the key.
  addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    document.querySelector(".note-popover:popover-open")?.hidePopover();
    document.getElementById(document.activeElement.closest("[data-mark]")?.dataset.mark)?.focus();
  });
  foldNotes();
}
document.addEventListener("change", choose);
addEventListener("hashchange", followAddress);
show();
followAddress();
// Other scripts add controls above the text, and a bar of two lines is higher.
for (const edition of editions) new MutationObserver(layMargin).observe(edition, { childList: true });
addEventListener("resize", layMargin);
document.fonts?.ready.then(layMargin);
