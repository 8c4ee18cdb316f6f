// Small helps for every page. Everything works without them.
"use strict";

// Before the page is drawn, so that nothing jumps.
document.documentElement.classList.add("js");

document.addEventListener("DOMContentLoaded", () => {
  document.getElementById("errors")?.focus();

  // A form that is sent twice by an impatient finger is sent once.
  for (const form of document.querySelectorAll("form")) {
    form.addEventListener("submit", (event) => {
      if (form.dataset.sent) event.preventDefault();
      form.dataset.sent = "yes";
      setTimeout(() => delete form.dataset.sent, 4000);
    });
  }

  for (const button of document.querySelectorAll("[data-copy]")) {
    button.addEventListener("click", async () => {
      const words = document.getElementById(button.dataset.copy).textContent;
      await navigator.clipboard.writeText(words);
      button.textContent = "Copied";
    });
  }
  for (const button of document.querySelectorAll("[data-print]")) {
    button.addEventListener("click", () => window.print());
  }
});

// A page from the browser's own memory may be older than what is stored.
window.addEventListener("pageshow", (event) => {
  if (event.persisted) window.location.reload();
});
