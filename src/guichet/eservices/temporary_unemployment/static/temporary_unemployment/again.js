// Looks again at a file that is being handled, and shows the whole page anew once it is done.
// Without this file the page is loaded anew by itself.
const shown = document.getElementById("state");

const wait = (from) => setTimeout(look, Number(from.dataset.again) * 1000);

async function look() {
  if (document.hidden) return wait(shown);
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    if (!answer.ok || answer.redirected) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const found = page.getElementById("state");
    if (!found?.dataset.again) return location.reload();
    // Only what changed is said by a screen reader.
    if (found.innerHTML !== shown.innerHTML) shown.innerHTML = found.innerHTML;
    wait(found);
  } catch {
    wait(shown); // the line is down: later
  }
}

if (shown?.dataset.again) wait(shown);
