// The facts as a form, in any order. Rows stay where they are, so that the cursor is never lost.
import { $, el } from "../dom.js";
import { say } from "../words.js";

const rows = new Map();

/** `set(fact, value)`: value '' takes the fact out. */
export function showFacts(facts, trouble, set) {
  const wanted = new Set(facts.map((fact) => fact.fact));
  for (const [id, row] of rows) if (!wanted.has(id)) { row.node.remove(); rows.delete(id); }
  for (const fact of facts) {
    if (!rows.has(fact.fact)) rows.set(fact.fact, row(fact, set));
    update(rows.get(fact.fact), fact, trouble[fact.fact]);
  }
  const order = [...facts].sort((a, b) => (b.value != null) - (a.value != null));
  const nodes = order.map((fact) => rows.get(fact.fact).node);
  const inside = $("facts").contains(document.activeElement);
  if (!inside) $("facts").replaceChildren(...nodes);
  else for (const node of nodes) if (!node.isConnected) $("facts").append(node);
  if (!facts.length) $("facts").replaceChildren(el("p", { class: "quiet" }, say("facts_none")));
}

export function focusFact(id) {
  rows.get(id)?.input.focus();
}

function row(fact, set) {
  const input = field(fact, (value) => set(fact.fact, value));
  const mark = el("span", { class: "mark small" });
  const wrong = el("span", { class: "wrong small", role: "alert" });
  const node = el("div", { class: "fact" }, el("label", { for: input.id }, fact.name), 
    el("span", { class: "entry" }, input, fact.unit && !fact.options.length ? el("span", { class: "quiet" }, fact.unit) : null), mark, wrong);
  return { node, input, mark, wrong };
}

function update({ node, input, mark, wrong }, fact, trouble) {
  if (document.activeElement !== input && !trouble) input.value = fact.value ?? "";
  mark.textContent = fact.unsure && fact.value == null ? say("unsure") : fact.heard ? say("heard") : "";
  wrong.textContent = trouble ?? "";
  node.classList.toggle("known-fact", fact.value != null);
}

export function field(fact, set, prefix = "fact") {
  const id = `${prefix}-${fact.fact}`;
  if (fact.options.length) {
    return el("select", { id, on: { change: (event) => set(event.target.value) } },
      el("option", { value: "" }, say("unset")), ...fact.options.map(([value, label]) => el("option", { value }, label)));
  }
  const numeric = fact.type !== "date";
  return el("input", { id, inputmode: numeric ? "decimal" : "text", maxlength: 24, autocomplete: "off",
    placeholder: numeric ? say("unset") : "2025-06", on: { input: (event) => set(event.target.value.trim()) } });
}
