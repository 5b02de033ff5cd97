// Large print (大字版) and high contrast (高对比): two switches, remembered on this device.
const switches = { large: ["size", "large"], contrast: ["contrast", "high"] };

for (const [id, [name, on]] of Object.entries(switches)) {
  const button = document.getElementById(id);
  const words = { off: button.textContent, on: button.dataset.on };
  const show = () => {
    const pressed = document.documentElement.dataset[name] === on;
    button.setAttribute("aria-pressed", String(pressed));
    button.textContent = pressed ? words.on : words.off;
  };
  button.addEventListener("click", () => {
    const next = document.documentElement.dataset[name] === on ? "" : on;
    if (next) document.documentElement.dataset[name] = next;
    else delete document.documentElement.dataset[name];
    try { localStorage.setItem(name, next); } catch { /* not remembered, but done */ }
    show();
  });
  show();
}
