/* The paragraphs of the two documents that have every word of the query, above what Sphinx finds.
   A word is found where one begins with it, whatever its capitals: "albania" finds "Albanian". */

(() => {
  "use strict";

  const around = 90; // characters shown before and after the first word that was found

  const query = new URLSearchParams(window.location.search).get("q") || "";
  const words = query.toLowerCase().match(/[\p{L}\p{N}]+/gu) || [];
  const results = document.querySelector("#search-results");
  if (!words.length || !results || !window.paragraphs) return;

  const pattern = (word) => new RegExp(`(?<![\\p{L}\\p{N}])${word}[\\p{L}\\p{N}]*`, "giu");
  const found = window.paragraphs.filter(({ text }) => words.every((word) => text.match(pattern(word))));

  const make = (name, text = "") => {
    const element = document.createElement(name);
    element.textContent = text;
    return element;
  };

  /* Every place of every word, in the order of the text; a place inside another is left out. */
  const places = (text) => {
    const all = words.flatMap((word) => [...text.matchAll(pattern(word))]);
    all.sort((one, other) => one.index - other.index);
    return all.filter((one, i) => i === 0 || one.index >= all[i - 1].index + all[i - 1][0].length);
  };

  const snippet = (text) => {
    const paragraph = make("p");
    const all = places(text);
    let at = Math.max(0, all[0].index - around);
    const end = Math.min(text.length, all[0].index + all[0][0].length + around);
    if (at > 0) paragraph.append("… ");
    for (const place of all) {
      if (place.index < at || place.index >= end) continue;
      paragraph.append(text.slice(at, place.index), make("mark", place[0]));
      at = place.index + place[0].length;
    }
    paragraph.append(text.slice(at, Math.max(at, end)));
    if (end < text.length) paragraph.append(" …");
    return paragraph;
  };

  const section = make("section");
  section.className = "paragraphs-found";
  section.setAttribute("aria-labelledby", "paragraphs-found");
  const heading = make("h2", "Paragraphs of the two documents");
  heading.id = "paragraphs-found";
  const status = make("p", `${found.length} found for “${query}”.`);
  status.setAttribute("role", "status");
  const list = make("ol");
  for (const { label, address, text } of found) {
    const item = make("li");
    const link = make("a", label);
    link.href = address;
    item.append(link, snippet(text));
    list.append(item);
  }
  section.append(heading, status, list);
  results.before(section);
})();
