// The drawings of the anatomy pages: choose a part by click, tap or key. Without script the list of parts does it.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const atlas = document.getElementById("atlas");
  const panel = document.getElementById("panel");
  const parts = [...atlas.querySelectorAll("svg .part[data-part]")];
  const links = [...document.querySelectorAll("a[data-part]")];
  let asked = 0;

  function paint(name) {
    for (const part of parts) {
      const chosen = part.dataset.part === name;
      part.classList.toggle("is-chosen", chosen);
      part.classList.remove("is-dim");
      part.setAttribute("aria-pressed", chosen);
    }
    for (const link of links) {
      if (link.dataset.part === name) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  }

  async function choose(name, from) {
    const mine = ++asked;
    paint(name);
    const address = `${location.pathname}?part=${encodeURIComponent(name)}`;
    const reply = await fetch(address, { headers: { "HX-Request": "true" } }).catch(() => null);
    if (mine !== asked) return; // another part was chosen meanwhile
    if (!reply?.ok) {
      location.assign(address);
      return;
    }
    panel.innerHTML = await reply.text();
    history.replaceState(null, "", address);
    const room = panel.getBoundingClientRect();
    if (from !== "drawing" || room.top > innerHeight * 0.85) panel.scrollIntoView({ block: "nearest" });
  }

  // Every part is a button; Tab reaches each drawing once, the arrow keys go from part to part in it.
  for (const figure of atlas.querySelectorAll("[data-drawing]")) {
    figure.querySelector("svg").setAttribute("role", "group");
    const own = [...figure.querySelectorAll(".part[data-part]")];
    own.forEach((part, place) => {
      const title = part.querySelector("title");
      part.setAttribute("aria-label", title?.textContent ?? part.dataset.part);
      part.setAttribute("role", "button");
      part.setAttribute("tabindex", place ? -1 : 0);
      part.addEventListener("click", () => choose(part.dataset.part, "drawing"));
      part.addEventListener("keydown", (event) => {
        const by = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
        if (by) {
          const next = own[(place + by + own.length) % own.length];
          for (const other of own) other.setAttribute("tabindex", other === next ? 0 : -1);
          next.focus();
        } else if (event.key === "Enter" || event.key === " ") {
          choose(part.dataset.part, "drawing");
        } else {
          return;
        }
        event.preventDefault();
      });
    });
  }

  for (const link of links) {
    link.addEventListener("click", (event) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey) return;
      event.preventDefault();
      choose(link.dataset.part, "list");
    });
  }

  // On a narrow screen one of two drawings shows at a time.
  for (const button of atlas.querySelectorAll("[data-show]")) {
    button.addEventListener("click", () => {
      for (const other of atlas.querySelectorAll("[data-show]")) other.setAttribute("aria-pressed", other === button);
      for (const figure of atlas.querySelectorAll("[data-drawing]")) {
        figure.toggleAttribute("data-second", figure.dataset.drawing !== button.dataset.show);
      }
    });
  }

  paint(new URLSearchParams(location.search).get("part"));
});
