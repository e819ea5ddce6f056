// A reader's own notes and highlights on the paragraphs of an edition, which this browser stores.
//
// A note is anchored as in the W3C's Web Annotation Data Model: by the id of its paragraph, by the quoted words with
// some of the text around them, and by their position. If the words are no longer there, it stays on its paragraph.
// The marks of the words are CSS highlights, which leave the text as it is for search, copying and other scripts.
// A library such as @recogito/text-annotator has ten times the size, and has neither a panel nor a way by keyboard.
"use strict";

window.readerNotes = (() => {
  const { NOTES, nameOf, lower, say } = window.paragraphMenu;
  const { make, makeButton } = window.pageTools;
  const { load } = window.quotations;
  const AROUND = 32; // characters of the text before and after the words
  const HIDDEN = { corrected: ".sic", diplomatic: ".corr" };
  const STAYS = "Your notes stay on this device: your browser stores them and does not send them anywhere.";

  // --- storage ---

  const TEXTS = ["paragraph", "exact", "note", "created"];
  const isNote = (note) => note && TEXTS.every((key) => typeof note[key] === "string");

  function loadNotes() {
    try {
      const stored = JSON.parse(localStorage.getItem(NOTES));
      return Array.isArray(stored) ? stored.filter(isNote) : [];
    } catch {
      return [];
    }
  }

  /** Store all notes, show them, and return whether that worked. */
  function saveNotes(notes) {
    try {
      if (notes.length) localStorage.setItem(NOTES, JSON.stringify(notes));
      else localStorage.removeItem(NOTES);
    } catch {
      return false;
    }
    show();
    return true;
  }

  const isSame = (one, other) => ["paragraph", "exact", "start", "note"].every((key) => one[key] === other[key]);

  // --- words of a line ---

  const readingOf = (line) =>
    line.closest(".edition").querySelector('[value="diplomatic"]').checked ? "diplomatic" : "corrected";

  /** Return the text of a line in a reading, and the text nodes with the offsets at which they begin. */
  function read(line, reading = readingOf(line)) {
    const skipped = `.note-mark, .note-popover, ${HIDDEN[reading]}`;
    const walker = document.createTreeWalker(line.querySelector(":scope > p"), NodeFilter.SHOW_TEXT);
    const pieces = [];
    let text = "";
    while (walker.nextNode()) {
      const node = walker.currentNode;
      if (node.parentElement.closest(skipped)) continue;
      pieces.push({ node, start: text.length });
      text += node.data;
    }
    return { text, pieces };
  }

  /** Return the anchor of some words of a line; without offsets, that of the whole line. */
  function anchor(line, start = 0, end = 0) {
    const { text } = read(line);
    const words = text.slice(start, end);
    const from = start + words.length - words.trimStart().length;
    const exact = words.trim();
    const to = from + exact.length;
    return {
      paragraph: line.id,
      reading: readingOf(line),
      exact,
      prefix: exact && text.slice(Math.max(0, from - AROUND), from),
      suffix: exact && text.slice(to, to + AROUND),
      start: exact ? from : 0,
    };
  }

  /** Return the anchor of selected words; of a longer selection, that of the words in its first line. */
  function anchorSelected(line, range) {
    const inside = read(line).pieces.flatMap(({ node, start }) => {
      if (!range.intersectsNode(node)) return [];
      const from = node === range.startContainer ? range.startOffset : 0;
      const to = node === range.endContainer ? range.endOffset : node.length;
      return from < to ? [[start + from, start + to]] : [];
    });
    return inside.length ? anchor(line, inside[0][0], inside.at(-1)[1]) : anchor(line);
  }

  /** Return the anchor of words that a reader typed, whatever their capitals and spaces, or nothing. */
  function anchorTyped(line, words) {
    const wanted = words.trim().replace(/^[“"]|[”"]$/gu, "").split(/\s+/u).filter(Boolean);
    if (!wanted.length) return anchor(line);
    const escaped = wanted.map((word) => word.replace(/[.*+?^${}()|[\]\\]/gu, "\\$&"));
    const anyQuote = escaped.map((word) => word.replace(/['’"“”]/gu, `['’"“”]`));
    const found = new RegExp(anyQuote.join("\\s+"), "iu").exec(read(line).text);
    return found && anchor(line, found.index, found.index + found[0].length);
  }

  /** Return how many characters at the beginning of two texts are the same. */
  function countSame(one, other) {
    let n = 0;
    while (n < one.length && one[n] === other[n]) n += 1;
    return n;
  }

  const reverse = (text) => [...text].reverse().join("");

  /** Return the offset of a note's words in a text, or -1; of several, the one with most of the same text around it. */
  function find(text, { exact, prefix = "", suffix = "", start = 0 }) {
    let [best, most] = [-1, -1];
    for (let at = text.indexOf(exact); at >= 0; at = text.indexOf(exact, at + 1)) {
      const before = countSame(reverse(text.slice(0, at)), reverse(prefix));
      const after = countSame(text.slice(at + exact.length), suffix);
      const same = before + after + (at === start ? 0.5 : 0);
      if (same > most) [best, most] = [at, same];
    }
    return best;
  }

  /** Return the range of a note's words on the page, or nothing if this reading does not have them. */
  function locate(line, note) {
    const { text, pieces } = read(line);
    const at = note.exact ? find(text, note) : 0;
    const end = note.exact ? at + note.exact.length : text.length;
    if (at < 0 || !pieces.length) return null;
    const range = document.createRange();
    const startPiece = pieces.findLast(({ start }) => start <= at);
    const endPiece = pieces.findLast(({ start }) => start < end);
    range.setStart(startPiece.node, at - startPiece.start);
    range.setEnd(endPiece.node, end - endPiece.start);
    return range;
  }

  /** Return a sentence on words that are not to be seen, or an empty one. */
  function missing(note) {
    const line = document.getElementById(note.paragraph);
    if (!line || !note.exact || locate(line, note)) return "";
    const other = readingOf(line) === "corrected" ? "diplomatic" : "corrected";
    return find(read(line, other).text, note) >= 0
      ? `These words are in the ${other} reading.`
      : "The text has changed: these words are no longer in the paragraph.";
  }

  // --- marks on the page ---

  /** Show what is stored: mark the words, and give each line with notes a button. */
  function show() {
    const notes = loadNotes();
    const marked = { note: [], highlight: [] };
    for (const line of document.querySelectorAll(".edition-line")) {
      const own = notes.filter((note) => note.paragraph === line.id);
      for (const note of own) {
        const range = note.exact || !note.note ? locate(line, note) : null;
        if (range) marked[note.note ? "note" : "highlight"].push(range);
      }
      let button = line.querySelector(".notes-mark");
      if (own.length && !button) {
        button = makeButton("", () => list(line.id), { class: "notes-mark", "aria-haspopup": "dialog" });
        line.querySelector(".edition-cite").after(button);
      }
      if (!own.length) button?.remove();
      else {
        button.textContent = `✎ ${own.length}`;
        button.title = `My notes on ${lower(nameOf(line))}: ${own.length}`;
        button.setAttribute("aria-label", button.title);
      }
    }
    if (window.Highlight) {
      for (const [kind, ranges] of Object.entries(marked)) CSS.highlights.set(`reader-${kind}`, new Highlight(...ranges));
    }
  }

  // --- the panel ---

  const title = make("h2", { id: "notes-title", tabindex: "-1" });
  const content = make("div");
  const panel = make(
    "dialog",
    { class: "notes", "aria-labelledby": title.id },
    makeButton("×", () => close(), { class: "panel-close", "aria-label": "Close" }),
    title,
    content,
  );
  document.body.append(panel);
  let opener = null;
  let isChanged = () => false;

  /** Open the panel, which leaves the text readable, and remember where the reader was. */
  function open(heading, ...shown) {
    if (!panel.open) {
      opener = document.activeElement;
      panel.show();
    }
    isChanged = () => false;
    title.textContent = heading;
    content.replaceChildren(...shown);
    panel.scrollTop = 0;
    title.focus();
  }

  function close() {
    if (isChanged() && !confirm("Close without saving this note?")) return;
    panel.close();
    const line = opener?.closest(".edition-line");
    (opener?.isConnected ? opener : (line?.querySelector(".edition-cite") ?? document.body)).focus();
  }

  // The shortcuts of the page, such as Escape and the arrows, must not act while the reader types here.
  panel.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.key === "Escape") close();
  });
  addEventListener("keydown", (event) => event.key === "Escape" && panel.open && close());

  // --- one note ---

  /** Open the form for a new note on a line or on selected words. */
  function write(line, range) {
    edit(line, range ? anchorSelected(line, range) : anchor(line));
  }

  /** Open the form for a note with an anchor; `old` is the stored note, if there is one. */
  function edit(line, place, old = null) {
    const words = make("textarea", { id: "notes-words", rows: "2", "aria-describedby": "notes-words-how" });
    const text = make("textarea", { id: "notes-text", rows: "5", "aria-describedby": "notes-stays" });
    const status = make("p", { role: "status" });
    [words.value, text.value] = [place.exact, old?.note ?? ""];

    const save = () => {
      const typed = words.value.trim();
      const found = typed === place.exact ? place : anchorTyped(line, typed);
      words.setAttribute("aria-invalid", String(!found));
      if (!found) {
        status.textContent = "These words are not in this paragraph. Copy them from it, or leave the field empty.";
        words.focus();
        return;
      }
      const note = { ...found, note: text.value.trim(), created: old?.created ?? new Date().toISOString() };
      const others = loadNotes().filter((one) => !(old && isSame(one, old)) && !isSame(one, note));
      if (!saveNotes([...others, note])) {
        status.textContent = "This browser does not store notes: copy your note before you leave the page.";
        return;
      }
      isChanged = () => false;
      close();
      say(note.note ? "Note saved." : "Highlight saved.");
    };

    const form = make(
      "form",
      {},
      make("label", { for: words.id }, "Words of the paragraph"),
      words,
      make("p", { id: "notes-words-how", class: "panel-hint" }, "Type or paste them. If this is empty, the note is on the whole paragraph."),
      make("label", { for: text.id }, "Your note"),
      text,
      make("p", { id: "notes-stays", class: "panel-hint" }, `${STAYS} Without a note, the words are only highlighted.`),
      status,
      make("button", { type: "submit" }, "Save"),
      makeButton("Cancel", close),
    );
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      save();
    });
    form.addEventListener("keydown", (event) => event.key === "Enter" && (event.ctrlKey || event.metaKey) && save());
    open(`Note on ${lower(nameOf(line))}`, form);
    const [firstWords, firstText] = [words.value, text.value];
    isChanged = () => words.value !== firstWords || text.value !== firstText;
    text.focus();
  }

  /** Highlight selected words, or a whole line. */
  function highlight(line, range) {
    const place = range ? anchorSelected(line, range) : anchor(line);
    const made = { ...place, note: "", created: new Date().toISOString() };
    const notes = loadNotes();
    getSelection().removeAllRanges();
    if (notes.some((note) => isSame(note, made))) say("This is highlighted already.");
    else if (saveNotes([...notes, made])) say("Highlight saved.");
    else say("This browser does not store notes.", 30000);
  }

  /** Open the list of all notes, at those of a line if one is given. */
  async function list(id) {
    try {
      await Promise.all(["paragraphs.js", "notes-list.js"].map(load));
    } catch {
      say("The list was not loaded. Are you online?", 30000);
      return;
    }
    window.readerNotes.openList(id);
  }

  document.addEventListener("change", (event) => event.target.matches(".edition-reading input") && show());
  addEventListener("storage", show); // a note that was made in another tab
  show();

  return { STAYS, loadNotes, saveNotes, isSame, missing, show, open, close, write, edit, highlight, list };
})();
