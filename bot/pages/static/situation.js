// 我的情况: every fact the assistant holds, corrected or taken out in place; and the progress.
import { $, el } from "./dom.js";
import { say } from "./words.js";

/** Draw the panel anew. `edit(fact, value, subject)` sends a change; value null takes it out. */
export function showSituation(situation, edit, resume) {
  const groups = situation.people.map((group) => person(group, situation.people.length > 1, edit));
  if (situation.previous) groups.unshift(earlier(resume));
  const count = situation.people.reduce((sum, group) => sum + group.facts.length, 0);
  $("count").textContent = count ? say("situation_count", { count }) : "";
  $("held").replaceChildren(...(groups.length ? groups : [el("p", { class: "quiet" }, say("situation_none"))]));
  showProgress(situation);
}

function showProgress({ progress, asking }) {
  $("progress").hidden = !progress && !asking.length;
  $("far").textContent = progress
    ? say(progress.done ? "progress" : "progress_first", progress) : "";
  $("why").hidden = !asking.length;
}

const earlier = (resume) =>
  el("p", {}, say("previous"), el("button", { type: "button", class: "plain", on: { click: resume } }, say("previous_yes")));

function person(group, several, edit) {
  const heading = several ? el("h3", {}, say("situation_of", { subject: group.subject })) : null;
  const list = el("ul", {}, ...group.facts.map((fact) => row(fact, group.subject, edit)));
  return el("div", { class: "held" }, heading, list);
}

function row(fact, subject, edit) {
  const item = el("li", {});
  const change = el("button", { type: "button", class: "plain", "aria-label": `${say("change")}：${fact.name}`,
    on: { click: () => { form.hidden = !form.hidden; if (!form.hidden) input.focus(); } } }, say("change"));
  const remove = el("button", { type: "button", class: "plain", "aria-label": `${say("remove")}：${fact.name}`,
    on: { click: () => edit(fact.fact, null, subject) } }, say("remove"));
  const input = field(fact);
  const form = el("form", { hidden: true, on: { submit: (event) => {
    event.preventDefault();
    if (input.value.trim()) edit(fact.fact, input.value.trim(), subject);
  } } }, input, fact.options.length || !fact.unit ? null : el("span", {}, fact.unit),
  el("button", { type: "submit" }, say("save")));
  item.append(
    el("span", {}, el("span", { class: "name" }, fact.name), el("span", { class: "value" }, fact.shown)),
    el("span", { class: "rows" }, change, remove), form);
  return item;
}

function field(fact) {
  if (fact.options.length) {
    return el("select", { "aria-label": fact.name },
      ...fact.options.map(([value, label]) => el("option", { value, selected: value === fact.value }, label)));
  }
  const numeric = fact.type !== "date";
  return el("input", { "aria-label": fact.name, value: fact.value, inputmode: numeric ? "decimal" : "text", maxlength: 24 });
}
