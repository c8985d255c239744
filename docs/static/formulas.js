"use strict";
// Sphinx writes \(...\) and \[...\] into elements of class math; KaTeX sets them.
addEventListener("DOMContentLoaded", () => {
  for (const place of document.querySelectorAll(".math")) {
    const source = place.textContent.trim().replace(/^\\[([]/, "").replace(/\\[)\]]$/, "");
    katex.render(source, place, { displayMode: place.tagName === "DIV", throwOnError: false, strict: false });
  }
});
