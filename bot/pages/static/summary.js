// The checklist: printed, or copied as plain text.
import { $ } from "./dom.js";

$("print")?.addEventListener("click", () => print());
$("copy")?.addEventListener("click", async () => {
  await navigator.clipboard.writeText($("plain").value);
  $("copied").textContent = $("copy").dataset.copied;
});
