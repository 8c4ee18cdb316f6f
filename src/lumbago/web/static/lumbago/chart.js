// The body chart: tap a zone to mark it. The fields below the chart hold the marks; this only paints them.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const form = document.getElementById("chart-form");
  const chart = document.getElementById("chart");
  const level = document.getElementById("level");
  const rows = new Map([...form.querySelectorAll("[data-row]")].map((row) => [row.dataset.row, row]));
  const zones = new Map([...chart.querySelectorAll(".zone")].map((zone) => [zone.dataset.zone, zone]));
  const field = (zone, kind) => form.elements[`${kind}-${zone}`];
  const brush = () => form.elements.brush.value;
  const SVG = "http://www.w3.org/2000/svg";

  function marked(zone) {
    return { pain: Number(field(zone, "pain").value) || 0, numb: field(zone, "numb").checked, weak: field(zone, "weak").checked };
  }

  function label(zone, { pain, numb, weak }) {
    const said = [pain ? `pain ${pain} of 10` : "", numb ? "numb or tingling" : "", weak ? "weak" : ""].filter(Boolean);
    return `${rows.get(zone).getAttribute("aria-label")}: ${said.join(", ") || "nothing marked"}`;
  }

  function layer(shape, kind) {
    const copy = document.createElementNS(SVG, "path");
    copy.setAttribute("d", shape.getAttribute("d"));
    if (shape.hasAttribute("transform")) copy.setAttribute("transform", shape.getAttribute("transform"));
    const view = shape.closest(".view-front") ? "front" : "back";
    copy.setAttribute("class", kind === "pain" ? "mark pain" : "mark");
    if (kind !== "pain") copy.setAttribute("fill", `url(#${kind}-${view})`);
    copy.dataset.mark = shape.dataset.zone;
    shape.after(copy);
    return copy;
  }

  function paint(zone) {
    const shape = zones.get(zone);
    const now = marked(zone);
    for (const old of chart.querySelectorAll(`[data-mark="${zone}"]`)) old.remove();
    if (now.weak) layer(shape, "stripes");
    if (now.numb) layer(shape, "dots");
    if (now.pain) layer(shape, "pain").setAttribute("opacity", 0.25 + 0.065 * now.pain);
    const any = Boolean(now.pain || now.numb || now.weak);
    shape.setAttribute("aria-pressed", any);
    shape.setAttribute("aria-label", label(zone, now));
    rows.get(zone).classList.toggle("is-marked", any);
    document.getElementById("none-marked").hidden = Boolean(form.querySelector(".zone-row.is-marked"));
  }

  function tap(zone) {
    const kind = brush();
    if (kind === "pain") {
      const box = field(zone, "pain");
      box.value = Number(box.value) === Number(level.value) ? "" : level.value;
    } else {
      const box = field(zone, kind);
      box.checked = !box.checked;
    }
    paint(zone);
  }

  // Every zone is a button; Tab reaches each view once, the arrow keys go from zone to zone in it.
  for (const figure of chart.querySelectorAll("svg")) {
    figure.setAttribute("role", "group");
    const shapes = [...figure.querySelectorAll(".zone")];
    shapes.forEach((shape, place) => {
      shape.setAttribute("role", "button");
      shape.setAttribute("tabindex", place ? -1 : 0);
      shape.querySelector("title")?.remove();
      shape.addEventListener("click", () => tap(shape.dataset.zone));
      shape.addEventListener("keydown", (event) => {
        const by = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
        if (by) {
          const next = shapes[(place + by + shapes.length) % shapes.length];
          shape.setAttribute("tabindex", -1);
          next.setAttribute("tabindex", 0);
          next.focus();
        } else if (event.key === "Enter" || event.key === " ") {
          tap(shape.dataset.zone);
        } else {
          return;
        }
        event.preventDefault();
      });
    });
  }

  for (const [zone, row] of rows) {
    row.addEventListener("input", () => paint(zone));
    row.querySelector("[data-clear]").addEventListener("click", () => {
      field(zone, "pain").value = "";
      field(zone, "numb").checked = field(zone, "weak").checked = false;
      paint(zone);
    });
    // Marks that the server has painted are painted anew, so that they can be taken away.
  }
  for (const old of chart.querySelectorAll(".mark.pain, .mark[fill]")) old.remove();
  for (const zone of rows.keys()) paint(zone);

  const showLevel = () => {
    document.getElementById("level-said").textContent = `${level.value} of 10`;
    document.getElementById("level-row").hidden = brush() !== "pain";
  };
  form.addEventListener("input", showLevel);
  showLevel();

  const turn = document.getElementById("turn");
  turn.addEventListener("click", () => {
    const front = chart.dataset.view === "back";
    chart.dataset.view = front ? "front" : "back";
    turn.textContent = front ? "Turn to the back" : "Turn to the front";
  });

  const list = document.getElementById("all-zones");
  list.addEventListener("click", () => {
    const all = document.getElementById("zones").classList.toggle("all");
    list.setAttribute("aria-expanded", all);
    list.textContent = all ? "Show marked places only" : "Choose from a list instead";
  });
});
