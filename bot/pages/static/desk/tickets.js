// The queue and one conversation: taken, answered, given back or closed. Everything is on the server.
import { $, el } from "../dom.js";
import { newId } from "../server.js";
import { say } from "../words.js";
import { get, post } from "./api.js";
import { showWaiting } from "./nav.js";

const EVERY = 2000; // milliseconds
const KEPT = "desk-ticket";
const DRAFT = "desk-draft";
let number = Number(sessionStorage.getItem(KEPT)) || 0;
let shown = new Set();
let current = null;
let sending = null; // the message under way, sent again with the same id

async function look() {
  try {
    const queue = await get("queue");
    showWaiting(queue);
    list("waiting", queue.waiting, "queue_empty");
    list("taken", queue.taken, "busy_none");
    if (number) show(await get(`talk/${number}`));
    if ($("trouble").dataset.kind === "poll") complain(null);
  } catch (refused) {
    if (refused.status === 404) leave();
    complain(refused, "poll");
  }
  setTimeout(look, EVERY);
}

function list(id, entries, none) {
  const focused = document.activeElement?.dataset?.number;
  const rows = entries.map((entry) => el("li", {}, el("button", { type: "button", "data-number": entry.number,
    class: entry.urgent ? "urgent" : "", "aria-current": entry.number === number ? "true" : null, on: { click: () => open(entry.number) } },
  el("strong", {}, entry.reason), entry.urgent ? el("span", { class: "flag" }, say("urgent")) : null,
  el("span", { class: "small quiet" }, [say("number", { number: entry.number }), entry.channel,
    entry.operator ? say("held_by", { name: entry.operator }) : entry.minutes ? say("waited", { minutes: entry.minutes }) : say("waited_new")].join(" · ")))));
  $(id).replaceChildren(...(rows.length ? rows : [el("li", { class: "quiet" }, say(none))]));
  if (focused) $(id).querySelector(`[data-number="${focused}"]`)?.focus();
}

async function open(chosen) {
  if (number !== chosen) {
    number = chosen;
    shown = new Set();
    $("log").replaceChildren();
    sessionStorage.setItem(KEPT, chosen);
    $("text").value = sessionStorage.getItem(`${DRAFT}-${chosen}`) ?? "";
    $("result").value = "";
  }
  await act("view");
}

function leave() {
  number = 0;
  current = null;
  sessionStorage.removeItem(KEPT);
  $("case").hidden = $("about").hidden = true;
  $("nobody").hidden = false;
}

async function act(what, body = {}) {
  const mine = number;
  try {
    const told = await post(`talk/${mine}/${what}`, body);
    if (number === mine) show(told);
    complain(null);
    return true;
  } catch (refused) {
    complain(refused, "act");
    return false;
  }
}

function complain(refused, kind = "") {
  $("trouble").dataset.kind = kind;
  const way = refused?.status === 401 ? [" ", el("a", { href: "/desk/login" }, say("sign_in"))] : [];
  $("trouble").replaceChildren(refused?.message ?? "", ...way);
}

function show(told) {
  if (told.number !== number) return;
  current = told;
  $("nobody").hidden = true;
  $("case").hidden = $("about").hidden = false;
  $("head").textContent = `${told.reason} · ${say("number", { number: told.number })} · ${told.channel}`;
  $("state").textContent = told.state === "taken" ? say("held_by", { name: told.operator }) : told.state === "closed" ? say("close") : say("queue");
  $("state").className = `tag ${told.urgent ? "pressing" : ""}`;
  saidAll(told.said);
  $("reply").hidden = $("closing").hidden = !told.mine;
  $("back").hidden = !told.may_return;
  $("take").hidden = told.state !== "open";
  $("known").replaceChildren(...known(told.people));
  if ($("contact").dataset.number !== String(told.number) || !$("contact").dataset.whole) {
    $("contact").textContent = told.contact || say("contact_none");
    delete $("contact").dataset.whole;
  }
  $("contact").dataset.number = told.number;
  $("reveal").hidden = !told.contact || Boolean($("contact").dataset.whole);
}

function saidAll(said) {
  const log = $("log");
  const low = log.scrollHeight - log.scrollTop - log.clientHeight < 40;
  const fresh = said.filter((line) => !shown.has(line.id));
  for (const line of fresh) {
    shown.add(line.id);
    const who = line.by === "operator" ? line.name : say(line.by);
    log.append(el("div", { class: `line ${line.by}`, "data-line": line.id }, el("span", { class: "who small" }, who), el("p", {}, line.text)));
  }
  for (const line of said) {
    const node = log.querySelector(`[data-line="${CSS.escape(line.id)}"]`);
    const note = node.querySelector(".waits");
    if (line.waits && !note) node.append(el("span", { class: "waits small quiet" }, say("wechat_waits")));
    if (!line.waits) note?.remove();
  }
  if (fresh.length && low) log.scrollTop = log.scrollHeight;
}

function known(people) {
  if (!people.length) return [el("p", { class: "quiet" }, say("situation_none"))];
  return people.map((person) => el("dl", {}, ...person.facts.flatMap((fact) => [el("dt", {}, fact.name), el("dd", {}, fact.shown)])));
}

$("take").addEventListener("click", async () => { if (await act("take")) $("text").focus(); });
$("back").addEventListener("click", () => act("give_back"));
$("text").addEventListener("input", () => sessionStorage.setItem(`${DRAFT}-${number}`, $("text").value));
$("text").addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); $("reply").requestSubmit(); }
});
$("reply").addEventListener("submit", async (event) => {
  event.preventDefault();
  const text = $("text").value.trim();
  if (!text) return;
  if (sending?.text !== text || sending.number !== number) sending = { id: newId(), text, number };
  if (!(await act("say", { id: sending.id, text }))) return;
  sending = null;
  $("text").value = "";
  sessionStorage.removeItem(`${DRAFT}-${number}`);
});
$("closing").addEventListener("submit", async (event) => {
  event.preventDefault();
  if (await act("close", { result: $("result").value })) $("result").value = "";
});
$("reveal").addEventListener("click", async () => {
  try {
    const { contact } = await post(`talk/${number}/reveal`);
    $("contact").textContent = contact;
    $("contact").dataset.whole = "1";
    $("reveal").hidden = true;
  } catch (refused) {
    complain(refused, "act");
  }
});
$("consult").addEventListener("click", () => {
  const facts = Object.fromEntries((current?.people[0]?.facts ?? []).map((fact) => [fact.fact, fact.value]));
  sessionStorage.setItem("desk-call", JSON.stringify({ facts }));
  location.assign("/desk");
});

if (number) $("text").value = sessionStorage.getItem(`${DRAFT}-${number}`) ?? "";
look();
