// Without this file people print with the menu of their browser.
const button = document.querySelector("[data-print]");
button.hidden = false;
button.addEventListener("click", () => print());
