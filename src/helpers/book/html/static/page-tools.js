// What the menu of a paragraph, the notes and the quotation checker share. Pages with an edition have it; others
// fetch it with the checker.
"use strict";

window.pageTools ??= (() => {
  const isLocal = ["localhost", "127.0.0.1", "[::1]", ""].includes(location.hostname);

  function make(name, attributes = {}, ...content) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...content);
    return element;
  }

  function makeButton(text, act, attributes = {}) {
    const button = make("button", { type: "button", ...attributes }, text);
    button.addEventListener("click", act);
    return button;
  }

  /** Copy a text, even where pages without https cannot use the clipboard; return whether that worked. */
  async function copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      const area = Object.assign(document.createElement("textarea"), { value: text });
      const focused = document.activeElement;
      (focused?.closest("dialog") ?? document.body).append(area); // nothing outside an open dialog can be selected
      area.select();
      const done = document.execCommand("copy");
      area.remove();
      focused?.focus();
      return done;
    }
  }

  /** The address of a line of paragraphs.js for other readers: that of the published book, if there is one. */
  const publicAddress = ({ address, published }) =>
    published || (isLocal || !address ? "" : window.quotations.root + address);

  return { isLocal, make, makeButton, copy, publicAddress };
})();
