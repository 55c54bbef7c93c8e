// Arrow keys in the card of a month: one stop for the tab key, the arrows go from day to day.
// Without this file every day is a stop of its own.
for (const card of document.querySelectorAll("[data-days]")) {
  const days = [...card.querySelectorAll("td a")];
  const today = card.querySelector("[aria-current=date] a");
  const show = (day) => {
    for (const one of days) one.tabIndex = one === day ? 0 : -1;
  };
  show(today ?? days[0]);
  const steps = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 7, ArrowUp: -7 };
  card.addEventListener("keydown", (event) => {
    const from = days.indexOf(event.target);
    if (from < 0) return;
    const ends = { Home: 0, End: days.length - 1 };
    const to = event.key in steps ? from + steps[event.key] : ends[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const day = days[Math.min(Math.max(to, 0), days.length - 1)];
    show(day);
    day.focus();
  });
}
