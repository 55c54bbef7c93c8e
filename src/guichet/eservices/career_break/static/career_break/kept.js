// A step that answers a form (a warning, a fault) becomes a page that was only read: what was typed
// is kept on the server, so "back" and "reload" show it again instead of asking to send it again.
if (document.querySelector("form[data-kept]")) {
  history.replaceState(history.state, "", location.href);
}
