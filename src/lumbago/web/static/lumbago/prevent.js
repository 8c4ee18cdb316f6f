// A slider and its number box are one answer. Everything works without this.
"use strict";

// Before htmx sees the event, so that it sends the number that the slider shows.
document.addEventListener("input", ({ target }) => {
  if (target.dataset.for) document.getElementById(target.dataset.for).value = target.value;
  else if (target.type === "number") {
    const slider = document.querySelector(`[data-for="${target.id}"]`);
    if (slider && target.value !== "") slider.value = target.value;
  }
}, true);

// A sentence on what is wrong is an answer, too.
document.addEventListener("htmx:beforeSwap", ({ detail }) => {
  if (detail.xhr.status === 422) {
    detail.shouldSwap = true;
    detail.isError = false;
  }
});
