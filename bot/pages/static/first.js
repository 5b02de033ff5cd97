// Runs before anything is drawn, so that large print and high contrast do not flash.
for (const name of ["size", "contrast"]) {
  try {
    const kept = localStorage.getItem(name);
    if (kept) document.documentElement.dataset[name] = kept;
  } catch { /* storage may be refused; the standard look stands */ }
}
