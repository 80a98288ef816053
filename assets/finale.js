/* What moves on the staff screens: clocks, the stage's scale, fitting text. Presses: presses.js. */
(() => {
  "use strict";

  const root = document.documentElement;
  const local = () => performance.timeOrigin + performance.now();
  const bool = (element, name, value) => element.classList.toggle(name, value);

  /* ---- clocks: only deadlines come from the server ------------------------------------------ */

  // Local clock minus server clock, in ms. Every stamp that arrives was made earlier, so each
  // sample is too large by its own journey; the smallest is the best.
  let offset = Infinity;
  const stamped = new WeakMap();

  function sample(serverSeconds, receivedAt) {
    const server = 1000 * Number.parseFloat(serverSeconds);
    if (Number.isFinite(server)) offset = Math.min(offset, receivedAt - server);
  }

  function sampleElement(element) {
    const stamp = element.dataset.now;
    if (stamp === stamped.get(element)) return;
    stamped.set(element, stamp);
    sample(stamp, local());
  }

  function samplePage() {
    const meta = document.querySelector('meta[name="finale-now"]');
    const [page] = performance.getEntriesByType("navigation");
    if (meta && page) sample(meta.content, performance.timeOrigin + page.responseStart);
  }

  // The server's clock now, in epoch seconds, as well as this page knows it.
  window.finale = { now: () => (local() - offset) / 1000 };

  function secondsLeft(element) {
    if (element.dataset.held) return Number.parseFloat(element.dataset.held);
    const now = (local() - offset) / 1000;
    return Math.max(0, Number.parseFloat(element.dataset.deadline) - now);
  }

  function asText(form, whole) {
    if (form === "s") return String(whole);
    return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
  }

  function drawClock(element) {
    sampleElement(element);
    const left = secondsLeft(element);
    if (!Number.isFinite(left)) return;
    const whole = Math.ceil(left - 0.001);
    const held = "held" in element.dataset;
    if (element.dataset.form !== "bar") {
      const text = asText(element.dataset.form, whole);
      if (element.textContent !== text) element.textContent = text;
      if (element.dataset.digits !== String(text.length)) element.dataset.digits = text.length;
    }
    const total = Number.parseFloat(element.dataset.total);
    const fraction = String(total > 0 ? Math.min(1, whole / total) : 0);
    if (element.style.getPropertyValue("--fraction") !== fraction)
      element.style.setProperty("--fraction", fraction);
    bool(element, "is-last-ten", whole <= 10 && !held);
    bool(element, "is-held", held);
    bool(element, "is-over", whole === 0);
    if (element.dataset.announced && !held) announce(element.dataset.deadline, whole);
  }

  function drawClocks() {
    document.querySelectorAll("[data-form]").forEach(drawClock);
  }

  /* ---- announcements at 30, 10 and 0 seconds, each once a deadline --------------------------- */

  const ANNOUNCED = { 30: "30 seconds left", 10: "10 seconds left", 0: "Time is up" };
  const SPOKEN_MS = 3000;
  let said = "";
  let voice = null;

  function announce(deadline, whole) {
    const key = `${deadline} ${whole}`;
    if (!(whole in ANNOUNCED) || said === key) return;
    said = key;
    if (!voice) {
      voice = document.createElement("div");
      voice.className = "visually-hidden";
      voice.setAttribute("aria-live", "assertive");
      document.body.append(voice);
    }
    voice.textContent = ANNOUNCED[whole];
    // What was said must not be found later by whoever reads the page from its top.
    clearTimeout(voice.silence);
    voice.silence = setTimeout(() => (voice.textContent = ""), SPOKEN_MS);
  }

  /* ---- the stage's canvas keeps its size and is scaled to the window -------------------------- */

  function fitCanvas() {
    const scale = Math.min(innerWidth / 1920, innerHeight / 1080);
    root.style.setProperty("--canvas-scale", scale);
    root.style.setProperty("--canvas-x", `${(innerWidth - 1920 * scale) / 2}px`);
    root.style.setProperty("--canvas-y", `${(innerHeight - 1080 * scale) / 2}px`);
  }

  /* ---- fitting: [data-ladder="n"] climbs data-step 0..n until nothing overflows ---------------- */

  // Letters reach a little over and under a tight line; that is no overflow.
  const LEADING_PX = 5;

  const overflows = (element) =>
    element.scrollWidth > element.clientWidth + 1 ||
    element.scrollHeight > element.clientHeight + LEADING_PX;

  function climb(element) {
    const steps = Number(element.dataset.ladder);
    for (let step = 0; step <= steps; step += 1) {
      element.dataset.step = step;
      if (!overflows(element)) return step;
    }
    return steps;
  }

  // Ladders of one group (data-ladder-group) all take the step of the member that needs most;
  // one that does not fit at all is paged and does not shrink the others.
  function fitLadders() {
    const groups = new Map();
    for (const element of document.querySelectorAll("[data-ladder]")) {
      const step = climb(element);
      const group = element.dataset.ladderGroup;
      if (!group || overflows(element)) continue;
      const members = groups.get(group) ?? { step: 0, elements: [] };
      members.step = Math.max(members.step, step);
      members.elements.push(element);
      groups.set(group, members);
    }
    for (const { step, elements } of groups.values())
      for (const element of elements) element.dataset.step = step;
  }

  let fitting = false;
  function fitSoon() {
    if (fitting) return;
    fitting = true;
    requestAnimationFrame(() => {
      fitting = false;
      fitLadders();
      turnPages();
    });
  }

  /* ---- paging: [data-pages] holds columns; what is too long is turned, never scrolled ------------ */

  const SHORTEST_PAGE_S = 15;

  function pageNow(element, pages) {
    const { deadline, total } = element.dataset;
    if (!deadline || pages < 2) return 0;
    const elapsed = Number(total) - (Number(deadline) - (local() - offset) / 1000);
    const dwell = Math.max(SHORTEST_PAGE_S, Number(total) / pages);
    return Math.max(0, Math.floor(elapsed / dwell)) % pages;
  }

  function turnPage(element) {
    const text = element.firstElementChild;
    if (!text) return;
    const { columnGap, direction } = getComputedStyle(text);
    const leaf = text.clientWidth + Number.parseFloat(columnGap || 0);
    const pages = Math.max(1, Math.round((text.scrollWidth + leaf - text.clientWidth) / leaf));
    const page = pageNow(element, pages);
    const shift = `${(direction === "rtl" ? 1 : -1) * page * leaf}px`;
    if (text.style.translate !== shift) text.style.translate = shift;
    const words = element.dataset.pageOf.replace("{page}", page + 1).replace("{pages}", pages);
    const label = pages > 1 ? words : "";
    if (element.dataset.page !== label) element.dataset.page = label;
  }

  const turnPages = () => document.querySelectorAll("[data-pages]").forEach(turnPage);

  /* ---- wiring: what the server draws later is seen, too ------------------------------------------ */

  function watch() {
    samplePage();
    fitCanvas();
    new MutationObserver((records) => {
      drawClocks();
      if (records.some(({ target }) => !target.dataset?.form)) fitSoon();
    }).observe(document.body, {
      subtree: true,
      childList: true,
      characterData: true,
      attributes: true,
      attributeFilter: ["data-now", "data-deadline", "data-held", "data-ladder"],
    });
    drawClocks();
    fitSoon();
    setInterval(drawClocks, 100);
    setInterval(turnPages, 1000);
    document.fonts.ready.then(fitSoon);
    // What stood when the page was opened is shown at once; only what comes later moves.
    setTimeout(() => (root.dataset.settled = ""), 1500);
  }

  addEventListener("resize", () => {
    fitCanvas();
    fitSoon();
  });
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", watch);
  else watch();
})();
