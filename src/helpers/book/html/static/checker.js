// The button of the quotation checker, and window.quotations for other scripts. The rest is fetched at first use,
// as scripts, also from a disk.
"use strict";

window.quotations = (() => {
  const { src, dataset } = document.currentScript;
  const asked = {};

  /** Fetch a file of this folder once, or again after a failure; scripts run in order. */
  function load(name) {
    return (asked[name] ??= new Promise((done, fail) => {
      const isStyle = name.endsWith(".css");
      const element = document.createElement(isStyle ? "link" : "script");
      const address = new URL(`${name}?v=${dataset.version}`, src).href;
      Object.assign(element, isStyle ? { rel: "stylesheet", href: address } : { src: address, async: false });
      element.onload = done;
      element.onerror = () => {
        delete asked[name];
        fail(new Error(`${name} was not loaded`));
      };
      document.head.append(element);
    }));
  }

  /** Make verify(text, paragraphId) ready. */
  const ready = () => Promise.all([load("paragraphs.js"), load("quotations.js")]);

  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn btn-sm quotation-checker";
  button.title = "Check a quotation";
  button.innerHTML = `“ ”<span class="d-none d-lg-inline ms-2">${button.title}</span>`;
  button.setAttribute("aria-label", button.title);
  button.setAttribute("aria-haspopup", "dialog");
  button.addEventListener("click", async () => {
    const selected = String(getSelection());
    try {
      await Promise.all([ready(), load("checker-panel.js"), load("checker.css")]);
      window.quotations.open(selected);
    } catch {
      alert("The checker was not loaded. Are you online?");
    }
  });
  (document.querySelector(".article-header-buttons") ?? document.body).prepend(button);

  return { ready, load, root: new URL("..", src).href };
})();
