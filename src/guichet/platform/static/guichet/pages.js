// Comfort only: every page works without this file.

// After a refused form the reader, and the screen reader, begin at the summary of errors; not
// somebody who is in a field already, because this file was slow to come.
const summary = document.querySelector(".govuk-error-summary");
if (summary && (location.hash || document.activeElement === document.body)) {
  // The place to which an earlier summary led would take the focus away again.
  if (location.hash) history.replaceState(null, "", location.pathname + location.search);
  summary.setAttribute("tabindex", "-1");
  summary.focus();
}

// The menus of the head close with Escape and with a click elsewhere.
const menus = [...document.querySelectorAll("details.g-act")];
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of menus.filter((one) => one.open)) {
    menu.open = false;
    menu.querySelector("summary").focus();
  }
});
document.addEventListener("click", (event) => {
  for (const menu of menus) if (!menu.contains(event.target)) menu.open = false;
});
