// A call: the caller's words and facts, decided anew with every change. Lives in this tab alone.
import { $, el } from "../dom.js";
import { say } from "../words.js";
import { post } from "./api.js";
import { foldAll, showBoard } from "./board.js";
import { focusFact, showFacts } from "./facts.js";
import { answerBy, focusQuestion, showQuestion } from "./question.js";

const KEPT = "desk-call";
const PAUSE = 60; // milliseconds after a keystroke
const AGAIN = 2000;
const TODAY = $("as-of").dataset.today;
const FIELDS = new Map(JSON.parse($("fields").textContent).map((field) => [field.fact, field]));
const ofPerson = () => ({ facts: {}, dropped: [], unsure: [], added: [], first: "" });
const fresh = () => ({ text: "", ...ofPerson(), compared: [], as_of: TODAY, person: "", others: {} });

let call = fresh();
let seen = null;
let asked = 0;
let timer = null;
let focusAfter = "";

function kept() {
  try { return { ...fresh(), ...JSON.parse(sessionStorage.getItem(KEPT)) }; } catch { return fresh(); }
}

function keep() {
  try { sessionStorage.setItem(KEPT, JSON.stringify(call)); } catch { /* lives as long as the page */ }
}

function changed(pause = 0) {
  const began = performance.now();
  keep();
  clearTimeout(timer);
  if (pause) timer = setTimeout(() => decide(began + pause), pause);
  else return decide(began);
}

/** Ask the server; an answer that a later change overtook is not shown. */
async function decide(began) {
  const mine = ++asked;
  const { added, compared, others, ...rest } = call;
  try {
    const found = await post("consult", { ...rest, shown: compared });
    if (mine !== asked) return;
    seen = found;
    draw();
    $("trouble").textContent = "";
    requestAnimationFrame(() => setTimeout(() => {
      const spent = Math.round(performance.now() - began);
      $("status").textContent = `${found.as_of} · ${say("spent", { ms: spent })}`;
      document.body.dataset.spent = spent;
      document.body.dataset.decided = mine;
    }));
  } catch (refused) {
    if (mine !== asked) return;
    complain(refused);
    if (!refused.status) timer = setTimeout(() => decide(performance.now()), AGAIN);
  }
}

function complain(refused) {
  const way = refused.status === 401 ? [" ", el("a", { href: "/desk/login" }, say("sign_in"))] : [];
  $("trouble").replaceChildren(refused.message, ...way);
}

function draw() {
  const added = call.added.filter((id) => !seen.facts.some((fact) => fact.fact === id))
    .map((id) => ({ ...FIELDS.get(id), value: call.facts[id], heard: false, unsure: false }));
  showBoard(seen, { compared: call.compared, toggle, askFirst });
  showFacts([...seen.facts, ...added], seen.trouble, set);
  showQuestion(seen.question, answer);
  showPeople();
  $("note").value = seen.note;
  if (focusAfter === "question") focusQuestion();
  else if (focusAfter) focusFact(focusAfter);
  focusAfter = "";
}

function set(fact, value) {
  delete call.facts[fact];
  call.dropped = call.dropped.filter((id) => id !== fact);
  call.unsure = call.unsure.filter((id) => id !== fact);
  if (value) call.facts[fact] = value;
  else call.dropped.push(fact); // what is heard of it does not come back either
  return changed();
}

function answer(given) {
  for (const [fact, value] of Object.entries(given)) {
    if (value === null) call.unsure = [...new Set([...call.unsure, fact])];
    else {
      call.facts[fact] = value;
      call.dropped = call.dropped.filter((id) => id !== fact);
    }
  }
  changed();
}

/** Whom the words tell of, where it is more than one: each has facts and answers of their own. */
function showPeople() {
  const people = [...seen.people].sort((a, b) => a.called.localeCompare(b.called));
  $("people").replaceChildren(...(people.length < 2 ? [] : people.map(({ called, name }) =>
    el("button", { type: "button", "aria-pressed": String(called === seen.people[0].called), on: { click: () => turnTo(called) } }, name))));
}

function turnTo(person) {
  if (!person || person === seen.people[0].called) return;
  if ($("facts").contains(document.activeElement)) $("words-in").focus(); // a field in use is not filled in
  const { facts, dropped, unsure, added, first } = call;
  call.others[seen.people[0].called] = { facts, dropped, unsure, added, first };
  Object.assign(call, ofPerson(), call.others[person], { person });
  changed();
}

function toggle(id) {
  call.compared = call.compared.includes(id) ? call.compared.filter((other) => other !== id) : [...call.compared, id];
  changed();
}

function askFirst(id) {
  call.first = id;
  focusAfter = "question";
  changed();
}

function compareFirst() {
  call.compared = call.compared.length ? [] : (seen?.provisions ?? []).slice(0, 2).map((entry) => entry.provision);
  changed();
}

function newCaller() {
  call = fresh();
  foldAll();
  $("words-in").value = "";
  $("as-of").value = TODAY;
  changed();
  $("words-in").focus();
}

async function copyNote() {
  if (!seen) return;
  try {
    await navigator.clipboard.writeText(seen.note);
    $("status").textContent = say("copied");
  } catch {
    $("note").select();
    $("status").textContent = say(document.execCommand("copy") ? "copied" : "copy_by_hand");
  }
}

$("words-in").addEventListener("input", () => { call.text = $("words-in").value; changed(PAUSE); });
$("words-in").addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  focusAfter = "question";
  changed();
});
$("as-of").addEventListener("change", () => { call.as_of = $("as-of").value || TODAY; changed(); });
$("add").addEventListener("change", () => {
  const id = $("add").value;
  if (!id) return;
  call.added = [...new Set([...call.added, id])];
  $("add").value = "";
  focusAfter = id;
  changed();
});
$("new").addEventListener("click", newCaller);
$("copy").addEventListener("click", copyNote);
$("question").addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches("input, select")) return;
  if (event.key === "/") { event.preventDefault(); $("words-in").focus(); }
  else if (/^[0-9a-z]$/i.test(event.key) && answerBy(event.key)) event.preventDefault();
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !event.isComposing) return $("words-in").focus();
  if (!event.altKey || event.ctrlKey || event.metaKey) return;
  const letter = event.code.replace(/^(Key|Digit|Numpad)/, "").toLowerCase();
  if (letter === "n") newCaller();
  else if (letter === "c") copyNote();
  else if (letter === "p") turnTo(seen?.people[1]?.called);
  else if (letter === "m") compareFirst();
  else if (!(/^[0-9]$/.test(letter) && answerBy(letter))) return;
  event.preventDefault();
});

call = kept();
if ($("words-in").value) call.text = $("words-in").value; // typed before this script was there
else $("words-in").value = call.text;
$("as-of").value = call.as_of;
changed();
