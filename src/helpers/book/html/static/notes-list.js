// The list of a reader's notes: read, change and delete them, save them as Markdown or CSV, and take in such a CSV.
"use strict";

(() => {
  const { say } = window.paragraphMenu;
  const { make, makeButton, publicAddress } = window.pageTools;
  const { STAYS, loadNotes, saveNotes, isSame, missing, open, close, edit } = window.readerNotes;
  const { root } = window.quotations;
  const DATE = { day: "numeric", month: "long", year: "numeric" };
  const NAME = "notes-sino-soviet-split";
  const ORDER = window.paragraphs.map((line) => line.id);
  const LINES = new Map(window.paragraphs.map((line) => [line.id, line]));

  /** Return the notes in the order of the documents; those on lines that this book lacks come last. */
  function sorted() {
    const place = ({ paragraph }) => (LINES.has(paragraph) ? ORDER.indexOf(paragraph) : ORDER.length);
    return loadNotes().sort((a, b) => place(a) - place(b) || a.start - b.start || a.created.localeCompare(b.created));
  }

  /** Return how a line is cited: briefly, in full, and at which address. */
  function cite(id) {
    const { short = `(${id})`, citation = id, ...line } = LINES.get(id) ?? {};
    return { short, citation, address: publicAddress(line) };
  }

  // --- Markdown ---

  const escaped = (text) => text.replace(/[\\`*_[\]<>#]/gu, "\\$&");

  function writeMarkdown(notes) {
    const parts = notes.map(({ paragraph, exact, note, created }) => {
      const { short, citation, address } = cite(paragraph);
      const quoted = exact ? `> “${escaped(exact)}” ${short}` : `> ${short}`;
      const source = [escaped(citation), address && `<${address}>`].filter(Boolean).join(", ");
      return [quoted, note, `*${inWords(created)}.* ${source}`].filter(Boolean).join("\n\n");
    });
    return `# My notes\n\n${parts.join("\n\n---\n\n")}\n`;
  }

  function inWords(date) {
    const day = new Date(date);
    return Number.isNaN(day.valueOf()) ? "Undated" : day.toLocaleDateString("en-US", DATE);
  }

  // --- CSV ---

  const COLUMNS = {
    paragraph_id: (note) => note.paragraph,
    citation: (note) => cite(note.paragraph).short,
    words: (note) => note.exact,
    note: (note) => note.note,
    created: (note) => note.created,
    full_citation: (note) => cite(note.paragraph).citation,
    address: (note) => cite(note.paragraph).address,
    reading: (note) => note.reading,
    prefix: (note) => note.prefix,
    suffix: (note) => note.suffix,
    start: (note) => note.start,
  };

  /** Return a cell; an apostrophe keeps a spreadsheet from taking a text for a formula. */
  function writeCell(value) {
    const text = String(value ?? "").replace(/^(?=['=+\-@\t\r])/u, "'");
    return /[",\r\n']|^\s|\s$/u.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  }

  function writeCsv(notes) {
    const rows = [Object.keys(COLUMNS), ...notes.map((note) => Object.values(COLUMNS).map((tell) => tell(note)))];
    const lines = rows.map((row) => `${row.map(writeCell).join(",")}\r\n`);
    return `\uFEFF${lines.join("")}`; // the mark tells Excel that the file is UTF-8
  }

  /** Return the rows of a CSV file; a quoted cell may contain commas, line breaks and doubled quotation marks. */
  function readCsv(text) {
    const rows = [[]];
    const cells = text.replace(/^\uFEFF/u, "").matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/gu);
    for (const [, quoted, plain, end] of cells) {
      rows.at(-1).push((quoted?.replaceAll('""', '"') ?? plain).replace(/^'(?=['=+\-@\t\r])/u, ""));
      if (end !== ",") rows.push([]);
    }
    return rows.filter((row) => row.some(Boolean));
  }

  /** Return the notes of a CSV file that this list wrote. */
  function readNotes(text) {
    const [head = [], ...rows] = readCsv(text);
    return rows
      .map((row) => Object.fromEntries(head.map((name, i) => [name, row[i]])))
      .filter((told) => LINES.has(told.paragraph_id))
      .map(({ paragraph_id: paragraph, words = "", note = "", created = "", reading, prefix, suffix, start }) => {
        return { paragraph, reading, exact: words, prefix, suffix, start: Number(start) || 0, note, created };
      });
  }

  // --- files ---

  function download(content, kind, type) {
    const link = make("a", { href: URL.createObjectURL(new Blob([content], { type })), download: `${NAME}.${kind}` });
    link.click();
    URL.revokeObjectURL(link.href);
    say(`Saved as ${link.download}.`);
  }

  async function takeIn(file) {
    const stored = loadNotes();
    const read = readNotes(await file.text());
    const fresh = read.filter((note) => !stored.some((one) => isSame(one, note)));
    const done = saveNotes([...stored, ...fresh]);
    openList();
    if (!read.length) say("This file has no notes on the documents of this book.", 30000);
    else say(done ? `Notes added: ${fresh.length}.` : "This browser does not store notes.", 30000);
  }

  // --- the list ---

  function item(note) {
    const { short } = cite(note.paragraph);
    const line = document.getElementById(note.paragraph);
    const page = LINES.get(note.paragraph)?.address;
    const place = page ? make("a", { href: root + page }, short) : make("span", {}, short);
    const about = `${note.note ? "note" : "highlight"} ${short}`;
    const entry = make("li", { tabindex: "-1", "data-paragraph": note.paragraph });
    place.addEventListener("click", close);
    entry.append(make("p", {}, place));
    entry.append(note.exact ? make("blockquote", {}, `“${note.exact}”`) : make("p", {}, "All of its words"));
    if (missing(note)) entry.append(make("p", { class: "notes-missing" }, missing(note)));
    if (note.note) entry.append(make("p", { class: "notes-text" }, note.note));
    if (line) entry.append(makeButton("Edit", () => edit(line, note, note), { "aria-label": `Edit ${about}` }));
    entry.append(makeButton("Delete", () => erase(note), { "aria-label": `Delete ${about}` }));
    return entry;
  }

  function erase(note) {
    if (!confirm(note.note ? "Delete this note?" : "Delete this highlight?")) return;
    saveNotes(loadNotes().filter((one) => !isSame(one, note)));
    openList();
    say("Deleted.");
  }

  function eraseAll() {
    if (!confirm("Delete all your notes and highlights on both documents from this browser?")) return;
    saveNotes([]);
    openList();
  }

  /** Open the list, at the notes on a line if its id is given. */
  function openList(id) {
    const notes = sorted();
    const file = make("input", { type: "file", accept: ".csv,text/csv", id: "notes-file" });
    file.addEventListener("change", () => file.files.length && takeIn(file.files[0]));
    const how = "You have none yet. Select words of a document, or open the menu beside a paragraph.";
    const tools = make("div", { class: "notes-tools" });
    if (notes.length) {
      tools.append(
        makeButton("Save as Markdown", () => download(writeMarkdown(notes), "md", "text/markdown")),
        makeButton("Save as CSV", () => download(writeCsv(notes), "csv", "text/csv")),
        makeButton("Delete all", eraseAll),
      );
    }
    tools.append(make("label", { for: file.id }, "Add notes from a CSV file"), file);
    const list = make("ol", {}, ...notes.map(item));
    open("My notes", make("p", {}, notes.length ? STAYS : how), list, tools);
    list.querySelector(`[data-paragraph="${CSS.escape(id ?? "")}"]`)?.focus();
  }

  Object.assign(window.readerNotes, { openList, writeMarkdown, writeCsv, readNotes });
})();
