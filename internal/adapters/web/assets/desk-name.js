// The agent's name in the bar, and the way to change it.
import { $, ask, el, me, said, t } from "./desk-page.js";

const b = el("button", { type: "button", id: "me", class: "quiet", title: t("改名字", "Change your name"), onclick() {
  $("#name [name=next]").value = "/desk" + location.hash;
  ask($("#name"));
} }, el("span", { class: "sr-only" }, t("我的名字：", "Your name: ")), said("span", "me-name", me.name));
const phone = matchMedia("(max-width: 720px)"), place = () => (phone.matches ? $("#alerts").before(b) : $(".bar-end").prepend(b));
phone.addEventListener("change", place);
place();
