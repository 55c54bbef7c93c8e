// Comfort of the button: the clock runs, and the phone is asked where it is. The position is never
// needed: after ten seconds, or when it is refused, the press goes on without it and says so.
const PATIENCE = 10_000;
const REASONS = { 1: "refused", 2: "unavailable", 3: "timeout" };
const form = document.querySelector("[data-press]");
const shown = document.querySelector("[data-clock]");

if (shown) {
  // The server's time, carried on by the phone: its own clock may be wrong.
  const start = Date.parse(shown.dateTime);
  const began = performance.now();
  const words = new Intl.DateTimeFormat("fr-BE", {
    hour: "2-digit", minute: "2-digit", timeZone: "Europe/Brussels",
  });
  setInterval(() => {
    const moment = new Date(start + performance.now() - began);
    shown.textContent = words.format(moment);
    shown.dateTime = moment.toISOString();
  }, 1000);
}

if (form && navigator.geolocation) {
  let step = null;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (step) return; // a second tap while the first one waits
    step = event.submitter?.value ?? form.querySelector("button[name=step]").value;
    form.querySelector("[data-wait]").hidden = false;
    let isSent = false;
    const send = () => {
      if (isSent) return;
      isSent = true;
      const chosen = document.createElement("input");
      Object.assign(chosen, { type: "hidden", name: "step", value: step });
      form.append(chosen);
      form.submit();
    };
    // Some browsers never answer: the press does not hang on them.
    setTimeout(() => {
      if (!isSent) form.elements.position.value = "timeout";
      send();
    }, PATIENCE + 500);
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        form.elements.position.value = "given";
        form.elements.longitude.value = coords.longitude;
        form.elements.latitude.value = coords.latitude;
        form.elements.accuracy.value = coords.accuracy;
        send();
      },
      (fault) => {
        form.elements.position.value = REASONS[fault.code] ?? "unavailable";
        send();
      },
      { enableHighAccuracy: true, timeout: PATIENCE, maximumAge: 15_000 },
    );
  });
}
