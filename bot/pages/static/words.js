// The page's sentences, as the server wrote them into it; {name} is filled in.
const words = JSON.parse(document.getElementById("words").textContent);

export const say = (key, values = {}) =>
  words[key].replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
