// Looks again at an page that waits for something, and puts the new state in its place.
// Without this file the page is loaded anew by itself.
const look = async () => {
  const shown = document.getElementById("state");
  if (document.hidden) return wait(shown);
  try {
    const answer = await fetch(location.pathname, { headers: { Accept: "text/html" } });
    if (!answer.ok || answer.redirected) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const found = page.getElementById("state");
    if (!found) return;
    // Only what changed is said by a screen reader.
    if (found.innerHTML !== shown.innerHTML) shown.innerHTML = found.innerHTML;
    wait(found);
  } catch {
    wait(shown); // the line is down: later
  }
};

const wait = (from) => {
  const seconds = Number(from.dataset.again || 0);
  if (seconds) setTimeout(look, seconds * 1000);
};

wait(document.getElementById("state"));
