// The calculator follows while somebody types. Without this file, the button does the same.
const form = document.querySelector("form[data-deadlines]");
const place = document.getElementById("tu-deadlines");
// Only what the days depend on goes into the address: never a description or a name.
const wanted = /^(posted_on|first_day|last_day|accident_on|day|regime|nature_ticket|weeks|closures|work-\d-\d|closure-\d-(first|last))$/;
let waiting;
let asked;

async function count() {
  asked?.abort();
  asked = new AbortController();
  const { signal } = asked;
  const boxes = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (wanted.test(name) && value) boxes.append(name, value);
  }
  try {
    const answer = await fetch(`${form.dataset.deadlines}?${boxes}`, {
      credentials: "same-origin",
      redirect: "error",
      signal,
    });
    if (!answer.ok || signal.aborted) return;
    const found = new DOMParser().parseFromString(await answer.text(), "text/html");
    place.replaceChildren(...found.body.childNodes);
  } catch (fault) {
    // Another question is on its way, or the network is away: the button still counts.
    if (fault.name !== "AbortError") return;
  }
}

function later() {
  clearTimeout(waiting);
  waiting = setTimeout(count, 500);
}

if (form && place) {
  form.addEventListener("input", later);
  form.addEventListener("change", later);
  form.addEventListener("submit", () => {
    clearTimeout(waiting);
    asked?.abort();
  });
}
