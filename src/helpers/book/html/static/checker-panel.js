// The panel of the quotation checker, which is made when it is first opened.
"use strict";

(() => {
  const NAMES = {
    verbatim: "✓ Verbatim",
    "other-paragraph": "≠ In another paragraph",
    "other-document": "≠ In the other document",
    altered: "≠ Altered",
    absent: "✗ Not in the documents",
    "too-short": "… Too short",
    empty: "… Nothing to check",
  };
  const lines = new Map(window.paragraphs.map((line) => [line.id, line]));
  const { root } = window.quotations;
  const { make, makeButton, copy, publicAddress } = window.pageTools;

  const words = make("textarea", { id: "checker-words", rows: "4", "aria-describedby": "checker-how" });
  const place = make("select", { id: "checker-place" }, make("option", { value: "" }, "anywhere"));
  for (const line of lines.values()) place.append(make("option", { value: line.id }, line.label));
  const status = make("div", { class: "checker-result", role: "status", "aria-atomic": "false" });
  const close = makeButton("×", () => dialog.close(), { class: "panel-close", "aria-label": "Close" });
  const form = make(
    "form",
    {},
    make("label", { for: words.id }, "Words of the documents"),
    words,
    make(
      "p",
      { id: "checker-how", class: "panel-hint" },
      "Type or paste at least three words. Use [...] where you leave words out, and square brackets for words of your own.",
    ),
    make("label", { for: place.id }, "You say that they are in"),
    place,
    make("button", { type: "submit", class: "checker-check" }, "Check"),
  );
  const title = make("h2", { id: "checker-title" }, "Check a quotation");
  const dialog = make("dialog", { class: "checker", "aria-labelledby": title.id }, close, title, form, status);
  document.body.append(dialog);

  /** Return a link to a paragraph, or its name if no page of this book has it. */
  function link(id) {
    const { label, address } = lines.get(id);
    return address ? make("a", { href: root + address }, label) : label;
  }

  /** Return a sentence with each paragraph's id as a link. */
  function withLinks(sentence) {
    return sentence.split(new RegExp(`(${window.references.id})`, "u")).map((part) => (lines.has(part) ? link(part) : part));
  }

  function offerCopy(id, quoted) {
    const line = lines.get(id);
    const said = make("span");
    const button = makeButton("Copy with citation", async () => {
      const citation = [line.citation, publicAddress(line)].filter(Boolean).join(", ");
      const text = `“${quoted}” (${citation})`;
      said.textContent = (await copy(text)) ? " Copied." : ` Copy it by hand: ${text}`;
    });
    return make("p", { class: "checker-copy" }, button, said);
  }

  function show({ status: name, paragraphs, nearest, explanation, quoted }) {
    status.dataset.status = name;
    status.replaceChildren(make("p", {}, make("strong", {}, NAMES[name])), make("p", {}, ...withLinks(explanation)));
    for (const { id, text } of nearest ? [nearest] : paragraphs) {
      status.append(make("blockquote", {}, make("p", {}, `“${text}”`), make("p", {}, link(id))));
      if (!nearest) status.append(offerCopy(id, quoted));
    }
  }

  const check = () => show(window.quotations.verify(words.value, place.value || null));

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    check();
  });
  words.addEventListener("paste", () => setTimeout(check));
  words.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    check();
  });
  place.addEventListener("change", () => words.value && check());
  dialog.addEventListener("click", (event) => {
    // A click outside the panel closes it, and so does a link, which may lead to the same page.
    if (event.target === dialog || event.target.closest("a")) dialog.close();
  });
  // The shortcuts of the page, such as Escape and the arrows, must not act while the reader types here.
  dialog.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.key === "Escape") dialog.close();
  });

  /** Open the panel; words that were selected on the page are checked at once. */
  window.quotations.open = (selected = "") => {
    dialog.showModal();
    words.focus();
    if (!selected.trim()) return;
    words.value = selected.trim();
    check();
  };
})();
