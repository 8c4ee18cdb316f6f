// The timer of an exercise: counts holds, sides, repetitions and rests. Without it the page says how much.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const box = document.getElementById("timer");
  if (!box) return;
  const number = (name) => Number(box.dataset[name]);
  const phase = box.querySelector(".phase"), count = box.querySelector(".count");
  const bar = box.querySelector("progress"), go = box.querySelector("[data-go]"), again = box.querySelector("[data-again]");
  const steps = plan();
  const whole = steps.reduce((sum, step) => sum + step.seconds, 0);
  let at = 0, left = steps[0].seconds, clock = null, due = 0;

  // Every part in order: what to do, and for how many seconds.
  function plan() {
    if (number("seconds")) return [{ words: "Keep going", seconds: number("seconds") }];
    const found = [{ words: "Get into position", seconds: 5 }];
    for (let set = 1; set <= number("sets"); set++) {
      for (let side = 1; side <= number("sides"); side++) {
        if (side === 2) found.push({ words: "Change sides", seconds: 5 });
        for (let turn = 1; turn <= number("repetitions"); turn++) found.push(...repetition(set, side, turn));
      }
      if (set < number("sets") && number("rest")) found.push({ words: "Rest", seconds: number("rest") });
    }
    return found;
  }

  function repetition(set, side, turn) {
    const where = [
      number("repetitions") > 1 ? `${turn} of ${number("repetitions")}` : "",
      number("sides") > 1 ? ["first side", "other side"][side - 1] : "",
      number("sets") > 1 ? `set ${set}` : "",
    ].filter(Boolean).join(", ");
    const named = (words) => (where ? `${words}: ${where}` : words);
    const move = Math.max(1, number("move"));
    if (!number("hold")) return [{ words: named("Move slowly"), seconds: move }];
    return [{ words: named("Hold"), seconds: number("hold") }, { words: "Let go", seconds: move }];
  }

  function time(seconds) {
    return seconds < 60 ? String(seconds) : `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
  }

  function show() {
    const done = steps.slice(0, at).reduce((sum, step) => sum + step.seconds, 0) + steps[at].seconds - left;
    count.textContent = time(left);
    bar.value = whole ? done / whole : 0;
    if (phase.textContent !== steps[at].words) phase.textContent = steps[at].words;
  }

  // By the clock of the device: a page in the background ticks more slowly.
  function tick() {
    left = Math.ceil((due - Date.now()) / 1000);
    while (left <= 0) {
      at += 1;
      if (at === steps.length) return finish();
      due += steps[at].seconds * 1000;
      left = Math.ceil((due - Date.now()) / 1000);
      navigator.vibrate?.(150);
    }
    show();
  }

  function run() {
    due = Date.now() + left * 1000;
    clock = setInterval(tick, 250);
    go.textContent = "Pause";
    again.hidden = false;
    show();
  }

  function pause(words) {
    clearInterval(clock);
    clock = null;
    go.textContent = words;
  }

  function reset() {
    pause("Start the timer");
    at = 0;
    left = steps[0].seconds;
  }

  function finish() {
    reset();
    phase.textContent = "Done. Well done.";
    count.textContent = "✓";
    bar.value = 1;
    again.hidden = true;
    go.textContent = "Once more";
  }

  show();
  phase.textContent = "Ready when you are";
  go.addEventListener("click", () => (clock ? pause("Go on") : run()));
  again.addEventListener("click", () => {
    reset();
    run();
    go.focus();
  });
});
