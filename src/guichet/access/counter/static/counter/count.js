// How many signs are left in a long text; the server counts in any case.
for (const area of document.querySelectorAll("textarea[data-count]")) {
  const most = Number(area.dataset.count);
  const words = area.form?.dataset.signsLeft ?? "";
  const line = document.createElement("p");
  line.className = "g-fine";
  line.setAttribute("aria-live", "polite");
  area.after(line);
  // A line break counts as one sign, here as on the server.
  const tell = () => {
    line.textContent = `${most - [...area.value].length} ${words}`;
  };
  // A screen reader hears the count when one stops typing, not at each sign.
  let waiting;
  area.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(tell, 600);
  });
  tell();
}
