// While a person is asked for or answers: what was said since is fetched, and shown once, by whom.
import { showSaid, showSpoken } from "./answers.js";
import { $ } from "./dom.js";
import { get, post } from "./server.js";
import { say } from "./words.js";

const EVERY = 3000; // milliseconds
const mine = new Set(); // ids of messages that this page shows already
let last = 0;
let timer = null;
let state = "";

export const talking = () => state === "taken";
export const sent = (id) => mine.add(id);

/** What the server told of the hand-off; null where it did not. */
export function showDesk(desk, { quietly = false } = {}) {
  if (!desk) return look();
  for (const message of desk.messages) showMessage(message, quietly);
  state = desk.state;
  $("desk").hidden = !state;
  $("deskstate").textContent = state ? say(state === "taken" ? "desk_talking" : "desk_waiting") : "";
  $("contactform").hidden = Boolean(desk.contact);
  $("left").textContent = desk.contact ? say("contact_left", { number: desk.contact }) : "";
  clearTimeout(timer);
  if (state) timer = setTimeout(look, EVERY);
}

export function showMessage(message, quietly = false) {
  if (message.id <= last) return;
  last = message.id;
  if (message.by !== "citizen") return showSpoken(message, quietly);
  if (!mine.has(message.message)) showSaid(message.text);
}

/** The log was emptied: everything may be shown anew. */
export function forget() {
  last = 0;
  mine.clear();
}

async function look() {
  clearTimeout(timer);
  try {
    showDesk(await get(`news?after=${last}`));
  } catch {
    $("deskstate").textContent = say("desk_slow");
    timer = setTimeout(look, EVERY);
  }
}

$("contactform").addEventListener("submit", async (event) => {
  event.preventDefault();
  try {
    const { contact } = await post("contact", { number: $("number").value });
    $("number").value = "";
    $("contactform").hidden = true;
    $("left").textContent = say("contact_left", { number: contact });
  } catch (trouble) {
    $("left").textContent = trouble.text || say(trouble.key);
  }
});
