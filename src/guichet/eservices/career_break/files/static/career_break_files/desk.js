// The description is asked for another document only. Without this file it stands there always.
const form = document.querySelector(".cf-desk");
const kind = form?.querySelector("[name=document]");
const box = form?.querySelector("[data-describes]");

if (kind && box) {
  const tell = () => {
    box.hidden = kind.value !== "other";
  };
  kind.addEventListener("change", tell);
  window.addEventListener("pageshow", tell); // a browser that goes back fills the fields first
  tell();
}
