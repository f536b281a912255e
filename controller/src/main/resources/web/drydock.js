// What pages do by themselves; everything works without it but the live parts.
(() => {
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const known = document.cookie.split("; ").some(c => c === "zone=" + encodeURIComponent(zone));
  if (zone && !known) {
    document.cookie = "zone=" + encodeURIComponent(zone) + "; path=/; max-age=31536000; samesite=lax; secure";
    // The first page was made before the zone was known.
    if (!document.body.classList.contains("door") && document.referrer === "") location.reload();
  }
  document.getElementById("theme")?.addEventListener("click", () => {
    const root = document.documentElement;
    const dark = root.dataset.theme
      ? root.dataset.theme === "dark"
      : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
    localStorage.setItem("theme", root.dataset.theme);
    document.dispatchEvent(new Event("drydock:theme"));
  });
  document.querySelectorAll("[data-back]").forEach(link => link.addEventListener("click", event => {
    if (history.length > 1) {
      event.preventDefault();
      history.back();
    }
  }));
  document.querySelectorAll("[data-print]").forEach(button => button.addEventListener("click", () => print()));
  // A live part is made anew while somebody reads it: what was opened or closed by hand stays so.
  const touched = new Map();
  const key = details => details.dataset.key;
  document.addEventListener("click", event => {
    const details = event.target.closest?.("[data-live] summary")?.parentElement;
    if (details) touched.set(key(details), !details.open);
  });
  document.addEventListener("htmx:afterSwap", event => event.target.querySelectorAll("details").forEach(details => {
    if (touched.has(key(details))) details.open = touched.get(key(details));
  }));
  // When a rollout or a run is over, what can be done with it is another.
  document.addEventListener("htmx:sseClose", event => {
    if (event.detail?.type === "message" && event.target.matches("[data-live]")) location.reload();
  });
})();
