// Two minutes before a session ends, say so; one key extends it. Without this file the foot of
// the page says when the session ends, and any page that is opened extends it.
const bar = document.querySelector("[data-session-ends]");
const dialog = document.querySelector("#session-ends");
if (bar && dialog && typeof dialog.showModal === "function") {
  const warnBefore = 2 * 60 * 1000;
  const left = () => Number(dialog.dataset.left);
  let timer = 0;
  const arm = (milliseconds) => {
    clearTimeout(timer);
    timer = setTimeout(() => dialog.showModal(), Math.max(0, milliseconds - warnBefore));
  };
  arm(left() * 1000);
  const form = dialog.querySelector("form");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      const answer = await fetch(form.action, {
        method: "POST",
        headers: { Accept: "application/json" },
        body: new FormData(form),
      });
      const { endsAt } = await answer.json();
      dialog.close();
      const end = new Date(endsAt);
      bar.textContent = end.toLocaleTimeString(document.documentElement.lang, { hour: "2-digit", minute: "2-digit" });
      arm(end - new Date());
    } catch {
      form.submit(); // signed out meanwhile: the server says what to do
    }
  });
  // Escape means "I am still here" too: the dialog is never a trap.
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    form.requestSubmit();
  });
}
