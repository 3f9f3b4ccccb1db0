/* "Cite this claim" copies BibTeX; without scripts the link leads to the same text in a file. */
document.addEventListener("click", async (event) => {
  const link = event.target.closest("a[data-bibtex]");
  if (!link || !navigator.clipboard) return;
  event.preventDefault();
  const words = link.textContent;
  try {
    await navigator.clipboard.writeText(link.dataset.bibtex);
    link.textContent = "Copied as BibTeX";
    setTimeout(() => { link.textContent = words; }, 2000);
  } catch { location.href = link.href; }
});
