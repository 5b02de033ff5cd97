// The conversation page: say, be answered, correct, start anew. One message is under way at a time.
import { reveal, showSaid, showTurn } from "./answers.js";
import { $, el } from "./dom.js";
import { keep, kept } from "./outbox.js";
import { forget, sent, showDesk, showMessage, talking } from "./person.js";
import { get, newId, post } from "./server.js";
import { showSituation } from "./situation.js";
import { say } from "./words.js";

let underway = null; // the message being answered or waiting to be sent again
let busy = false;

async function open() {
  try {
    const session = await get("session");
    $("log").replaceChildren();
    forget();
    const lines = [...session.turns, ...session.desk.messages].sort((a, b) => a.time.localeCompare(b.time));
    for (const line of lines) {
      if (line.by) showMessage(line, true);
      else {
        showSaid(line.said);
        showTurn(line);
      }
    }
    showDesk({ ...session.desk, messages: [] });
    const last = session.turns.at(-1);
    if (last) {
      if (!talking()) showChoices(last);
      document.querySelector(".privacy").open = false;
    }
    draw(session.situation);
    if (last) reveal($("log").lastElementChild);
    const waiting = kept();
    if (waiting && lines.some((line) => waiting.id === (line.by ? line.message : line.id))) keep(null);
    else if (waiting) await resume(waiting);
    else await askedFor();
  } catch (trouble) {
    complain(trouble, open);
  }
}

/** A policy page or a QR code may bring its topic along: ?ask=15.2, ?topic=campus&event=… */
async function askedFor() {
  const given = new URLSearchParams(location.search);
  const topic = given.get("ask") ?? given.get("topic");
  if (given.get("event")) come(given.get("event"), topic ?? "");
  if (!topic) return;
  history.replaceState(null, "", "/");
  const { name } = await get(`topic?id=${encodeURIComponent(topic)}`);
  if (name) send(name);
}

/** Counted once for the event whose code was scanned; its tag goes with what is said. */
function come(tag, topic) {
  sessionStorage.setItem("event", tag);
  post("visit", { event: tag, topic }).catch(() => {});
}

function send(text) {
  const said = text.trim();
  if (!said || busy) return false;
  const event = sessionStorage.getItem("event") ?? undefined;
  return deliver({ path: "say", id: newId(), text: said, event }, said);
}

function edit(fact, value, subject) {
  if (!busy) deliver({ path: "edit", id: newId(), fact, value, subject }, say("edited"));
}

async function resume(message) {
  await deliver(message, message.text ?? say("edited"));
}

/** Say it and have it answered; what is still waiting from before goes first. */
async function deliver(message, shown) {
  if (underway && !(await attempt(underway))) return false;
  showSaid(shown);
  return attempt(message);
}

/** Send a message that is shown already; whether it is settled, by an answer or a refusal. */
async function attempt(message) {
  underway = message;
  sent(message.id);
  keep(message);
  busy = true;
  quiet();
  $("status").textContent = say("waiting");
  try {
    const { path, ...body } = message;
    const { turn, situation, desk } = await post(path, body);
    settle();
    const node = turn && showTurn(turn);
    if (turn) showChoices(turn);
    draw(situation);
    showDesk(desk);
    if (node) reveal(node);
    return true;
  } catch (trouble) {
    if (!trouble.again) settle();
    complain(trouble, trouble.again ? () => attempt(message) : null);
    return !trouble.again;
  } finally {
    busy = false;
    $("status").textContent = "";
  }
}

function settle() {
  underway = null;
  keep(null);
}

function quiet() {
  $("trouble").replaceChildren();
  $("choices").hidden = true;
  $("choices").replaceChildren();
}

function complain(trouble, again) {
  const text = trouble.text || say(trouble.key ?? "trouble");
  const button = again && el("button", { type: "button", on: { click: again } }, say("resend"));
  $("trouble").replaceChildren(text, ...(button ? [button] : []));
}

function showChoices(turn) {
  const titles = turn.replies.flatMap((reply) => reply.buttons);
  $("choices").replaceChildren(...titles.map((title) =>
    el("button", { type: "button", "data-say": title }, title)));
  $("choices").hidden = !titles.length;
}

const draw = (situation) => showSituation(situation, edit, () => send(say("previous_yes")));

function fit() {
  $("text").style.height = "auto";
  $("text").style.height = `${$("text").scrollHeight + 2}px`;
}

async function submit() {
  const typed = $("text").value;
  if (busy || !typed.trim()) return;
  if (!underway) clear();
  const waited = underway;
  if ((await send(typed)) && waited) clear();
}

function clear() {
  $("text").value = "";
  fit();
}

$("form").addEventListener("submit", (event) => { event.preventDefault(); submit(); });
$("text").addEventListener("input", fit);
$("text").addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); submit(); }
});
document.addEventListener("click", (event) => {
  const title = event.target.closest("[data-say]")?.dataset.say;
  if (title) send(title);
});
$("person").addEventListener("click", () => send(say("person_says")));
$("forget").addEventListener("click", () => $("asking").showModal());
$("asking").addEventListener("close", async () => {
  if ($("asking").returnValue !== "yes") return;
  $("asking").returnValue = "";
  try {
    const session = await post("forget", {});
    settle();
    quiet();
    $("log").replaceChildren();
    forget();
    showDesk(session.desk);
    draw(session.situation);
    $("status").textContent = say("forgotten");
  } catch (trouble) {
    complain(trouble, null);
  }
});
$("rate").addEventListener("submit", async (event) => {
  event.preventDefault();
  const score = Number(new FormData($("rate")).get("score"));
  try {
    await post("satisfaction", { score, remark: $("remark").value });
    $("rating").replaceChildren(el("p", { role: "status" }, say("rated")));
  } catch (trouble) {
    complain(trouble, null);
  }
});

if (matchMedia("(max-width: 57.99rem)").matches) $("situation").open = false;
open();
