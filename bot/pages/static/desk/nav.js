// On every page of the desk: how many wait for a person, and the way out.
import { $ } from "../dom.js";
import { get, post } from "./api.js";

const EVERY = 4000; // milliseconds

export function showWaiting(queue) {
  const count = queue.waiting.length;
  $("badge").hidden = !count;
  $("badge").textContent = count || "";
  $("badge").classList.toggle("urgent", queue.waiting.some((entry) => entry.urgent));
}

async function look() {
  try {
    showWaiting(await get("queue"));
  } catch { /* the page itself says what is wrong when something is done */ }
  setTimeout(look, EVERY);
}

$("leave").addEventListener("click", async () => {
  try {
    await post("logout");
  } catch { /* ended already */ }
  sessionStorage.clear();
  location.assign("/desk/login");
});

look();
