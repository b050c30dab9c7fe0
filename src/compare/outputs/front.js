/* The search of the front page. Rows are folded once, when first asked for; what is typed is folded alike,
   so that script, width, capitals and blanks make no difference. Nothing is fetched. */
(() => {
  "use strict";
  const data = JSON.parse(document.getElementById("rows").textContent);
  const by = id => document.getElementById(id);
  const [section, input, city, topic] = ["find", "words", "city", "topic"].map(by);
  const [status, near, list, more, clear] = ["status", "near", "hits", "more", "clear"].map(by);
  const kinds = [...section.querySelectorAll("input[name=kind]")];
  const address = location.href.split("#")[0];

  // ── folding ───────────────────────────────────────────────────────────────
  const folds = new Map([["‘", "'"], ["’", "'"], ["“", '"'], ["”", '"'], ["–", "-"], ["−", "-"]]);
  for (let at = 0; at < data.simple.length; at += 2) folds.set(data.simple[at], data.simple[at + 1]);
  const latin = letter => letter > " " && letter < "\u0300";

  // The folded text, and for each of its characters where it stood. A blank is kept between Latin words only.
  function fold(text) {
    const letters = [], places = [];
    let blank = -1;
    for (let at = 0; at < text.length; at++) {
      let letter = text[at];
      if (/\s/.test(letter)) { blank = at; continue; }
      const code = letter.charCodeAt(0);
      if (code > 0xff00 && code < 0xff5f) letter = String.fromCharCode(code - 0xfee0);
      const small = letter.toLowerCase();
      if (small.length === 1) letter = small;
      letter = folds.get(letter) || letter;
      if (blank >= 0 && letters.length && latin(letters[letters.length - 1]) && latin(letter)) {
        letters.push(" "); places.push(blank);
      }
      blank = -1;
      letters.push(letter); places.push(at);
    }
    return {text: letters.join(""), places};
  }
  const folded = text => fold(text).text;

  // ── rows ──────────────────────────────────────────────────────────────────
  const sources = data.sources.map(([at, name, draft, script, page]) => ({city: data.cities[at], name, draft, script, page}));
  let rows = null;

  function read([kind, id, source, topics, due, words, soft, ...rest]) {
    const row = {kind: data.kinds[kind], id, source: sources[source], topics: [].concat(topics), words, soft,
      due: due < 0 ? "" : data.dues[due]};
    if (row.kind === "deadline") [row.text, row.governs] = rest;
    else if (row.kind === "commitment") [row.translation] = rest;
    else [row.indicator, row.value, row.plain, row.basis, row.restates, row.translation] = rest;
    const own = [words, row.translation, row.value, row.plain, row.text,
      ...(row.indicator === undefined ? [] : data.indicators[row.indicator])];
    const about = [row.due, id, row.source.name, ...row.source.city, ...row.topics.flatMap(at => data.topics[at].slice(1, 3))];
    const join = parts => parts.filter(Boolean).map(folded).join("\n");
    row.own = join(own);
    row.folded = `${row.own}\n${join(about)}`;
    return row;
  }

  // A briefing is a row as well: its page, whom and what it is on, and every name that leads there.
  function page([address, title, at, topic, names]) {
    const own = names.split("\n").map(folded).join("\n");
    return {kind: "briefing", id: "", page: address, title, source: {city: data.cities[at] || ["", ""]},
      topics: topic < 0 ? [] : [topic], own, folded: own};
  }

  // An English word in its singular and its plural.
  const forms = word => !/^[a-z-]{4,}$/.test(word) ? [word]
    : word.endsWith("ies") ? [word, `${word.slice(0, -3)}y`] : word.endsWith("y") ? [word, `${word.slice(0, -1)}ies`]
    : /(ss|us|is)$/.test(word) ? [word] : /(s|x|ch|sh)es$/.test(word) ? [word, word.slice(0, -2)]
    : word.endsWith("s") ? [word, word.slice(0, -1)] : [word];
  const says = (text, word) => forms(word).some(form => text.includes(form));
  const every = () => rows = rows || [...data.briefings.map(page), ...data.rows.map(read)];

  function matching(words, filtered = true) {
    every();
    const within = filtered ? row => (!city.value || row.source.city[0] === city.value)
      && (!topic.value || row.topics.some(at => data.topics[at][0] === topic.value)) : () => true;
    const found = rows.filter(row => within(row) && words.every(word => says(row.folded, word)));
    // Within a kind, rows that say it themselves stand before those whose topic, city or document does, and
    // what counts before what repeats it; a briefing that is named before one that holds the words.
    const named = row => row.kind === "briefing" ? folded([row.title, ...row.topics.flatMap(at => data.topics[at].slice(1, 3)),
      ...row.source.city.slice(1)].join("\n")) : row.own;
    const rank = row => 4 * data.kinds.indexOf(row.kind) + 2 * !words.every(word => says(named(row), word)) + !!row.restates;
    return found.map(row => [rank(row), row]).sort((one, other) => one[0] - other[0]).map(([, row]) => row);
  }

  // ── elements ──────────────────────────────────────────────────────────────
  function make(tag, look, ...inside) {
    const made = document.createElement(tag);
    if (look) made.className = look;
    made.append(...inside.flat().filter(one => one !== "" && one !== undefined));
    return made;
  }
  const number = count => data.lang === "en" ? count.toLocaleString("en-US") : String(count);
  const say = (name, values = {}) => data.say[name].replace(/\{(\w+)\}/g, (_, key) => values[key]);
  const counted = (name, count) => say(count === 1 ? `${name}.one` : name, {count: number(count)});
  const chinese = (made, tag = "zh") => { made.lang = tag; return made; };

  // The text with every place marked where one of the words stands in it.
  function marked(text, words) {
    const {text: plain, places} = fold(text), hit = new Array(text.length).fill(false);
    for (const word of words.flatMap(forms)) {
      for (let at = plain.indexOf(word); at >= 0; at = plain.indexOf(word, at + 1)) {
        hit.fill(true, places[at], places[at + word.length - 1] + 1);
      }
    }
    const parts = [];
    for (let start = 0, end = 1; start < text.length; start = end++) {
      while (end < text.length && hit[end] === hit[start]) end++;
      const run = text.slice(start, end);
      parts.push(hit[start] ? make("mark", "hit", run) : run);
    }
    return parts;
  }

  function link(address, look, ...inside) {
    const made = make(address ? "a" : "span", address ? look : "", ...inside);
    if (address) made.href = address;
    return made;
  }

  function item(row, words) {
    if (row.kind === "briefing") {
      const kind = make("span", "kind", section.querySelector("input[value=briefing]").dataset.one);
      const about = row.topics.map(at => make("span", "of", marked(data.topics[at][1], words)));
      return make("li", "result r-briefing", make("p", "who", kind, about),
        make("p", "words", link(row.page, "q", marked(row.title, words))));
    }
    // The figures of a topic are on its page, those from elsewhere nowhere else.
    const page = row.indicator === undefined ? "" : data.topics[row.topics[0]][3];
    const outside = row.kind === "elsewhere", own = row.source.page && `${row.source.page}#${row.id}`;
    const full = outside ? page && `${page}#${row.id}` : own, look = outside ? "v out" : "v";
    const show = text => marked(text, words);
    const name = make("b", `city c-${row.source.city[0]}`, show(row.source.city[1]));
    const who = [make("span", "kind", section.querySelector(`input[value=${row.kind}]`).dataset.one), name,
      make("span", row.source.draft ? "draft-tag" : "", show(row.source.name))];
    const about = [row.indicator === undefined ? "" : make("span", "what", show(data.indicators[row.indicator][0])),
      row.value ? link(full, look, show(row.value)) : "", row.basis ? make("span", "", row.basis) : "",
      row.text ? make("span", "", chinese(make("span", "", show(row.text)), row.source.script), " → ", show(row.due))
        : row.due ? make("span", "", show(say("due", {due: row.due}))) : "",
      row.governs ? make("span", "", counted("governs", row.governs)) : "",
      row.soft ? make("span", "", say("aspirational")) : "",
      row.restates ? make("span", "", say("restates", {other: row.restates})) : "",
      ...row.topics.slice(0, 3).map(at => make("span", "of", show(data.topics[at][1])))];
    const body = [row.translation ? make("p", "words", link(full, "v q", show(row.translation))) : "",
      make("p", row.translation ? "words original" : "words",
        chinese(link(row.translation || outside ? "" : full, "v q", show(row.words)), row.source.script))];
    const where = [make("span", "id", show(row.id)),
      own ? make("span", "", `${say("full")} `, link(own, "", own)) : "",
      page ? make("span", "", `${say("topic")} `, link(`${page}#${row.id}`, "", `${page}#${row.id}`)) : ""];
    return make("li", `result r-${row.kind}`, make("p", "who", who), make("p", "about", about), body, make("p", "where", where));
  }

  // ── searching ─────────────────────────────────────────────────────────────
  let hits = [], words = [], listed = 0, instead = "";
  // What is said nowhere is searched by the nearest word that is: one or two letters apart.
  function apart(one, other, most) {
    if (Math.abs(one.length - other.length) > most) return most + 1;
    let before = [], last = [...Array(other.length + 1).keys()];
    for (let at = 1; at <= one.length; at++) {
      const next = [at];
      for (let to = 1; to <= other.length; to++) {
        next[to] = Math.min(last[to] + 1, next[to - 1] + 1, last[to - 1] + (one[at - 1] !== other[to - 1]));
        if (at > 1 && to > 1 && one[at - 1] === other[to - 2] && one[at - 2] === other[to - 1]) {
          next[to] = Math.min(next[to], before[to - 2] + 1);
        }
      }
      [before, last] = [last, next];
    }
    return last[other.length];
  }
  let spoken = null;
  function nearest(word) {
    if (!/^[a-z]{4,}$/.test(word) || every().some(row => says(row.folded, word))) return word;
    spoken = spoken || [...new Set(rows.flatMap(row => row.folded.match(/[a-z]{4,}/g) || []))].sort();
    let found = word, least = word.length > 6 ? 2 : 1;
    for (const one of spoken) {
      const far = apart(word, one, least);
      if (far < least || far === least && found === word) [found, least] = [one, far];
    }
    return found;
  }
  const asked = () => [...new Set(input.value.split(/\s+/).map(folded).filter(Boolean))];
  const chosen = () => kinds.filter(kind => kind.checked).map(kind => kind.value);
  const narrowed = () => Boolean(city.value || topic.value || chosen().length < kinds.length);

  function search() {
    const typed = asked();
    words = typed.map(nearest);
    instead = typed.map((word, at) => word === words[at] ? "" : say("instead", {typed: word, used: words[at]})).join("");
    const active = words.length > 0 || narrowed();
    const found = active ? matching(words) : [];
    for (const kind of kinds) {
      kind.nextElementSibling.textContent = active ? number(found.filter(row => row.kind === kind.value).length) : "";
    }
    const wanted = new Set(chosen());
    hits = found.filter(row => wanted.has(row.kind));
    list.replaceChildren(); near.replaceChildren(); listed = 0;
    clear.hidden = !active;
    extend(data.limits.first);
    if (active && !hits.length) offer();
    if (!active) status.textContent = "";
    remember();
  }

  function extend(count) {
    const next = hits.slice(listed, listed + count);
    list.append(...next.map(row => item(row, words)));
    listed += next.length;
    const left = Math.min(data.limits.more, hits.length - listed);
    more.hidden = left <= 0;
    more.textContent = say("more", {count: number(left)});
    status.textContent = !hits.length ? say("found.none")
      : instead + counted("found", hits.length) + (listed < hits.length ? say("shown", {count: number(listed)}) : "");
  }

  // Where nothing is found: the same without filters, each word alone, and names that share characters with it.
  function offer() {
    const lines = [], everywhere = narrowed() ? matching(words, false).length : 0;
    if (everywhere) lines.push([say("found.filtered", {count: number(everywhere)}), loosen]);
    const alone = words.length > 1 ? input.value.trim().split(/\s+/).map(word => [word, matching([folded(word)]).length]) : [];
    const ask = word => () => { input.value = word; search(); input.focus(); };
    const button = ([words, act]) => {
      const made = make("button", "word", words);
      made.type = "button";
      made.addEventListener("click", act);
      return /[\u2e80-\u9fff]/.test(words) ? chinese(made) : made;
    };
    const parts = alone.filter(([, count]) => count).map(([word, count]) => [`${word} (${number(count)})`, ask(word)]);
    const names = close(words.join("")).map(word => [word, ask(word)]);
    if (lines.length) near.append(make("p", "", lines.map(button)));
    if (parts.length) near.append(make("p", "", say("apart"), " ", parts.map(button)));
    if (names.length) near.append(make("p", "", say("near"), " ", names.map(button)));
  }

  // Single Chinese characters and pairs of any: names are as close as the share of them that is common to both.
  function grams(text) {
    const found = new Set();
    for (let at = 0; at < text.length; at++) {
      if (text[at] > "\u2e80") found.add(text[at]);
      if (at + 1 < text.length) found.add(text.slice(at, at + 2));
    }
    return found;
  }

  function close(text) {
    const wanted = grams(text), scored = [];
    for (const name of data.near) {
      const plain = folded(name), held = grams(plain);
      const score = 2 * [...held].filter(one => wanted.has(one)).length / (held.size + wanted.size || 1);
      if (score >= 0.2 && plain !== text) scored.push([score, name, name.split(/\s+/).map(folded)]);
    }
    scored.sort((one, other) => other[0] - one[0]);
    return scored.filter(([, , parts]) => matching(parts).some(row => chosen().includes(row.kind)))
      .slice(0, data.limits.near).map(([, name]) => name);
  }

  function loosen() {
    city.value = topic.value = "";
    for (const kind of kinds) kind.checked = true;
    search(); input.focus();
  }

  function empty() { input.value = ""; loosen(); }

  // ── the address ───────────────────────────────────────────────────────────
  const keys = ["q", "city", "topic", "kind"];

  function remember() {
    const said = new URLSearchParams();
    if (input.value.trim()) said.set("q", input.value.trim());
    if (city.value) said.set("city", city.value);
    if (topic.value) said.set("topic", topic.value);
    if (chosen().length < kinds.length) said.set("kind", chosen().join(","));
    // The hash of a place in the page is left alone while nothing is asked.
    if (said.size === undefined ? String(said) : said.size) history.replaceState(null, "", `${address}#${said}`);
    else if (recalled()) history.replaceState(null, "", address);
  }

  function recalled() {
    const said = new URLSearchParams(location.hash.slice(1));
    return keys.some(key => said.has(key)) ? said : null;
  }

  function recall() {
    const said = recalled();
    if (!said) return;
    input.value = said.get("q") || "";
    for (const [select, key] of [[city, "city"], [topic, "topic"]]) {
      const value = said.get(key) || "";
      select.value = [...select.options].some(option => option.value === value) ? value : "";
    }
    const wanted = said.has("kind") ? said.get("kind").split(",") : kinds.map(kind => kind.value);
    for (const kind of kinds) kind.checked = wanted.includes(kind.value);
    search();
    section.scrollIntoView();
  }

  // ── what the reader does ──────────────────────────────────────────────────
  let waiting = 0;
  const soon = () => { clearTimeout(waiting); waiting = setTimeout(search, 120); };
  input.addEventListener("input", event => { if (!event.isComposing) soon(); });
  input.addEventListener("compositionend", soon);
  for (const one of [city, topic, ...kinds]) one.addEventListener("change", search);
  clear.addEventListener("click", empty);
  more.addEventListener("click", () => {
    const first = listed;
    extend(data.limits.more);
    const next = list.children[first] && list.children[first].querySelector("a");
    if (next) next.focus();
  });
  document.addEventListener("keydown", event => {
    const typing = event.target.closest("input[type=search], select, textarea");
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      input.focus(); input.select();
    } else if (event.key === "Escape" && !event.isComposing && section.contains(event.target)) {
      event.preventDefault();
      clearTimeout(waiting);
      empty();
    }
  });
  addEventListener("hashchange", recall);

  section.querySelector(".unscripted").hidden = true;
  section.querySelector(".box").hidden = false;
  recall();
})();
