// Two codes for one registration, in either order: that of an L1 and that of a site's poster. Each
// goes into its field; once both are there, or the camera is closed, the page says what was read.
import { siteIn } from "./acts.js";
import { reader } from "./scan.js";

const EVERY = 250; // between two looks
const HINT = 10_000; // without a new code: say what helps
const WIDE = 640;
const NUMBER = /(?:^|[^0-9A-Za-z])[0-9]{17}(?![0-9A-Za-z])/;

// The number alone, or the address of an L1 with the number percent-encoded in it.
function holdsL1(text) {
  try {
    return NUMBER.test(decodeURIComponent(text));
  } catch {
    return false;
  }
}

function start(root, form) {
  const dialog = root.querySelector("dialog");
  const video = dialog.querySelector("video");
  const told = dialog.querySelector("[data-told]");
  const canvas = document.createElement("canvas");
  const fields = { l1: form.elements.namedItem("person"), site: form.elements.namedItem("site") };
  const read = new Set();
  let stream = null;
  let timer = 0;
  let hint = 0;

  const say = (name) => { told.textContent = root.dataset[name]; };
  const wait = () => {
    clearTimeout(hint);
    hint = setTimeout(() => say("nothing"), HINT);
  };
  const stop = () => {
    clearInterval(timer);
    clearTimeout(hint);
    stream?.getTracks().forEach((track) => track.stop());
    stream = null;
    if (read.size) form.requestSubmit(root.querySelector("[data-fill]"));
  };
  const take = (text) => {
    const site = siteIn(text);
    const kind = site ? "site" : holdsL1(text) ? "l1" : null;
    if (!kind) return say("foreign");
    if (read.has(kind)) return undefined; // it is still before the camera
    read.add(kind);
    fields[kind].value = site ?? text.trim();
    const isWhole = Object.values(fields).every((field) => field.value.trim());
    if (isWhole) return dialog.close();
    say(kind === "site" ? "wantsL1" : "wantsSite");
    return wait();
  };
  const look = async (decode) => {
    if (!stream || video.readyState < 2) return;
    const scale = Math.min(1, WIDE / video.videoWidth);
    canvas.width = Math.round(video.videoWidth * scale);
    canvas.height = Math.round(video.videoHeight * scale);
    canvas.getContext("2d", { willReadFrequently: true })
      .drawImage(video, 0, 0, canvas.width, canvas.height);
    const text = await decode(canvas).catch(() => null);
    if (text && stream) take(text);
  };

  root.querySelector("[data-scan]").addEventListener("click", async () => {
    read.clear();
    dialog.showModal();
    say("looking");
    try {
      stream = await navigator.mediaDevices.getUserMedia({
        video: { facingMode: "environment" }, audio: false,
      });
      video.srcObject = stream;
      await video.play();
      const decode = await reader(root.dataset.decoder);
      let isLooking = false;
      timer = setInterval(async () => {
        if (isLooking) return; // a slow phone looks less often
        isLooking = true;
        await look(decode);
        isLooking = false;
      }, EVERY);
      wait();
    } catch {
      stop();
      say("camera");
    }
  });
  dialog.addEventListener("close", stop);
  dialog.querySelector("[data-close]").addEventListener("click", () => dialog.close());
  root.hidden = false;
}

const root = document.querySelector("[data-scan-both]");
if (root && navigator.mediaDevices?.getUserMedia && HTMLDialogElement) start(root, root.closest("form"));
