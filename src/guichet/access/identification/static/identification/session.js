// Two minutes before a session ends, say so; one key extends it. Without this file the foot of the
// page says when the session ends, and any page that is opened extends it.
const WARN_BEFORE = 2 * 60 * 1000;
const warning = document.querySelector("#session-ends");
const last = document.querySelector("#session-last");
const over = document.querySelector("#session-over");

if (warning && last && over && typeof warning.showModal === "function") {
  const form = warning.querySelector("#session-extend");
  const failed = warning.querySelector(".p-failed");
  const until = Date.now() + Number(warning.dataset.until) * 1000;
  let end = Date.now() + Number(warning.dataset.left) * 1000;
  let timer = 0;
  let wasTold = false; // of the end that no key can move

  const show = (dialog) => {
    for (const one of [warning, last, over]) if (one !== dialog && one.open) one.close();
    if (dialog && !dialog.open) dialog.showModal();
  };
  const look = () => {
    clearTimeout(timer);
    const left = end - Date.now();
    if (left <= 0) {
      show(over);
      return;
    }
    timer = setTimeout(look, left > WARN_BEFORE ? left - WARN_BEFORE : left);
    if (left > WARN_BEFORE) return;
    if (end < until - 1000) {
      show(warning);
    } else if (!wasTold) {
      wasTold = true;
      show(last);
    }
  };
  const move = (moment) => {
    end = moment;
    const clock = { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: "Europe/Brussels" };
    const words = new Date(end).toLocaleTimeString(document.documentElement.lang, clock);
    for (const place of document.querySelectorAll("[data-session-ends]")) place.textContent = words;
    show(null);
    look();
  };

  // The other windows of the same session learn that somebody is still there.
  const others = new BroadcastChannel("guichet-session");
  others.addEventListener("message", (event) => {
    if (event.data > end && !over.open) move(event.data);
  });
  others.postMessage(end);

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    failed.hidden = true;
    let answer;
    try {
      answer = await fetch(form.action, {
        method: "POST",
        headers: { Accept: "application/json" },
        body: new FormData(form),
      });
    } catch {
      failed.hidden = false;
      return;
    }
    if (answer.ok) {
      move(Date.parse((await answer.json()).endsAt));
      others.postMessage(end);
    } else if (answer.status === 403) {
      clearTimeout(timer);
      show(over);
    } else {
      failed.hidden = false;
    }
  });
  // Escape means "I am still here": the warning is never a trap.
  warning.addEventListener("cancel", (event) => {
    event.preventDefault();
    form.requestSubmit();
  });
  // A computer that slept counted nothing meanwhile.
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible" && !over.open) look();
  });
  look();
}
