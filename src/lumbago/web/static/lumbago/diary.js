// Helps a check-in along. Everything works without it.
"use strict";

const signs = document.getElementById("signs");

// "Yes" opens the list of danger signs; a tick on the list says yes.
document.addEventListener("change", (event) => {
  const field = event.target;
  if (field.name === "new" && field.value === "yes") signs.open = true;
  if (field.name === "sign" && field.checked) {
    document.querySelector('[name="new"][value="yes"]').checked = true;
  }
});
