// Arrow keys in a calendar: one stop for the tab key, the arrows go from one declared day to the
// next. Without this file every declared day is a stop of its own.
for (const calendar of document.querySelectorAll("[data-calendar]")) {
  const days = [...calendar.querySelectorAll("td a")];
  const today = calendar.querySelector("[aria-current=date] a");
  const show = (day) => {
    for (const one of days) one.tabIndex = one === day ? 0 : -1;
  };
  show(today ?? days[0]);
  const steps = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: 7, ArrowUp: -7 };
  calendar.addEventListener("keydown", (event) => {
    const from = days.indexOf(event.target);
    if (from < 0) return;
    const ends = { Home: 0, End: days.length - 1 };
    let to = ends[event.key];
    if (event.key in steps) {
      const step = steps[event.key];
      to = Math.abs(step) === 1 ? from + step : row(from, step);
    }
    if (to === undefined) return;
    event.preventDefault();
    const day = days[Math.min(Math.max(to, 0), days.length - 1)];
    show(day);
    day.focus();
  });
  // A week further: the nearest declared day at least seven days away in reading order.
  const row = (from, step) => {
    const cells = [...calendar.querySelectorAll("td")];
    const wanted = cells.indexOf(days[from].parentElement) + step;
    const places = days.map((one) => cells.indexOf(one.parentElement));
    if (step > 0) {
      const found = places.findIndex((place) => place >= wanted);
      return found < 0 ? days.length - 1 : found;
    }
    return Math.max(places.findLastIndex((place) => place <= wanted), 0);
  };
}
