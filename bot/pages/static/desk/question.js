// The next question: read out, answered by one key. Numbers are typed and entered.
import { $, el } from "../dom.js";
import { say } from "../words.js";
import { field } from "./facts.js";

const KEYS = "123456789abcdefghijklmnop";
let choices = []; // [{ key, fact, value }]
let fields = [];
let asked = "";

/** `answer(facts)` with a value for each; null where the caller does not know. */
export function showQuestion(question, answer) {
  const same = question && question.text === asked;
  if (same && $("question").contains(document.activeElement)) return;
  const had = $("question").contains(document.activeElement);
  asked = question?.text ?? "";
  choices = [];
  fields = question?.fields ?? [];
  if (!question) {
    $("question").replaceChildren(el("p", { class: "quiet" }, say("question_none")));
    if (had) $("question").focus();
    return;
  }
  const unknown = () => answer(Object.fromEntries(fields.map((f) => [f.fact, null])));
  $("question").replaceChildren(
    el("h2", {}, say("question")),
    el("p", { class: "ask" }, question.text),
    ...fields.map((f) => one(f, fields.length > 1, answer)),
    el("div", { class: "rows" }, el("button", { type: "button", class: "plain", "data-key": "0", on: { click: unknown } }, el("kbd", {}, "0"), say("unsure"))),
    el("p", { class: "quiet small" }, `${say("question_about", { about: question.about })} ${question.why}${question.means}`));
  choices.push({ key: "0", take: unknown });
  if (had) focusQuestion();
}

function one(f, several, answer) {
  const title = several ? el("p", { class: "small" }, f.name) : null;
  if (f.options.length) {
    return el("div", { class: "options", role: "group", "aria-label": f.name }, title, ...f.options.map(([value, label]) => {
      const key = KEYS[choices.length];
      const take = () => answer({ [f.fact]: value });
      choices.push({ key, take });
      return el("button", { type: "button", "data-key": key, on: { click: take } }, el("kbd", {}, key), label);
    }));
  }
  const input = field(f, () => {}, "ask");
  const form = el("form", { class: "options", on: { submit: (event) => {
    event.preventDefault();
    if (input.value.trim()) answer({ [f.fact]: input.value.trim() });
  } } }, el("label", { for: input.id, class: several ? "small" : "unseen" }, f.name), input,
  f.unit ? el("span", {}, f.unit) : null, el("button", { type: "submit" }, say("answer")));
  return form;
}

export function focusQuestion() {
  const input = $("question").querySelector("form input");
  const onlyNumbers = choices.length <= 1;
  (input && onlyNumbers ? input : $("question")).focus();
}

/** Whether a key was an answer. */
export function answerBy(key) {
  const choice = choices.find((entry) => entry.key === key.toLowerCase());
  choice?.take();
  return Boolean(choice);
}
