// The matching contract of quotations, as in the Python module helpers.quotation.verify; tests run one table of cases
// through both. It reads the lines of the documents and the grammar of references from paragraphs.js.
"use strict";

window.quotations = window.quotations ?? {};
window.quotations.verify = (() => {
  const LEAST_WORDS = 3;
  const LEAST_FRAGMENT = 2;
  const LONGEST = 50000;

  // --- texts made comparable (helpers.normalize) ---

  const EQUAL = new Map();
  for (const char of "\"'`´‘’‚‛“”„‟‹›«»′″‴ʹʺʻʼˈ＂＇「」『』") EQUAL.set(char, "'");
  for (const char of "‐‑‒–—―-−﹘﹣－⁃֊᐀᠆⸗⸚⸺⸻〜〰゠") EQUAL.set(char, "-");
  // Python's definitions of a space, a letter or digit, and a part of a word.
  const SPACES = "\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
  const SPACE = new RegExp(`[${SPACES}]`, "u");
  const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\p{Cf}]/u;
  const ALNUM = /[\p{L}\p{N}]/u;
  const WORD = /[\p{L}\p{N}_]+(?:['-][\p{L}\p{N}_]+)*/gu;

  const split = (text) => text.split(new RegExp(`[${SPACES}]+`, "u")).filter(Boolean);
  const isAlnum = (char) => char !== undefined && ALNUM.test(char);

  /** Return a text in small letters; like Python's casefold, it turns both forms of the sharp s into ss. */
  const casefold = (text) => [...text].map((char) => (char === "ı" ? char : char.toLowerCase().toUpperCase().toLowerCase())).join("");

  /** Say whether a character combines with the one before it, in which case normalization may reorder them. */
  function combines(char) {
    if (/[\u1160-\u11ff]/u.test(char) || INVISIBLE.test(char)) return true;
    if (!/\p{M}/u.test(char)) return false;
    return `\u0345${char}`.normalize("NFD")[0] !== "\u0345" || !`${char}\u0334`.normalize("NFD").startsWith(char);
  }

  function fold(cluster) {
    cluster = [...cluster].filter((char) => !INVISIBLE.test(char)).join("");
    if (!EQUAL.has(cluster)) cluster = casefold(cluster.normalize("NFKC")).normalize("NFKC");
    return [...cluster].map((char) => EQUAL.get(char) ?? (SPACE.test(char) ? " " : char));
  }

  /** Return a comparable text; its character i comes from original.slice(starts[i], ends[i]). */
  function compare(original) {
    const chars = [];
    const starts = [];
    const ends = [];
    let start = 0;
    const characters = [...original];
    for (let i = 0; i < characters.length; ) {
      let cluster = characters[i++];
      while (i < characters.length && characters[i] >= "\u00ad" && combines(characters[i])) cluster += characters[i++];
      const end = start + cluster.length;
      for (const char of cluster.length === 1 && cluster >= "a" && cluster <= "z" ? cluster : fold(cluster)) {
        const last = chars.at(-1);
        if (char === last && (char === " " || char === "-")) ends[ends.length - 1] = end;
        else if (chars.length || char !== " ") {
          // One entry for each UTF-16 unit, so that offsets in the text are offsets in the lists.
          for (let unit = 0; unit < char.length; unit++) {
            starts.push(start);
            ends.push(end);
          }
          chars.push(char);
        }
      }
      start = end;
    }
    if (chars.at(-1) === " ") {
      chars.pop();
      starts.pop();
      ends.pop();
    }
    return { original, text: chars.join(""), starts, ends };
  }

  window.quotations.compare = compare; // for the concordance of explorers.js

  function spanOf(plain, start, end) {
    if (start < end) return [plain.starts[start], plain.ends[end - 1]];
    const at = plain.starts[start] ?? plain.ends.at(-1) ?? 0;
    return [at, at];
  }

  /** Say whether a word may begin or end at an offset. */
  function isBoundary(text, at) {
    if (at <= 0 || at >= text.length) return true;
    const isJoiner = (char) => char === "'" || char === "-";
    const [before, after] = [text[at - 1], text[at]];
    if (isAlnum(before)) return !(isAlnum(after) || (isJoiner(after) && isAlnum(text[at + 1])));
    if (isJoiner(before) && isAlnum(text[at - 2])) return !isAlnum(after);
    return true;
  }

  // --- how a quotation is read (helpers.quotation.contract) ---

  const MOST_EDITORIAL = 5;
  const MOST_CUTS = 20;
  const OMISSION = /\[ ?\.(?: ?\.){2,} ?\]|\.(?: ?\.){2,}/gu;
  const BRACKETS = /\[[^[\]]*\]/gu;
  const NEGATION = /(?<![\p{L}\p{N}_])(?:not?|never|nor|neither|none|nobody|nothing|cannot|without)(?![\p{L}\p{N}_])|n't(?![\p{L}\p{N}_])/u;
  const BEHIND = new RegExp(window.references.behind, "gu"); // helpers.references

  const negates = (words) => NEGATION.test(words);
  /** Return a text without marks and spaces at its end; a pattern would be slow on long texts. */
  function stripEnd(text) {
    let end = text.length;
    while (end && (text[end - 1] === "'" || text[end - 1] === " ")) end--;
    return text.slice(0, end);
  }

  /** Return a quotation as typed and as compared, without marks around it. */
  function read(typed) {
    const plain = compare(typed);
    let text = stripEnd(plain.text);
    const start = /^[' ]*/u.exec(plain.text)[0].length;
    BEHIND.lastIndex = Math.max(0, text.length - window.references.longest);
    const reference = BEHIND.exec(text);
    if (reference && reference.index > start) text = stripEnd(text.slice(0, reference.index));
    for (let i = 0; i < 2; i++) if (/(?<!\.)[.,]$/u.test(text.slice(-2))) text = stripEnd(text.slice(0, -1));
    const stripped = {
      original: typed,
      text: text.slice(start),
      starts: plain.starts.slice(start, text.length),
      ends: plain.ends.slice(start, text.length),
    };
    return { plain: stripped, text: stripped.text, cuts: findCuts(stripped.text) };
  }

  const asCut = (match, omits) => ({ text: match[0], start: match.index, end: match.index + match[0].length, omits });

  function findCuts(text) {
    const omissions = [...text.matchAll(OMISSION)].map((match) => asCut(match, true));
    const taken = new Set(omissions.map((cut) => cut.start));
    const brackets = [...text.matchAll(BRACKETS)].map((match) => asCut(match, false)).filter((cut) => !taken.has(cut.start));
    return [...omissions, ...brackets].sort((one, other) => one.start - other.start).slice(0, MOST_CUTS);
  }

  /** Return the cuts in a quotation; three dots are an omission even where the source has them, unless kept. */
  function ownCuts(quotation, source, keepDots = false) {
    const isOwn = (cut) => !(cut.omits ? keepDots && source.includes(withNeighbors(quotation.text, cut)) : source.includes(cut.text));
    return quotation.cuts.filter(isOwn);
  }

  function withNeighbors(text, cut) {
    const start = cut.start < 2 ? 0 : text.lastIndexOf(" ", cut.start - 2) + 1;
    const end = text.indexOf(" ", cut.end + 1);
    return text.slice(start, end < 0 ? text.length : end);
  }

  /** Split a quotation at its omissions and at brackets that the source does not have. */
  function pieces(quotation, source, keepDots) {
    const { text } = quotation;
    const found = [{ words: "", after: "omission", brackets: "", trailing: "" }];
    let at = 0;
    for (const cut of ownCuts(quotation, source, keepDots)) {
      const words = text.slice(at, Math.max(at, cut.start));
      at = cut.end;
      const last = found.at(-1);
      last.words = words.trim();
      last.cutEnd = !cut.omits && isAlnum([...words].at(-1));
      // Where two cuts meet, an omission is the wider one.
      const isWide = cut.omits || (!last.words && last.after === "omission");
      const touches = !cut.omits && isAlnum([...text.slice(at, at + 2)][0]);
      const brackets = cut.omits ? "" : cut.text;
      found.push({ words: "", after: isWide ? "omission" : "brackets", cutStart: touches, brackets, trailing: "" });
    }
    found.at(-1).words = text.slice(at).trim();
    const kept = [];
    let brackets = "";
    for (const piece of found) {
      brackets += piece.brackets;
      if (piece.words) {
        kept.push({ ...piece, brackets });
        brackets = "";
      }
    }
    if (kept.length) kept.at(-1).trailing = brackets;
    return kept;
  }

  /** Say whether the quotation has enough words of the source, in total and beside each omission. */
  function hasEnough(parts) {
    const fragments = [0];
    parts.forEach((piece, i) => {
      if (i && piece.after === "omission") fragments.push(0);
      fragments[fragments.length - 1] += split(piece.words).length;
    });
    const total = fragments.reduce((sum, n) => sum + n, 0);
    return total >= LEAST_WORDS && (fragments.length === 1 || Math.min(...fragments) >= LEAST_FRAGMENT);
  }

  /** Return where a quotation is in a comparable source, or null. */
  function find(quotation, source, inAnySense = false) {
    const whole = occurrences({ words: quotation.text }, source);
    if (whole.length || !quotation.cuts.length) return whole[0] ?? null;
    for (const keepDots of [false, true]) {
      const parts = pieces(quotation, source, keepDots);
      const span = hasEnough(parts) ? follow(parts, source, inAnySense) : null;
      if (span) return span;
    }
    return null;
  }

  const mayBeFound = (quotation, source) => [false, true].some((keepDots) => hasEnough(pieces(quotation, source, keepDots)));

  function follow(parts, source, inAnySense) {
    if (!inAnySense && (negates(parts[0].brackets) || negates(parts.at(-1).trailing))) return null;
    let ends = new Map(); // where the pieces so far may end -> where they then began
    parts.forEach((piece, i) => {
      const reached = new Map();
      for (const [start, end] of occurrences(piece, source)) {
        const began = [...ends]
          .filter(([e]) => e <= start && mayPart(source.slice(e, start), piece, inAnySense))
          .map(([, from]) => from);
        if (i === 0 || began.length) reached.set(end, began.length ? Math.max(...began) : start);
      }
      ends = reached;
    });
    if (!ends.size) return null;
    const end = Math.min(...ends.keys());
    return [ends.get(end), end];
  }

  function mayPart(between, piece, inAnySense) {
    if (piece.after === "omission") return inAnySense || !negates(piece.brackets) || negates(between);
    if (between.trim().split(" ", MOST_EDITORIAL + 1).length > MOST_EDITORIAL) return false;
    return inAnySense || negates(piece.brackets) === negates(between);
  }

  function occurrences(piece, source) {
    const spans = [];
    for (let at = source.indexOf(piece.words); at >= 0; at = source.indexOf(piece.words, at + 1)) {
      const end = at + piece.words.length;
      if ((piece.cutStart || isBoundary(source, at)) && (piece.cutEnd || isBoundary(source, end))) spans.push([at, end]);
      if (!piece.words) break;
    }
    return spans;
  }

  // --- the two readings of every line (helpers.quotation.sources) ---

  /** Return the words of a text, which begins at an offset, with their places. */
  function findWords(text, offset = 0, most = Infinity) {
    const found = [];
    if (!most) return found;
    for (const match of text.matchAll(WORD)) {
      const start = offset + match.index;
      found.push({ text: match[0], start, end: start + match[0].length });
      if (found.length === most) break;
    }
    return found;
  }

  let lines = null;
  let witnesses = null;
  let allText = "";

  function prepare() {
    if (witnesses) return;
    lines = new Map(window.paragraphs.map((line) => [line.id, line]));
    witnesses = [];
    for (const line of window.paragraphs) {
      const [corrected, diplomatic] = [0, 1].map((i) => line.segments.map((part) => (Array.isArray(part) ? part[i] : part)).join(""));
      witnesses.push(makeWitness(line, corrected, corrected, false));
      if (corrected !== diplomatic) witnesses.push(makeWitness(line, diplomatic, corrected, true));
    }
    allText = witnesses.map((witness) => witness.plain.text).join("\n");
  }

  function makeWitness(line, text, corrected, isDiplomatic) {
    const plain = compare(text);
    const words = findWords(plain.text);
    const places = new Map();
    words.forEach((word, at) => places.set(word.text, [...(places.get(word.text) ?? []), at]));
    return { line, plain, words, places, corrected, isDiplomatic };
  }

  /** Return a span of a witness as a passage of the corrected reading. */
  function passageOf(witness, from, to) {
    let [start, end] = spanOf(witness.plain, from, to);
    if (witness.isDiplomatic) [start, end] = toCorrected(witness.line.segments, start, end);
    return { id: witness.line.id, start, end, text: witness.corrected.slice(start, end) };
  }

  function toCorrected(segments, start, end) {
    let [received, corrected] = [0, 0];
    let [first, last] = [null, null];
    for (const part of segments) {
      const isChanged = Array.isArray(part);
      const [mine, its] = isChanged ? part : [part, part];
      if (received < end && start < received + its.length) {
        first ??= corrected + (isChanged ? 0 : Math.max(0, start - received));
        last = corrected + (isChanged ? mine.length : Math.min(end - received, its.length));
      }
      received += its.length;
      corrected += mine.length;
    }
    return [first ?? 0, last ?? 0];
  }

  function findPassages(quotation) {
    const found = new Map();
    for (const witness of witnesses) {
      const span = find(quotation, witness.plain.text);
      if (span && !found.has(witness.line.id)) found.set(witness.line.id, passageOf(witness, ...span));
    }
    return [...found.values()];
  }

  // --- longest common blocks, as Python's difflib has them ---

  function matchBlocks(a, b, dropsPopular) {
    const places = new Map();
    b.forEach((one, j) => (places.has(one) ? places.get(one).push(j) : places.set(one, [j])));
    if (dropsPopular && b.length >= 200) {
      const most = Math.floor(b.length / 100) + 1;
      for (const [one, at] of places) if (at.length > most) places.delete(one);
    }
    const longest = (alo, ahi, blo, bhi) => {
      let [besti, bestj, size] = [alo, blo, 0];
      let lengths = new Map();
      for (let i = alo; i < ahi; i++) {
        const next = new Map();
        for (const j of places.get(a[i]) ?? []) {
          if (j < blo) continue;
          if (j >= bhi) break;
          const k = (lengths.get(j - 1) ?? 0) + 1;
          next.set(j, k);
          if (k > size) [besti, bestj, size] = [i - k + 1, j - k + 1, k];
        }
        lengths = next;
      }
      while (besti > alo && bestj > blo && a[besti - 1] === b[bestj - 1]) [besti, bestj, size] = [besti - 1, bestj - 1, size + 1];
      while (besti + size < ahi && bestj + size < bhi && a[besti + size] === b[bestj + size]) size++;
      return [besti, bestj, size];
    };
    const queue = [[0, a.length, 0, b.length]];
    const found = [];
    while (queue.length) {
      const [alo, ahi, blo, bhi] = queue.pop();
      const [i, j, size] = longest(alo, ahi, blo, bhi);
      if (!size) continue;
      found.push([i, j, size]);
      if (alo < i && blo < j) queue.push([alo, i, blo, j]);
      if (i + size < ahi && j + size < bhi) queue.push([i + size, ahi, j + size, bhi]);
    }
    found.sort((one, other) => one[0] - other[0] || one[1] - other[1]);
    const blocks = [];
    for (const [i, j, size] of found) {
      const last = blocks.at(-1);
      if (last && last[0] + last[2] === i && last[1] + last[2] === j) last[2] += size;
      else blocks.push([i, j, size]);
    }
    return [...blocks, [a.length, b.length, 0]];
  }

  function opcodes(a, b) {
    const found = [];
    let [i, j] = [0, 0];
    for (const [ai, bj, size] of matchBlocks(a, b, false)) {
      if (i < ai || j < bj) found.push([i < ai ? (j < bj ? "replace" : "delete") : "insert", i, ai, j, bj]);
      [i, j] = [ai + size, bj + size];
      if (size) found.push(["equal", ai, i, bj, j]);
    }
    return found;
  }

  function ratio(one, other) {
    const [a, b] = [[...one], [...other]];
    // If the lengths already differ too much, nothing is compared.
    if ((2 * Math.min(a.length, b.length)) / (a.length + b.length) < ALIKE) return 0;
    const matches = matchBlocks(a, b, true).reduce((sum, [, , size]) => sum + size, 0);
    return (2 * matches) / (a.length + b.length);
  }

  // --- the nearest passage, and what differs (helpers.quotation.nearest) ---

  const NEAR = 0.5;
  const NEAR_SCATTERED = 0.7;
  const LONG_RUN = 5;
  const ALIKE = 0.7;
  const MOST_WORDS = 400;
  const MOST_COMPARED = 8;
  const MOST_SAID = 3;
  const LONGEST_ECHO = 200;

  /** Return the first of the greatest, as Python's max does. */
  const best = (list, key) => list.reduce((one, other) => (key(other) > key(one) ? other : one));

  function findNearest(quotation, wanted) {
    const parts = stretches(quotation);
    if (!parts.length) return null;
    const scattered = findScattered(quotation, parts);
    if (scattered) return scattered;
    const score = new Map(witnesses.map((w) => [w, parts.reduce((sum, part) => sum + votes(part.words, w)[0][1], 0)]));
    const likely = [...witnesses]
      .sort((one, other) => score.get(other) - score.get(one))
      .filter((w, i) => i < MOST_COMPARED || w.line.id === wanted);
    const neighbors = likely.map((witness) => layBeside(quotation, parts, witness));
    const nearest = best(neighbors, (n) => n.share + 0.05 * (n.witness.line.id === wanted));
    const run = best(neighbors, (n) => n.longest);
    if (nearest.share >= (nearest.longest > 1 ? NEAR : NEAR_SCATTERED)) {
      let said = nearest.changes.slice(0, MOST_SAID).join("; ");
      if (!said) {
        const isFound = find(quotation, nearest.witness.plain.text, true);
        said = isFound ? "the words in brackets reverse its sense" : "its parts come in another order, or farther apart";
      }
      const more = nearest.changes.length - MOST_SAID;
      if (more > 0) said += `; and ${more} more`;
      const hint = quotation.text.includes("(...)") ? ' Write "[...]" where you leave words out.' : "";
      const passage = passageOf(nearest.witness, ...nearest.span);
      return [passage, `The words are not quite those of ${nearest.witness.line.id}: ${said}.${hint}`];
    }
    if (run.longest >= LONG_RUN) {
      const passage = passageOf(run.witness, ...run.span);
      return [passage, `Only some of these words are in ${passage.id}.`];
    }
    return null;
  }

  function stretches(quotation) {
    const cuts = ownCuts(quotation, allText);
    const starts = [0, ...cuts.map((cut) => cut.end)];
    const ends = [...cuts.map((cut) => cut.start), quotation.text.length];
    let left = MOST_WORDS;
    const found = starts.map((start, i) => {
      const words = findWords(quotation.text.slice(start, ends[i]), start, left);
      left -= words.length;
      return { words, start, end: ends[i] };
    });
    return found.filter((part) => part.words.length);
  }

  /** Return a sentence about fragments that are all in the source, but in several paragraphs. */
  function findScattered(quotation, parts) {
    if (parts.length < 2) return null;
    const found = [];
    for (const part of parts) {
      const piece = { words: quotation.text.slice(part.words[0].start, part.words.at(-1).end) };
      if (part.words.length < LEAST_FRAGMENT) return null;
      const place = witnesses.find((witness) => occurrences(piece, witness.plain.text).length);
      if (!place) return null;
      found.push([place, occurrences(piece, place.plain.text)[0]]);
    }
    const places = [...new Set(found.map(([witness]) => witness.line.id))];
    if (places.length < 2) return null;
    const [witness, span] = found[0];
    const said = `These fragments are in ${places.join(" and ")}; an omission stays within one paragraph.`;
    return [passageOf(witness, ...span), said];
  }

  /** Return where a piece may begin in a witness, best first, with the number of matching words. */
  function votes(words, witness) {
    const slack = 1 + Math.floor(words.length / 4);
    const offsets = new Map();
    words.forEach((word, i) => {
      for (const at of witness.places.get(word.text) ?? []) offsets.set(at - i, (offsets.get(at - i) ?? 0) + 1);
    });
    const found = [...offsets.keys()].map((offset) => {
      let count = 0;
      for (let d = -slack; d <= slack; d++) count += offsets.get(offset + d) ?? 0;
      return [offset, count];
    });
    found.sort((one, other) => other[1] - one[1] || one[0] - other[0]);
    return found.length ? found : [[0, 0]];
  }

  function layBeside(quotation, parts, witness) {
    let [shared, longest] = [0, 0];
    const changes = [];
    const spans = [];
    for (const part of parts) {
      const most = Math.min(MOST_COMPARED, Math.floor(MOST_WORDS / part.words.length));
      const tries = votes(part.words, witness).slice(0, most).map(([start]) => align(part.words, witness, start));
      const nearest = best(tries, (alignment) => alignment.shared);
      shared += nearest.shared;
      longest = Math.max(longest, nearest.longest);
      changes.push(...differences(quotation, part, witness, nearest));
      for (const step of nearest.steps) spans.push(...step.theirs);
    }
    const share = shared / parts.reduce((sum, part) => sum + part.words.length, 0);
    const span = spans.length ? [Math.min(...spans.map((w) => w.start)), Math.max(...spans.map((w) => w.end))] : [0, 0];
    return { share, longest, witness, span, changes };
  }

  /** Align words, one by one, with the part of a witness that begins near its word `start`. */
  function align(words, witness, start) {
    const slack = 2 + Math.floor(words.length / 4);
    const window = witness.words.slice(Math.max(0, start - slack), Math.max(0, start + words.length + slack));
    const [own, theirs] = [words.map((word) => word.text), window.map((word) => word.text)];
    const steps = [];
    let [shared, longest] = [0, 0];
    const codes = opcodes(own, theirs);
    codes.forEach(([kind, a, b, c, d], i) => {
      const [first, last] = [i === 0, i === codes.length - 1];
      if (kind === "insert" && (first || last)) return;
      if (kind === "replace" && first) c = Math.max(c, d - (b - a));
      else if (kind === "replace" && last) d = Math.min(d, c + (b - a));
      if (kind === "equal") {
        shared += b - a;
        longest = Math.max(longest, b - a);
      } else if (kind === "replace") {
        const likeness = likenessOf(own.slice(a, b), theirs.slice(c, d));
        if (!likeness && (first || last)) [kind, d] = ["delete", c];
        shared += likeness;
      }
      steps.push({ kind, own: words.slice(a, b), theirs: window.slice(c, d) });
    });
    return { shared, longest, steps };
  }

  function likenessOf(own, theirs) {
    const whole = ratio(own.join(" "), theirs.join(" "));
    if (whole >= ALIKE) return whole * own.length;
    return own
      .slice(0, theirs.length)
      .map((one, i) => ratio(one, theirs[i]))
      .filter((one) => one >= ALIKE)
      .reduce((sum, one) => sum + one, 0);
  }

  const join = (words) => words.map((word) => word.text).join(" ");
  const bounds = (words) => [words[0].start, words.at(-1).end];

  /** Return a part of a text as it was typed, in quotation marks and on one line. */
  function echo(plain, start, end) {
    return `"${shorten(split(plain.original.slice(...spanOf(plain, start, end))).join(" "))}"`;
  }

  function shorten(text) {
    const chars = [...text];
    return chars.length <= LONGEST_ECHO ? text : `${chars.slice(0, LONGEST_ECHO - 4).join("")} ...`;
  }

  function differences(quotation, part, witness, { steps }) {
    const own = (words) => echo(quotation.plain, ...bounds(words));
    const theirs = (words) => echo(witness.plain, ...bounds(words));
    const textsOf = (kind, side) => new Set(steps.filter((step) => step.kind === kind).map((step) => join(step[side])));
    const [dropped, added] = [textsOf("delete", "own"), textsOf("insert", "theirs")];
    const said = [];
    for (const { kind, own: mine, theirs: its } of steps) {
      if (kind === "delete" && added.has(join(mine))) said.push(`it has ${own(mine)} in another place`);
      else if (kind === "insert" && dropped.has(join(its))) continue;
      else if (kind === "replace") said.push(`it has ${theirs(its)}, not ${own(mine)}`);
      else if (kind === "delete") said.push(`it does not have ${own(mine)}`);
      else if (kind === "insert") said.push(`it also has ${echo(witness.plain, ...withBrackets(witness.plain.text, ...bounds(its)))}`);
    }
    if (said.length) return said;
    for (const { own: mine, theirs: its } of steps) {
      for (let i = 1; i < mine.length; i++) {
        const between = quotation.text.slice(mine[i - 1].end, mine[i].start);
        if (between === witness.plain.text.slice(its[i - 1].end, its[i].start)) continue;
        said.push(`it has ${theirs(its.slice(i - 1, i + 1))}, not ${own(mine.slice(i - 1, i + 1))}`);
      }
    }
    return [...said, ...marksAtEnds(quotation, part, witness, steps)];
  }

  function marksAtEnds(quotation, part, witness, steps) {
    const [first, last] = [steps[0], steps.at(-1)];
    const [mine, mineLast] = [first.own[0], last.own.at(-1)];
    const before = quotation.text.slice(part.start, mine.start).trim();
    const after = quotation.text.slice(mineLast.end, part.end).trim();
    const source = witness.plain.text;
    const said = [];
    if (before && !source.slice(0, first.theirs[0].start).trimEnd().endsWith(before)) {
      said.push(`it does not have "${shorten(before)}" before "${mine.text}"`);
    }
    if (after && !source.slice(last.theirs.at(-1).end).trimStart().startsWith(after)) {
      said.push(`it does not have "${shorten(after)}" after "${mineLast.text}"`);
    }
    return said;
  }

  function withBrackets(text, start, end) {
    const around = (text[start - 1] ?? "") + (text[end] ?? "");
    return around === "[]" || around === "()" ? [start - 1, end + 1] : [start, end];
  }

  // --- the answer (helpers.quotation.verify) ---

  const answer = (status, explanation, { paragraphs = [], passage = null, nearest = null, quoted = "" } = {}) => ({
    status,
    paragraphs,
    passage,
    nearest,
    explanation,
    quoted,
  });

  const tooShort = () =>
    answer(
      "too-short",
      `This is too short to be evidence: quote at least ${LEAST_WORDS} words of the source, ` +
        `and at least ${LEAST_FRAGMENT} on each side of an omission.`,
    );

  function tidyId(paragraphId) {
    const plain = typeof paragraphId === "string" ? compare(paragraphId).text.replace(/^[ .,;:()[\]']+|[ .,;:()[\]']+$/gu, "") : "";
    const body = /^(.+-p)0*(\d+)$/su.exec(plain);
    return body && body[2].length < 5 ? `${body[1]}${body[2].padStart(2, "0")}` : plain;
  }

  /** Return a text between quotation marks, as Python shows one. */
  function show(text) {
    const mark = text.includes("'") ? '"' : "'";
    const hidden = (char) => `\\x${char.codePointAt(0).toString(16).padStart(2, "0")}`;
    return mark + text.replace(/\\/gu, "\\\\").replace(/[\0-\x1f\x7f-\xa0\xad]/gu, hidden) + mark;
  }

  const listPlaces = (found) => found.map((passage) => passage.id).join(" and ");

  /**
   * Say whether a quotation is faithful and, if not, what differs; no text raises an error.
   * Without a paragraph it may be anywhere in the documents. The result lists its places in `paragraphs`.
   */
  return function verify(text, paragraphId = null) {
    prepare();
    if (typeof text !== "string") {
      return answer("empty", "There is no quotation here: give the words as text, between quotation marks.");
    }
    if ([...text.slice(0, 2 * LONGEST + 2)].length > LONGEST) {
      return answer("absent", "This is too long for a quotation: quote one passage.");
    }
    const quotation = read(text);
    if (!/[\p{L}\p{N}_]/u.test(quotation.text)) return answer("empty", "There is no quotation here yet.");
    if (split(quotation.text).length < LEAST_WORDS) return tooShort();
    const isAnywhere = paragraphId === null || paragraphId === undefined;
    const wanted = tidyId(paragraphId);
    const isUnknown = !isAnywhere && !lines.has(wanted);
    const unknown = isUnknown ? `There is no paragraph ${show([...wanted].slice(0, 40).join(""))}. ` : "";
    const paragraphs = findPassages(quotation);
    if (!paragraphs.length && !mayBeFound(quotation, allText)) return tooShort();
    if (paragraphs.length) {
      const quoted = text.slice(...spanOf(quotation.plain, 0, quotation.text.length));
      const there = paragraphs.find((passage) => passage.id === wanted);
      if (there) return answer("verbatim", `These words are in ${wanted}.`, { paragraphs, passage: there, quoted });
      if (isAnywhere) {
        return answer("verbatim", `These words are in ${listPlaces(paragraphs)}.`, { paragraphs, passage: paragraphs[0], quoted });
      }
      return elsewhere(paragraphs, wanted, unknown, quoted);
    }
    const nearest = findNearest(quotation, wanted);
    if (nearest) return answer("altered", unknown + nearest[1], { nearest: nearest[0] });
    return answer("absent", `${unknown}No passage of the documents has these words, or words close to them.`);
  };

  function elsewhere(paragraphs, wanted, unknown, quoted) {
    const documentOf = (id) => id.replace(/-[^-]*$/u, "");
    const same = paragraphs.filter((passage) => wanted.startsWith(documentOf(passage.id)));
    const isDocument = [...lines.keys()].some((id) => wanted.startsWith(documentOf(id)));
    const places = same.length ? same : paragraphs;
    const status = isDocument && !same.length ? "other-document" : "other-paragraph";
    const instead = unknown ? "" : `, not in ${wanted}`;
    const explanation = `${unknown}These words are in ${listPlaces(places)}${instead}.`;
    return answer(status, explanation, { paragraphs, passage: places[0], quoted });
  }
})();
