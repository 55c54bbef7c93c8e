// Comfort only: a click on the text selects it whole without this file.
const code = document.querySelector("[data-copy]");
if (code && navigator.clipboard) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "govuk-button govuk-button--secondary g-small";
  button.textContent = code.dataset.copy;
  const told = document.createElement("span");
  told.setAttribute("role", "status");
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(code.textContent);
    told.textContent = code.dataset.copied;
  });
  code.after(button, told);
}
