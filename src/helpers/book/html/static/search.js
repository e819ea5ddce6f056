/* The paragraphs of the documents that have every word of the query, above what Sphinx finds.
   A word is found where one begins with it, whatever its capitals: "albania" finds "Albanian". Words between
   quotation marks are found together. Both readings are looked at, the corrected one first. */

(() => {
  "use strict";

  const around = 90; // characters shown before and after the first word that was found

  const query = new URLSearchParams(window.location.search).get("q") || "";
  const split = (text) => text.match(/[\p{L}\p{N}]+/gu) || [];
  /* Every second piece of the query was between quotation marks. */
  const wanted = query.split(/["“”„]/u).flatMap((piece, i) => (i % 2 ? [split(piece)] : split(piece).map((word) => [word])));
  const terms = wanted.filter((words) => words.length);
  const results = document.querySelector("#search-results");
  if (!terms.length || !results || !window.paragraphs) return;

  const source = (words) => `(?<![\\p{L}\\p{N}])${words.join("[^\\p{L}\\p{N}]+")}[\\p{L}\\p{N}]*`;
  const patterns = terms.map((words) => new RegExp(source(words), "iu"));
  /* The longest first, so that a phrase wins over a word in it. */
  const any = new RegExp(terms.map(source).sort((one, other) => other.length - one.length).join("|"), "giu");

  const read = (segments, i) => segments.map((part) => (Array.isArray(part) ? part[i] : part)).join("");
  const found = window.paragraphs.flatMap(({ label, address, segments }) => {
    const text = [read(segments, 0), read(segments, 1)].find((reading) => patterns.every((pattern) => pattern.test(reading)));
    return text && address ? [{ label, address, text }] : [];
  });

  const make = (name, text = "") => {
    const element = document.createElement(name);
    element.textContent = text;
    return element;
  };

  const snippet = (text) => {
    const paragraph = make("p");
    const places = [...text.matchAll(any)];
    const [first] = places;
    const from = first.index - around;
    const to = first.index + first[0].length + around;
    // Words are not cut.
    let at = from > 0 ? text.indexOf(" ", from) + 1 : 0;
    const end = to < text.length ? text.lastIndexOf(" ", to) : text.length;
    if (at > 0) paragraph.append("… ");
    for (const place of places) {
      if (place.index + place[0].length > Math.max(end, first.index + first[0].length)) break;
      paragraph.append(text.slice(at, place.index), make("mark", place[0]));
      at = place.index + place[0].length;
    }
    paragraph.append(text.slice(at, end));
    if (end < text.length) paragraph.append(" …");
    return paragraph;
  };

  const section = make("section");
  section.className = "paragraphs-found";
  section.setAttribute("aria-labelledby", "paragraphs-found");
  const heading = make("h2", "Paragraphs of the documents");
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
  const how = "A word also finds longer ones that begin with it. Quotation marks keep words together.";
  section.append(Object.assign(make("p", how), { className: "paragraphs-how" }));
  results.before(section);
})();
