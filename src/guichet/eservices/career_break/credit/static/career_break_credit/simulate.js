// The answer follows while somebody types. Without this file, the button does the same.
const form = document.querySelector("#ask");
const places = ["cr-short", "cr-whole"];
let waiting;
let asked;

// Waits until typing stops, drops the older question, and leaves what has the focus alone.
async function ask() {
  asked?.abort();
  asked = new AbortController();
  const { signal } = asked;
  try {
    const answer = await fetch(form.action || location.href, {
      method: "POST",
      body: new FormData(form),
      headers: { "X-Guichet-Part": "answer" },
      credentials: "same-origin",
      redirect: "error",
      signal,
    });
    const text = await answer.text();
    if (signal.aborted) return;
    put(new DOMParser().parseFromString(text, "text/html"));
  } catch (fault) {
    // Another question is on its way, or the network is away: the button still asks.
    if (fault.name !== "AbortError") return;
  }
}

function put(found) {
  for (const id of places) {
    const here = document.getElementById(id);
    const come = found.getElementById(id);
    if (!here || !come || here.contains(document.activeElement)) continue;
    here.replaceChildren(...come.childNodes);
  }
}

function later() {
  clearTimeout(waiting);
  waiting = setTimeout(ask, 600);
}

if (form) {
  form.addEventListener("input", later);
  form.addEventListener("change", later);
  form.addEventListener("submit", () => {
    clearTimeout(waiting);
    asked?.abort();
  });
}
