/* Two lists over the table of all claims; without scripts the table is complete. */
document.addEventListener("DOMContentLoaded", () => {
  const table = document.querySelector("#tab-scoreboard");
  if (!table) return;
  const rows = [...table.tBodies[0].rows];
  const heads = [...table.tHead.rows[0].cells].map((cell) => cell.textContent.trim());
  const column = (name) => heads.indexOf(name);
  const filters = [["Part", [column("Part")]], ["Verdict", [column("At writing"), column("Since")]]];
  const bar = document.createElement("form");
  const count = document.createElement("output");
  const words = (row, places) => places.map((place) => row.cells[place].textContent.trim()).filter((word) => word && word !== "–");
  const show = () => {
    const chosen = filters.map(([name, places]) => [bar.elements[name].value, places]);
    rows.forEach((row) => { row.hidden = !chosen.every(([value, places]) => !value || words(row, places).includes(value)); });
    count.textContent = `${rows.filter((row) => !row.hidden).length} of ${rows.length} claims`;
  };
  bar.className = "filter";
  bar.setAttribute("aria-label", "Filter the claims");
  for (const [name, places] of filters) {
    const label = document.createElement("label");
    const list = document.createElement("select");
    list.name = name;
    list.append(new Option("all", ""), ...[...new Set(rows.flatMap((row) => words(row, places)))].map((word) => new Option(word, word)));
    label.append(`${name} `, list);
    bar.append(label);
  }
  bar.append(count);
  bar.addEventListener("change", show);
  bar.addEventListener("submit", (event) => event.preventDefault());
  (table.closest(".pst-scrollable-table-container") || table).before(bar);
  show();
});
