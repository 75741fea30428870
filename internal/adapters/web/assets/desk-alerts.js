// A soft sound and a notification for urgent cases, for those who want them.
import { $, shelf, t, toast } from "./desk-page.js";

const wanted = shelf("alerts", false);
const toggle = $("#alerts");
let sound;

const show = () => toggle.setAttribute("aria-pressed", wanted.get());

toggle.addEventListener("click", async () => {
  wanted.set(!wanted.get());
  show();
  if (!wanted.get()) return;
  chime();
  if (window.Notification?.permission === "default") await Notification.requestPermission();
  if (window.Notification?.permission !== "granted") toast(t("浏览器不让弹通知，只会响一声。", "The browser shows no notifications; there will be a sound only."));
});

export function ring(text, id) {
  if (!wanted.get()) return;
  chime();
  if (!document.hidden || window.Notification?.permission !== "granted") return;
  const n = new Notification(t("加急工单", "Urgent case"), { body: text, tag: id });
  n.onclick = () => { focus(); location.hash = id; n.close(); };
}

function chime() {
  sound ??= new AudioContext();
  sound.resume();
  [660, 880].forEach((tone, i) => {
    const o = sound.createOscillator(), g = sound.createGain(), from = sound.currentTime + i * 0.14;
    o.frequency.value = tone;
    g.gain.setValueAtTime(0.06, from);
    g.gain.exponentialRampToValueAtTime(0.001, from + 0.35);
    o.connect(g).connect(sound.destination);
    o.start(from);
    o.stop(from + 0.4);
  });
}
show();
