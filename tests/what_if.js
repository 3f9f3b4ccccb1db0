/* Reads sources of what-if.js, cases, and what is said of each, and writes by source where it first says otherwise:
   [case, what it says], null where it never does. */
const { sources, cases, said } = JSON.parse(require("fs").readFileSync(0, "utf-8"));

/* A choice goes the way of a reader's: what is typed is read, a link is made of it, and what that carries is judged. */
const given = (WhatIf, { readings, main, low, high, quorum, toggled, search }) => {
  const all = readings.map(WhatIf.made);
  if (search !== undefined) return WhatIf.read(search, all).wrong;
  const reading = all.find((one) => one.id === main);
  const values = Object.entries({ low, high, quorum }).filter(([, value]) => value !== null);
  const texts = values.map(([name, value]) => [name, WhatIf.typed(name, value, reading.unit)]);
  const { moved } = WhatIf.bounds(reading, Object.fromEntries(texts), true);
  const link = WhatIf.link(all, { main, toggled: new Set(toggled), bounds: moved });
  const judgement = WhatIf.judge(all, WhatIf.read(link.split("#")[0], all).choice);
  return {
    verdict: judgement.verdict,
    agreeing: judgement.agreeing,
    total: judgement.total,
    flip: judgement.flip,
    turn: WhatIf.turn(judgement),
    agreement: WhatIf.agreement(judgement),
    outcomes: judgement.results.map((result) => result.outcome),
    found: judgement.results.map((result) => WhatIf.found(result.reading, result.rule)),
    tests: judgement.results.map((result) => WhatIf.test(result.rule, result.reading.unit)),
  };
};

const page = { querySelectorAll: () => [], getElementById: () => null };
const differs = (source) => {
  let WhatIf;
  try {
    WhatIf = new Function("document", "location", `${source}\nreturn WhatIf;`)(page, { hash: "" });
  } catch (error) {
    return [0, `${error}`];
  }
  for (const [at, one] of cases.entries()) {
    let found;
    try {
      found = given(WhatIf, one);
    } catch (error) {
      found = `${error}`;
    }
    if (JSON.stringify(found) !== JSON.stringify(said[at])) return [at, found];
  }
  return null;
};
process.stdout.write(JSON.stringify(sources.map(differs)));
