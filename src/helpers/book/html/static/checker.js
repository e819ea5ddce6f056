// The button of the quotation checker, and window.quotations. The rest is fetched at first use.
"use strict";

window.quotations = (() => {
  const { src, dataset } = document.currentScript;
  const asked = {};

  /** Fetch a file of this folder once, or again after a failure; scripts run in order. */
  function load(name) {
    return (asked[name] ??= new Promise((done, fail) => {
      const isStyle = name.endsWith(".css");
      const element = document.createElement(isStyle ? "link" : "script");
      const href = new URL(`${name}?v=${dataset.version}`, src).href;
      Object.assign(element, isStyle ? { rel: "stylesheet", href } : { src: href, async: false });
      element.onload = done;
      element.onerror = () => {
        delete asked[name];
        fail(Error(`${name} was not loaded`));
      };
      document.head.append(element);
    }));
  }

  const all = (...names) => Promise.all(names.map(load));
  /** Make verify(text, paragraphId) ready. */
  const ready = () => all("paragraphs.js", "quotations.js");

  const button = document.createElement("button");
  Object.assign(button, { type: "button", className: "btn btn-sm quotation-checker", title: "Check a quotation" });
  button.innerHTML = `“ ”<span class="d-none d-lg-inline ms-2">${button.title}</span>`;
  button.setAttribute("aria-label", button.title);
  button.setAttribute("aria-haspopup", "dialog");
  button.addEventListener("click", async () => {
    const selected = String(getSelection());
    try {
      await Promise.all([ready(), all("page-tools.js", "checker-panel.js", "panel.css", "checker.css")]);
      window.quotations.open(selected);
    } catch {
      alert("The checker was not loaded. Are you online?");
    }
  });
  (document.querySelector(".article-header-buttons") ?? document.body).prepend(button);

  return { ready, load, root: new URL("..", src).href };
})();
