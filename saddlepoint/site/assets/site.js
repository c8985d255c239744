"use strict";
// Formulas: every element of class tex holds TeX as its text. KaTeX makes MathML for screen readers beside what is seen.
for (const place of document.querySelectorAll(".tex")) {
  const source = place.textContent;
  katex.render(source, place, {
    displayMode: place.classList.contains("displayed"), throwOnError: false, strict: false, trust: false,
  });
  place.classList.remove("waiting");
  place.dataset.source = source;
}

// Evidence unfolds for print, and where a link leads into it.
const folds = document.querySelectorAll("details");
let opened = [];
addEventListener("beforeprint", () => { opened = [...folds].filter((f) => !f.open); opened.forEach((f) => { f.open = true; }); });
addEventListener("afterprint", () => { opened.forEach((f) => { f.open = false; }); });

// The filter of the ledger; what is chosen stands in the address, so that it can be linked to.
const filter = document.querySelector("form.filter");
if (filter) {
  const rows = [...document.querySelectorAll("article.row")];
  const shown = filter.querySelector("output");
  const fields = [...filter.elements].filter((field) => field.name);
  const apply = () => {
    const chosen = Object.fromEntries(fields.map((field) => [field.name, field.value.trim().toLowerCase()]));
    let count = 0;
    for (const row of rows) {
      const fits = fields.every((field) => {
        const value = chosen[field.name];
        if (!value) return true;
        return field.name === "search" ? row.dataset.search.includes(value) : row.dataset[field.name].toLowerCase() === value;
      });
      row.hidden = !fits;
      count += fits;
    }
    for (const section of document.querySelectorAll("section.paper")) {
      section.hidden = !section.querySelector("article.row:not([hidden])");
    }
    shown.textContent = `${count} of ${rows.length} shown`;
  };
  const remember = () => {
    const query = new URLSearchParams();
    for (const field of fields) if (field.value) query.set(field.name, field.value);
    history.replaceState(null, "", query.size ? `?${query}` : location.pathname);
  };
  const asked = new URLSearchParams(location.search);
  for (const field of fields) if (asked.has(field.name)) field.value = asked.get(field.name);
  filter.addEventListener("input", () => { apply(); remember(); });
  filter.addEventListener("reset", () => setTimeout(() => { apply(); remember(); }));
  filter.addEventListener("submit", (event) => event.preventDefault());
  filter.hidden = false;
  apply();
}

// A link to a place is followed once formulas have their size.
if (location.hash) document.getElementById(decodeURIComponent(location.hash.slice(1)))?.scrollIntoView();
