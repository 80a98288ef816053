/* Sounds of the stage: [data-allowed] is the host's word, [data-sound] what was shown just now,
   [data-ticks] the deadline whose last ten seconds tick. [data-sound-check] plays one when clicked. */
(() => {
  "use strict";

  const NAMES = ["tick", "buzzer", "reveal", "champion", "check"];
  const STALE_S = 3;
  const LAST_S = 10;
  const TICKED = "finale-ticked";

  const players = new Map();
  let heard = 0;

  function load() {
    for (const name of NAMES) {
      const player = new Audio(`/assets/sounds/${name}.wav`);
      player.preload = "auto";
      player.dataset.name = name;
      document.body.append(player);
      players.set(name, player);
    }
  }

  function play(name) {
    const player = players.get(name);
    player.currentTime = 0;
    // A browser that wants a click first says no: the stage stays silent.
    player.play().catch(() => {});
  }

  const speaker = () => document.querySelector(".stage-sounds");

  function follow() {
    const { sound, allowed } = speaker()?.dataset ?? {};
    if (!sound) return;
    const [number, name, at] = sound.split(" ");
    if (Number(number) === heard) return;
    heard = Number(number);
    // What came while the line was down has been seen long ago.
    if (allowed !== undefined && finale.now() - Number(at) < STALE_S) play(name);
  }

  function tick() {
    const { ticks, allowed } = speaker()?.dataset ?? {};
    if (!ticks) return;
    const left = Math.ceil(Number(ticks) - finale.now() - 0.001);
    const key = `${ticks} ${left}`;
    if (left < 1 || left > LAST_S || sessionStorage.getItem(TICKED) === key) return;
    sessionStorage.setItem(TICKED, key);
    if (allowed !== undefined) play("tick");
  }

  function watch() {
    load();
    new MutationObserver(follow).observe(document.body, {
      subtree: true,
      attributes: true,
      attributeFilter: ["data-sound"],
    });
    setInterval(tick, 100);
    document.addEventListener("click", ({ target }) => {
      if (target.closest?.("[data-sound-check]")) play("check");
    });
  }
  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", watch);
  else watch();
})();
