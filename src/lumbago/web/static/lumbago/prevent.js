// A slider and its number box are one answer. Everything works without this.
"use strict";

// A drag brings a result at most this often, and one of where it stopped; typing, once it pauses.
const DRAG_MS = 250, TYPING_MS = 400;
// The words of a result are said when it stays.
const SAID_MS = 900;
let waiting, saying;

document.addEventListener("input", ({ target }) => {
  const { dataset } = target;
  if (dataset.for) document.getElementById(dataset.for).value = target.value;
  if (dataset.names) document.getElementById(dataset.names).textContent = target.value;
  if (target.type === "number") {
    const slider = document.querySelector(`[data-for="${target.id}"]`);
    if (slider && target.value !== "") slider.value = target.value;
  }
  const form = target.closest("[hx-trigger=moved]");
  if (!form || target.closest("[data-still]")) return;
  const drag = target.type === "range";
  if (waiting && drag && waiting.drag) return;
  clearTimeout(waiting?.timer);
  const timer = setTimeout(() => {
    waiting = undefined;
    form.dispatchEvent(new Event("moved"));
  }, drag ? DRAG_MS : TYPING_MS);
  waiting = { drag, timer };
});

// A sentence on what is wrong is an answer, too.
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.xhr.status === 422) {
    detail.shouldSwap = true;
    detail.isError = false;
  }
});

// Numbers must not stand beside a result that is not theirs without a word.
for (const failed of ["htmx:responseError", "htmx:sendError"]) {
  document.addEventListener(failed, () => document.getElementById("unanswered").hidden = false);
}

document.addEventListener("htmx:afterSettle", () => {
  document.getElementById("unanswered").hidden = true;
  clearTimeout(saying);
  saying = setTimeout(() => {
    document.getElementById("said").textContent = document.getElementById("news").textContent;
  }, SAID_MS);
});
