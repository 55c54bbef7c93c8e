// Comfort only: looks again by itself while a document is being made; the link does the same.
const waiting = document.querySelector("[data-waiting]");
if (waiting) setTimeout(() => location.reload(), 2000);
