// The menu of a paragraph and of a document: cite it as text, BibTeX or RIS, take a note, highlight it.
// What shows and stores notes is fetched when a reader first asks for it, or if this page has notes.
"use strict";

(() => {
  if (!("popover" in HTMLElement.prototype)) return;

  const { isLocal, make, makeButton, copy } = window.pageTools;
  const NOTES = "sino-soviet-split-notes";
  const QUOTE = `<svg viewBox="0 0 16 16" fill="none" stroke="currentColor" stroke-width="1.5" aria-hidden="true">
    <path d="M6 3.5C3.5 4 2.5 6 2.5 8.5V12h4V8.5h-2M13 3.5c-2.5.5-3.5 2.5-3.5 5V12h4V8.5h-2"/></svg>`;

  // --- messages ---

  const message = make("div", { class: "edition-message", role: "status" });
  document.body.append(message);
  let timer;

  function say(text, milliseconds = 4000) {
    message.textContent = text;
    clearTimeout(timer);
    timer = setTimeout(() => (message.textContent = ""), milliseconds);
  }

  // --- citations ---

  const nameOf = (line) => line.querySelector(".edition-number").getAttribute("aria-label");
  const lower = (name) => name.charAt(0).toLowerCase() + name.slice(1);

  /** The address of a line for other readers: that of the published book, if there is one. */
  function address(line) {
    const published = document.querySelector("link[rel=canonical]")?.href;
    const page = published ?? (isLocal ? "" : location.origin + location.pathname);
    return page && `${page}#${line.id}`;
  }

  /** Return the citation of a document, or of one of its lines, in each format. */
  function citations(edition, line) {
    const { document: id, citation, bibtex, ris } = edition.querySelector(".Z3988").dataset;
    const where = line ? address(line) : "";
    const cited = [line?.dataset.citation ?? citation, where].filter(Boolean).join(", ");
    // The place is what the citation of a line adds to that of its document.
    const place = line ? cited.slice(citation.length).replace(/^\. /u, "") : "";
    const fill = (text, filled) => text.replace("{key}", line?.id ?? id).replace("{place}", () => filled);
    return {
      text: cited,
      BibTeX: fill(bibtex, place.replace(/[#%&_]/gu, "\\$&")).replace(/ "(?=,?$)/gmu, '"'),
      RIS: fill(ris, place).replace(/^N1 {2}- \n/mu, ""),
    };
  }

  // --- notes ---

  /** Call a function of the notes, which are fetched first. */
  async function ask(name, ...values) {
    try {
      await Promise.all(["notes.js", "panel.css", "notes.css"].map(window.quotations.load));
    } catch {
      return say("The notes were not loaded. Are you online?", 30000);
    }
    return window.readerNotes[name](...values);
  }

  /** Return the selected words, if they begin in a line of an edition, and that line. */
  function selected() {
    const selection = getSelection();
    if (!selection.rangeCount || !String(selection).trim()) return {};
    const range = selection.getRangeAt(0);
    const start = range.startContainer;
    const words = (start.nodeType === Node.TEXT_NODE ? start.parentElement : start).closest(".edition-line > p");
    return words ? { line: words.parentElement, range } : {};
  }

  // --- the menu ---

  // One menu for all buttons; with the class of a note, edition.js closes it with Escape.
  const menu = make("div", { class: "note-popover edition-menu", popover: "auto", role: "group" });

  function fill(button, edition, line) {
    const name = line ? lower(nameOf(line)) : "the document";
    const cite = (format, label) => async () => {
      const text = citations(edition, line)[format];
      menu.hidePopover();
      if (await copy(text)) say(`${label} of ${name} copied.`);
      else say(`Copy it by hand: ${text}`, 30000);
    };
    const note = (action) => () => {
      menu.hidePopover();
      ask(action, line);
    };
    menu.setAttribute("aria-label", button.title);
    menu.replaceChildren(
      makeButton("Copy citation", cite("text", "Citation"), { autofocus: "" }),
      makeButton("Copy as BibTeX", cite("BibTeX", "BibTeX")),
      makeButton("Copy as RIS", cite("RIS", "RIS")),
    );
    if (line) menu.append(makeButton("Take a note", note("write")), makeButton("Highlight", note("highlight")));
    button.after(menu);
  }

  let owner = null;

  function offerMenu(button, edition, line) {
    button.setAttribute("aria-expanded", "false");
    // The menu is filled and moved here, and only then does the button open it.
    button.addEventListener("click", () => {
      if (menu.matches(":popover-open")) return;
      if (owner) owner.popoverTargetElement = null; // or it would be announced as open too
      owner = button;
      fill(button, edition, line);
      button.popoverTargetElement = menu;
    });
  }

  menu.addEventListener("toggle", ({ newState }) => owner?.setAttribute("aria-expanded", String(newState === "open")));
  menu.addEventListener("focusout", ({ relatedTarget }) => {
    if (relatedTarget && relatedTarget !== owner && !menu.contains(relatedTarget)) menu.hidePopover();
  });

  // --- the words that a reader selected ---

  const bar = make("div", { class: "edition-selected", role: "group", "aria-label": "The words that you selected" });

  function offerSelected() {
    if (bar.contains(document.activeElement)) return;
    const { line, range } = selected();
    if (!line) return bar.remove();
    if (bar.parentElement !== line) line.append(bar);
    const [words, frame] = [[...range.getClientRects()].at(-1), line.getBoundingClientRect()];
    const left = Math.min(words.left, innerWidth - bar.offsetWidth - 8);
    bar.style.insetBlockStart = `${words.bottom - frame.top + 6}px`;
    bar.style.insetInlineStart = `${left - frame.left}px`;
  }

  for (const [text, action] of [["Take a note", "write"], ["Highlight", "highlight"]]) {
    bar.append(
      makeButton(text, () => {
        const { line, range } = selected();
        bar.remove();
        if (line) ask(action, line, range);
      }),
    );
  }
  bar.addEventListener("pointerdown", (event) => event.preventDefault()); // the words stay selected
  let wait;
  document.addEventListener("selectionchange", () => {
    clearTimeout(wait);
    wait = setTimeout(offerSelected, 150);
  });

  // --- in each edition ---

  for (const edition of document.querySelectorAll(".edition")) {
    const cite = make("button", { type: "button", title: "Cite this document" }, "Cite this document");
    const notes = makeButton("My notes", () => ask("list"), { "aria-haspopup": "dialog" });
    edition.querySelector(".edition-bar").after(make("div", { class: "edition-tools" }, cite, notes));
    offerMenu(cite, edition);
    for (const line of edition.querySelectorAll(".edition-line")) {
      const title = `Cite or take a note on ${lower(nameOf(line))}`;
      const button = make("button", { type: "button", class: "edition-cite", title, "aria-label": title });
      button.innerHTML = QUOTE;
      line.querySelector(".edition-number").after(button);
      offerMenu(button, edition, line);
    }
    try {
      if (localStorage.getItem(NOTES)?.includes(`"${edition.querySelector(".Z3988").dataset.document}-`)) ask("show");
    } catch {
      // This browser stores nothing.
    }
  }

  window.paragraphMenu = { NOTES, nameOf, lower, say };
})();
