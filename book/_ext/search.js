/* How a query is cut into words, as book/_ext/searching.py cuts the book, and how what is found is shown. */
const SPELLED = SPELLED_IN_CYRILLIC;
const WORD = /[\p{L}]{1,4}-\d+[\p{L}\p{N}_]*|\d+(?:,\d{3})+(?!\d)|[\p{L}\p{N}_]+/gu;
const fold = (text) =>
  text
    .normalize("NFKD")
    .replace(/\p{Mn}/gu, "")
    .toLowerCase();
const asIndexed = (word) => {
  const bare = word.replace(/[,-]/g, "");
  return (SPELLED.find(([name]) => bare === name || (name.length > 3 && bare.startsWith(name))) || [, bare])[1];
};
var splitQuery = (query) => (fold(query).match(WORD) || []).map(asIndexed);

/* A claim's number leads to its sheet, and each place has its own heading. */
Search.inPages = Search._performSearch;
Search._performSearch = (query, ...terms) => {
  const { alltitles, docnames, filenames } = Search._index,
    headings = new Map();
  for (const [title, places] of Object.entries(alltitles))
    places.forEach(([file, id]) => headings.set(`#${id}`, [docnames[file], title, filenames[file]]));
  const sheets = splitQuery(query)
    .map((word) => [`#${word}`, headings.get(`#${word}`)])
    .filter(([id, found]) => found && /^#c\d+[a-z]?$/.test(id));
  return Search.inPages(query, ...terms).concat(
    sheets.map(([id, [page, title, file]]) => [page, `${id.slice(1).toUpperCase()}: ${title}`, id, null, 1000, file]),
  );
};

/* An excerpt is words, from where the first of those looked for stands. */
Search.htmlToText = (page, anchor) => {
  const main = new DOMParser().parseFromString(page, "text/html").querySelector("article.bd-article"),
    part = (anchor && main?.querySelector(anchor)) || main;
  part
    ?.querySelectorAll(
      ":scope > h2, h1, .headerlink, script, style, pre, nav, .tools, .cite, .what-if, p:has(> .locator)",
    )
    .forEach((element) => element.remove());
  part?.querySelectorAll("p, h2, h3, td, th, li, span.said, span.found").forEach((element) => element.append(" "));
  return (part?.textContent || "").replace(/\s+/g, " ").trim();
};
Search.makeSearchSummary = (page, terms, anchor) => {
  const text = Search.htmlToText(page, anchor),
    stemmer = new Stemmer();
  const wanted = [...text.matchAll(/[\p{L}\p{N}\p{M}_]+(?:[,-][\p{L}\p{N}_]+)*/gu)].find(([word]) =>
    splitQuery(word).some((one) => terms.has(stemmer.stemWord(one))),
  );
  const from = wanted && wanted.index > 60 ? text.lastIndexOf(" ", wanted.index - 60) + 1 : 0,
    to = text.indexOf(" ", from + 220);
  const summary = document.createElement("p");
  summary.className = "context";
  summary.textContent = `${from ? "\u2026 " : ""}${to < 0 ? text.slice(from) : `${text.slice(from, to)} \u2026`}`;
  return text ? summary : null;
};
