// Reads JSON on standard input, a citation by name of its form; writes how citation-js understands each, as CSL-JSON.
const { Cite } = require("@citation-js/core");
for (const form of ["bibtex", "ris", "csl"]) require(`@citation-js/plugin-${form}`);

const forms = JSON.parse(require("node:fs").readFileSync(0, "utf-8"));
const read = (text) => new Cite(text).format("data", { format: "object" });
process.stdout.write(JSON.stringify(Object.fromEntries(Object.entries(forms).map(([name, text]) => [name, read(text)]))));
