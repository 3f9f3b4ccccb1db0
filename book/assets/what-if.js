/* What if: a claim is judged again with another main reading, other bounds, or fewer readings. Engine and words
   are those of book/evidence/verdicts; tests/test_what_if_js.py holds them equal. */
const WhatIf = (() => {
  "use strict";

  /* The engine: readings as claims.json has them, and a choice, give a judgement. */
  const DAY = 864e5;
  const EPOCH = 719163; // 1 January 1970, in days from the first of the year 1
  const number = (value, open) =>
    value === null ? open : typeof value === "string" ? Date.parse(value) / DAY + EPOCH : value;
  const ends = (part) => ({ low: number(part.low, -Infinity), high: number(part.high, Infinity) });
  const made = (reading) => ({
    ...reading,
    ...ends(reading),
    items: reading.items.map(ends),
    rule: { test: reading.test, quorum: reading.quorum, ...ends(reading.bounds) },
  });

  const holds = (rule, value) => (rule.test === "above" ? value > rule.low : rule.low <= value && value <= rule.high);

  const pivot = (reading, rule) => {
    if (!reading.items.length) return [reading.low, reading.high];
    const k = Math.ceil(rule.quorum * reading.items.length - 1e-9);
    const best = rule.test === "at_most" ? 1 : -1;
    return ["low", "high"].map((end) => reading.items.map((item) => item[end]).sort((a, b) => best * (a - b))[k - 1]);
  };

  const outcome = (reading, rule) => {
    const [low, high] = pivot(reading, rule);
    if (rule.test === "within") {
      if (rule.low <= low && high <= rule.high) return "pass";
      return high < rule.low || low > rule.high ? "fail" : "open";
    }
    const [one, other] = [holds(rule, low), holds(rule, high)];
    return one !== other ? "open" : one ? "pass" : "fail";
  };

  const verdict = (main, others) => {
    const n = others.length;
    const passed = others.filter((other) => other === "pass").length;
    if (main === "open") return "unresolved";
    if (main === "pass") return 5 * passed >= 4 * n ? "supported" : "qualified";
    return n === 0 || 2 * passed < n ? "contradicted" : "mixed";
  };

  const edge = (bound, outward, step, observed, inclusive = true) => {
    if (!step) return bound;
    let last = (outward > 0 ? Math.floor : Math.ceil)(bound / step) * step;
    if (!inclusive && last === bound) last -= outward * step;
    return observed === "pass" ? last + outward * step : last;
  };

  const flip = (reading, rule) => {
    const observed = outcome(reading, rule);
    const [low, high] = pivot(reading, rule);
    const step = reading.step;
    if (rule.test === "at_most") return edge(rule.high, 1, step, observed);
    if (rule.test !== "within") return edge(rule.low, -1, step, observed, rule.test === "at_least");
    const first = edge(rule.low, -1, step, observed);
    const last = edge(rule.high, 1, step, observed);
    if (observed === "pass") return low - first <= last - high ? first : last;
    if (first > last) return null;
    return high < rule.low ? first : last;
  };

  /* A reading that becomes the main one changes places with the one that was; what is toggled counts if not. */
  const chosen = (readings, choice) => readings.find((reading) => reading.id === choice.main);
  const usual = (readings, choice) => {
    const main = chosen(readings, choice);
    return (reading) => (reading.role === "main" ? main : reading).role === "alternative" && reading !== main;
  };
  const counts = (readings, choice) => {
    const counted = usual(readings, choice);
    return (reading) => counted(reading) !== choice.toggled.has(reading.id);
  };
  const switched = (readings, choice, on) =>
    readings.filter((reading) => choice.toggled.has(reading.id) && counts(readings, choice)(reading) === on);

  const judge = (readings, choice) => {
    const counted = counts(readings, choice);
    const results = readings.map((reading) => {
      const main = reading.id === choice.main;
      const rule = main ? { ...reading.rule, ...choice.bounds } : reading.rule;
      const result = outcome(reading, rule);
      const counting = counted(reading);
      return { reading, rule, main, counting, outcome: reading.only_sibling && (main || counting) ? "open" : result };
    });
    const main = results.find((result) => result.main);
    const others = results.filter((result) => result.counting);
    return {
      main,
      results,
      total: others.length,
      agreeing: others.filter((other) => other.outcome === main.outcome).length,
      verdict: verdict(
        main.outcome,
        others.map((other) => other.outcome),
      ),
      flip: main.outcome === "open" ? null : flip(main.reading, main.rule),
    };
  };

  /* The words. */
  const DECIMALS = { km: 0, mi: 0, nmi: 0, "sq km": 0, ratio: 2, percent: 1, deg: 2, "contacts per year": 1 };
  const LARGE = { percent: 100, ratio: 3 };
  const BARE = ["date", "year", "share", "share of field", "percent", "rank"];
  const share = (unit) => unit.startsWith("share");
  const OUTCOME = { pass: "passes", fail: "fails", open: "open" };
  const SIGN = { supported: "✓", qualified: "≈", mixed: "±", contradicted: "×", unresolved: "?" };

  const fixed = (value, digits) => {
    const tie = /^50*$/.test(value.toFixed(60).split(".")[1].slice(digits));
    const text = value.toFixed(digits);
    // Halves go to the even digit.
    const even = tie && text.at(-1) % 2 ? (value - Math.sign(value) * 0.5 * 10 ** -digits).toFixed(digits) : text;
    return even.replace(/^-(?=[0.]+$)/, "");
  };
  const date = (day) => new Date((day - EPOCH) * DAY);
  const iso = (day) => date(day).toISOString().slice(0, 10);
  const month = (day) =>
    `${date(day).toLocaleDateString("en-GB", { month: "long", timeZone: "UTC" })} ${date(day).getUTCFullYear()}`;
  const long = (day) => `${date(day).getUTCDate()} ${month(day)}`;
  const amount = (value, unit) => {
    if (unit === "date") return long(value);
    if (unit === "year") return fixed(value, 0);
    const shown = share(unit) ? 100 * value : value;
    const digits = (share(unit) ? 1 : (DECIMALS[unit] ?? 2)) - (Math.abs(shown) >= LARGE[unit]);
    const [whole, part] = fixed(shown, Math.abs(shown - Math.round(shown)) < 1e-9 ? 0 : digits).split(".");
    const after = share(unit) || unit === "percent" ? "%" : "";
    return whole.replace("-", "−").replace(/\B(?=(\d{3})+$)/g, ",") + (part ? `.${part}` : "") + after;
  };
  const singular = (unit) =>
    unit.replace(/^(\S*?)(ies|s)?(?= |$)/, (_, stem, tail) => stem + (tail === "ies" ? "y" : ""));
  const suffix = (unit, value) =>
    BARE.includes(unit) ? "" : unit === "ratio" ? " times" : `\u00a0${value === 1 ? singular(unit) : unit}`;

  const period = (low, high) => {
    const next = iso(high + 1);
    const first = iso(low);
    if (first.endsWith("-01-01") && next === `${+first.slice(0, 4) + 1}-01-01`) return first.slice(0, 4);
    if (first.endsWith("-01") && next.endsWith("-01") && first.slice(0, 7) === iso(high).slice(0, 7)) return month(low);
    if (low === high) return long(low);
    return `${month(low) === month(high) ? date(low).getUTCDate() : long(low)} to ${long(high)}`;
  };

  const interval = (low, high, unit) => {
    const before = unit === "rank" ? "rank " : "";
    if (low === -Infinity && high === Infinity) return "any value";
    if (high === Infinity)
      return low === 0
        ? `${before}0 or more${suffix(unit)}`
        : `${before}at least ${amount(low, unit)}${suffix(unit, low)}`;
    if (low === -Infinity) return `${before}at most ${amount(high, unit)}${suffix(unit, high)}`;
    if (unit === "date") return period(low, high);
    const [one, other] = [amount(low, unit), amount(high, unit)];
    return before + (one === other ? one + suffix(unit, high) : `${one} to ${other}${suffix(unit)}`);
  };

  const found = (reading, rule) =>
    interval(...pivot(reading, rule), reading.unit) +
    (reading.items.length ? ` (the deciding one of ${reading.items.length})` : "");

  const test = ({ test: name, low, high, quorum }, unit) => {
    const bound = name === "at_most" ? high : low;
    let words = `${name.replace("_", " ")} ${amount(bound, unit)}${suffix(unit, bound)}`;
    if (unit === "date") {
      words = name === "within" ? period(low, high) : `${name === "at_most" ? "by" : "from"} ${long(bound)}`;
      if (name === "within") words = `${low === high ? "on" : / to /.test(words) ? "within" : "in"} ${words}`;
    } else if (name === "within") {
      words = (low < high ? "within " : unit === "year" ? "in " : "exactly ") + interval(low, high, unit);
    } else if (name === "at_most" && bound === -1) words = `below ${amount(0, unit)}${suffix(unit)}`;
    return quorum === 1 ? words : `${words}, in ${fixed(100 * quorum, 0)}% of cases`;
  };

  const turning = ({ main, flip: value }) => {
    const unit = main.reading.unit;
    if (main.outcome === "pass" && main.rule.low === main.rule.high) {
      return { year: "any other year", date: "any other day" }[unit] || "any other number";
    }
    const before = unit === "rank" ? "rank " : "";
    const after = unit !== "date" ? "" : value > pivot(main.reading, main.rule)[1] ? " or later" : " or earlier";
    return before + amount(value, unit) + suffix(unit, value) + after;
  };

  const turn = (judgement) => {
    const { main, flip: value } = judgement;
    if (value === null) return "";
    const passes = main.outcome === "pass";
    const beyond = passes && value === main.rule.low ? "below" : "above";
    return `${passes ? "fail" : "pass"} ${holds(main.rule, value) === passes ? beyond : "at"} ${turning(judgement)}`;
  };

  const agreement = ({ agreeing, total, verdict: word }) => {
    const [one, more] = word === "unresolved" ? ["is open too", "are open too"] : ["agrees", "agree"];
    if (total < 2) return total ? `the other reading ${agreeing ? one : "differs"}` : "no other reading";
    if (agreeing === total) return total === 2 ? `both other readings ${more}` : `all ${total} other readings ${more}`;
    if (!agreeing) return total === 2 ? `neither other reading ${one}` : `none of ${total} other readings ${one}`;
    return `${agreeing} of ${total} other readings ${more}`;
  };

  /* What a reader types or a link carries. A link has a bound as in specifications.csv: 0.8 where the form shows 80. */
  const parsed = (text, unit, percent) => {
    const plain = text
      .trim()
      .replace(/(\d),(?=\d{3}(?!\d))/g, "$1")
      .replace("−", "-");
    if (unit === "date")
      return /^[12]\d{3}-\d\d-\d\d$/.test(plain) && iso(number(plain) || EPOCH) === plain ? number(plain) : null;
    const value = /^[-+]?(\d+\.?\d*|\.\d+)$/.test(plain) ? Number(plain + (percent ? "e-2" : "")) : NaN;
    return Math.abs(value) < 1e12 ? value : null;
  };
  const scaled = (field, unit) => field === "quorum" || share(unit);
  const typed = (field, value, unit) =>
    scaled(field, unit) ? `${+(100 * value).toPrecision(12)}` : unit === "date" ? iso(value) : `${value}`;
  const NAMED = { low: "low bound", high: "high bound", quorum: "share of cases" };
  const fields = (reading) =>
    ["low", "high"].filter((end) => Number.isFinite(reading.rule[end])).concat(reading.items.length ? ["quorum"] : []);

  /* The bounds that differ from the reading's own, and by field what is wrong with their texts. */
  const bounds = (reading, texts, percent) => {
    const moved = {};
    const wrong = {};
    for (const [field, text] of Object.entries(texts)) {
      const unit = field === "quorum" ? field : reading.unit;
      const value = parsed(text, unit, percent && scaled(field, unit));
      if (!fields(reading).includes(field)) wrong[field] = `The main reading takes no ${NAMED[field]}.`;
      else if (value === null)
        wrong[field] = `The ${NAMED[field]}, “${text}”, is no ${unit === "date" ? "date" : "number"}.`;
      else if (field === "quorum" && !(value > 0 && value <= 1))
        wrong.quorum = `The ${NAMED.quorum} is above 0 and at most 100%.`;
      else if (value !== reading.rule[field]) moved[field] = value;
    }
    const { low, high } = { ...reading.rule, ...moved };
    if (low > high) {
      const [one, other] = [low, high].map((bound) => amount(bound, reading.unit));
      wrong.order = `The low bound, ${one}, is above the high one, ${other}.`;
    }
    return { moved, wrong };
  };

  const claimed = (readings) => readings[0].id.split(".")[0];
  const named = (reading) => reading.id.split(".")[1];

  /* The choice that a link carries, null for none, and what is wrong with it. */
  const read = (search, readings) => {
    const asked = new URLSearchParams(search);
    const wrong = [];
    if (!["main", "low", "high", "quorum", "on", "off"].some((key) => asked.has(key))) return { choice: null, wrong };
    const find = (name) => {
      const reading = readings.find((one) => named(one) === name);
      if (!reading) wrong.push(`${claimed(readings)} has no reading “${name}”.`);
      return reading;
    };
    const main = find(asked.get("main") ?? named(readings[0]));
    if (!main) return { choice: null, wrong };
    const choice = { main: main.id, toggled: new Set(), bounds: {} };
    const texts = Object.fromEntries(
      Object.keys(NAMED)
        .filter((key) => asked.has(key))
        .map((key) => [key, asked.get(key)]),
    );
    const { moved, wrong: refused } = bounds(main, texts, false);
    const counted = counts(readings, choice);
    const names = (key) => (asked.get(key) || "").split(",").filter(Boolean);
    const toggle = (name, on) => {
      const reading = find(name);
      if (!reading) return;
      if (reading === main || reading.tense !== main.tense)
        wrong.push(`“${name}” cannot be switched beside “${named(main)}”.`);
      else if (counted(reading) !== on) choice.toggled.add(reading.id);
    };
    names("on").forEach((name) => toggle(name, true));
    names("off").forEach((name) => toggle(name, false));
    wrong.push(...Object.values(refused));
    choice.bounds = moved;
    return { choice: wrong.length ? null : choice, wrong };
  };

  /* The link of a choice. */
  const link = (readings, choice) => {
    const main = chosen(readings, choice);
    const asked = new URLSearchParams({ main: named(main) });
    for (const [field, value] of Object.entries(choice.bounds))
      asked.set(field, field !== "quorum" && main.unit === "date" ? iso(value) : value);
    for (const key of ["on", "off"]) {
      const names = switched(readings, choice, key === "on").map(named);
      if (names.length) asked.set(key, names);
    }
    return `?${asked.toString().replaceAll("%2C", ",")}#${claimed(readings).toLowerCase()}`;
  };

  /* A choice in words. */
  const changes = (readings, choice) => {
    const main = chosen(readings, choice);
    const said = main.role === "main" ? [] : [`the main reading is “${main.text}”`];
    for (const [field, value] of Object.entries(choice.bounds)) {
      const unit = field === "quorum" ? "share" : main.unit;
      said.push(`${NAMED[field]} ${amount(value, unit)}, not ${amount(main.rule[field], unit)}`);
    }
    for (const words of ["left out", "counted too"]) {
      const n = switched(readings, choice, words === "counted too").length;
      if (n) said.push(`${n} ${n === 1 ? "reading" : "readings"} ${words}`);
    }
    return said.join("; ");
  };

  /* The book's own choice in a tense, at writing where none is named; and the readings of a choice's tense. */
  const own = (readings, tense) => {
    const main = readings.find((reading) => reading.role === "main" && (!tense || reading.tense === tense));
    return { main: main.id, toggled: new Set(), bounds: {} };
  };
  const peers = (readings, choice) => readings.filter((reading) => reading.tense === chosen(readings, choice).tense);

  /* The form, made when it is first unfolded; what a link asks for is there before the page is shown. */
  const make = (tag, given, ...parts) => {
    const { aria, ...props } = typeof given === "string" ? { className: given } : given;
    const element = Object.assign(document.createElement(tag), props);
    if (aria) element.setAttribute("aria-label", aria);
    element.append(...parts);
    return element;
  };
  const badge = (word) => make("span", `badge ${word}`, `${SIGN[word]} ${word[0].toUpperCase()}${word.slice(1)}`);

  /* The test of the main reading, its bounds as fields. */
  const asked = (reading) => {
    const { test, low, high } = reading.rule;
    const { unit } = reading;
    const field = (name) => {
      const percent = scaled(name, unit);
      const value = typed(name, reading.rule[name], unit);
      const input = make("input", {
        name,
        value,
        type: unit === "date" && !percent ? "date" : "text",
        inputMode: "decimal",
        aria: `${NAMED[name]}${percent ? " in per cent" : ""}`,
      });
      if (input.type === "text") input.style.width = `${Math.max(value.length, 3) + 2}ch`;
      return percent ? make("span", "part", input, "%") : input;
    };
    const words = { within: "within", at_least: "at least", above: "above", at_most: "at most" };
    if (unit === "date") Object.assign(words, { at_least: "from", at_most: "by" });
    const parts = [`${words[test]} `, unit === "rank" ? "rank " : ""];
    if (Number.isFinite(low)) parts.push(field("low"));
    if (test === "within") parts.push(" to ");
    if (Number.isFinite(high)) parts.push(field("high"));
    parts.push(suffix(unit) + (unit === "percent" ? "%" : ""));
    if (reading.items.length) parts.push(", in ", field("quorum"), " of cases");
    return parts;
  };

  /* What was found, beside what is asked. */
  const line = ({ reading, rule }) => {
    const spans = [
      ["asked", rule.low, rule.high, "right if here"],
      ["came", ...pivot(reading, rule), "found"],
    ];
    const known = spans.flatMap(([, low, high]) => [low, high]).filter(Number.isFinite);
    const least = Math.min(...known);
    const most = Math.max(...known);
    const room = (most - least || Math.abs(most) || 1) * 0.18;
    const place = (value) => 100 * Math.min(1, Math.max(0, (value - least + room) / (most - least + 2 * room)));
    return spans.map(([name, low, high, words]) => {
      const [from, to] = [place(low), place(high)];
      const span = make("span", name, make("span", from > 50 ? "end" : "", words));
      span.style.left = `${from}%`;
      span.style.width = `${to - from}%`;
      return span;
    });
  };

  const build = (place, given, refused = []) => {
    const all = JSON.parse(place.querySelector("script").textContent).map(made);
    let choice = given || own(all),
      readings,
      rows;
    const body = make("fieldset", "");
    const track = make("div", { className: "track", ariaHidden: "true" });
    const wrong = make("p", { className: "wrong", role: "alert" });
    const now = make("p", "");
    const changed = make("p", "changed");
    const reset = make("button", { type: "button" }, "Reset");
    const copy = make("a", "");
    const status = make("div", { className: "now", role: "status" }, wrong, now, changed);
    const form = make("form", "");

    const show = () => {
      const main = chosen(readings, choice);
      const { moved, wrong: faults } = bounds(main, texts(), true);
      const bad = refused.concat(Object.values(faults));
      const stands = Object.keys(faults).length === 0;
      if (stands) choice.bounds = moved;
      const counted = counts(readings, choice);
      const judgement = judge(readings, stands ? choice : own(all, main.tense));
      const words = changes(readings, choice);
      for (const { reading, radio, tick, came, result: shown } of rows) {
        const result = judgement.results.find((one) => one.reading === reading);
        radio.checked = reading === main;
        tick.disabled = reading === main;
        tick.checked = tick.disabled || counted(reading);
        came.textContent = found(reading, result.rule);
        shown.className = `outcome ${result.outcome}`;
        shown.textContent = OUTCOME[result.outcome];
      }
      for (const input of form.querySelectorAll("input[name=low], input[name=high], input[name=quorum]")) {
        input.setAttribute("aria-invalid", input.name in faults || ("order" in faults && input.name !== "quorum"));
      }
      const turns = turn(judgement);
      wrong.textContent = bad.length ? `${bad.join(" ")} Shown is the book’s own verdict.` : "";
      now.replaceChildren(
        badge(judgement.verdict),
        ` · ${agreement(judgement)} · `,
        turns ? `it would ${turns}` : `no flip point: ${judgement.main.outcome === "open" ? "the evidence leaves the outcome open" : "no whole value passes"}`,
      );
      changed.replaceChildren(
        ...(words && stands
          ? [`Changed: ${words}. In the book: `, badge(judge(readings, own(all, main.tense)).verdict)]
          : ["Nothing is changed: this is the book’s own verdict."]),
      );
      changed.hidden = Boolean(bad.length);
      track.replaceChildren(...line(judgement.main));
      reset.disabled = !words && !bad.length;
      copy.href = link(readings, choice);
      copy.textContent = "Copy link";
      refused = [];
    };

    const row = (reading) => {
      const radio = make("input", {
        type: "radio",
        name: "main",
        value: reading.id,
        aria: `Main reading: ${reading.text}`,
      });
      const tick = make("input", { type: "checkbox", value: reading.id, aria: `Counts: ${reading.text}` });
      const came = make("span", "");
      const result = make("span", "");
      const asks = make("span", "test");
      const detail = make("span", "detail", result, " · found ", came, " · right if ", asks);
      body.append(
        make(
          "div",
          "reading",
          make("label", "", radio),
          make("label", "", tick),
          make("div", "", make("span", "said", reading.text), detail),
        ),
      );
      return { reading, radio, tick, came, result, asks };
    };

    /* Put the readings of the chosen tense into the form, the main one with its bounds as fields. */
    const lay = () => {
      readings = peers(all, choice);
      body.replaceChildren(
        make("legend", "visually-hidden", "Readings"),
        make(
          "div",
          { className: "reading heads", ariaHidden: "true" },
          make("span", "", "Main"),
          make("span", "", "Counts"),
          make("span", "", "Reading"),
        ),
      );
      rows = readings.map(row);
      tests();
      show();
    };
    const tests = () => {
      for (const { reading, asks } of rows) {
        const main = reading.id === choice.main;
        asks.replaceChildren(...(main ? asked(reading) : [test(reading.rule, reading.unit)]));
        asks.parentElement.parentElement.parentElement.classList.toggle("main", main);
        if (main) {
          for (const [name, value] of Object.entries(choice.bounds))
            asks.querySelector(`[name=${name}]`).value = typed(name, value, reading.unit);
        }
      }
    };
    const texts = () =>
      Object.fromEntries([...form.querySelectorAll(".test input")].map((input) => [input.name, input.value]));

    const tenses = [...new Set(all.map((reading) => reading.tense))];
    if (tenses.length > 1) {
      const radios = tenses.map((tense) =>
        make(
          "label",
          "",
          make("input", {
            type: "radio",
            name: "tense",
            value: tense,
            checked: tense === peers(all, choice)[0].tense,
          }),
          tense === "since" ? "Since" : "At writing",
        ),
      );
      form.append(make("fieldset", "tenses", make("legend", "visually-hidden", "Judged"), ...radios));
    }
    form.append(body, make("div", "result", track, status, make("p", "do", reset, copy)));
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("input", ({ target }) => {
      if (target.name === "tense") {
        choice = own(all, target.value);
        return lay();
      }
      if (target.name === "main") {
        choice.main = target.value;
        choice.toggled.delete(target.value);
        choice.bounds = {};
        tests();
      } else if (target.type === "checkbox") {
        choice.toggled.delete(target.value) || choice.toggled.add(target.value);
      }
      return show();
    });
    reset.addEventListener("click", () => {
      choice = own(all, readings[0].tense);
      tests();
      show();
      form.querySelector("input[name=main]:checked").focus();
    });
    copy.addEventListener("click", async (event) => {
      if (!navigator.clipboard) return;
      event.preventDefault();
      try {
        await navigator.clipboard.writeText(copy.href);
        copy.textContent = "Copied";
      } catch {
        location.href = copy.href;
      }
    });
    place.append(form);
    lay();
  };

  const places = [...document.querySelectorAll("details.what-if")];
  const asks = document.getElementById(location.hash.slice(1))?.querySelector("details.what-if");
  if (asks) {
    const { choice, wrong } = read(location.search, JSON.parse(asks.querySelector("script").textContent).map(made));
    if (choice || wrong.length) {
      build(asks, choice, wrong);
      asks.open = true;
      addEventListener("load", () => asks.scrollIntoView());
    }
  }
  places.forEach((place) =>
    place.addEventListener("toggle", () => {
      if (!place.querySelector("form")) build(place);
    }),
  );

  return { made, judge, found, test, turn, agreement, typed, bounds, read, link };
})();
