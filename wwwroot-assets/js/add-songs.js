// Offers a genre for each chosen file; without script, one genre goes to all of them.

const form = document.querySelector("form:has([data-labels])");
const files = form.querySelector("input[type=file]");
const all = form.querySelector("#label");
const labels = form.querySelector("[data-labels]");
const each = form.querySelector("[data-each]");

function rowOf(file, number) {
  const row = document.createElement("div");
  row.className = "field";
  const label = document.createElement("label");
  label.htmlFor = `label-${number}`;
  label.textContent = file.name;
  const select = all.cloneNode(true);
  select.id = label.htmlFor;
  select.removeAttribute("name");
  select.options[0].textContent = each.dataset.textAsAbove;
  select.selectedIndex = 0;
  row.append(label, select);
  return row;
}

function writeLabels() {
  labels.value = [...each.querySelectorAll("select")].map(select => select.value).join("\n");
}

function show() {
  each.querySelectorAll(".field").forEach(row => row.remove());
  each.append(...[...files.files].map(rowOf));
  each.hidden = files.files.length === 0;
  writeLabels();
}

files.addEventListener("change", show);
each.addEventListener("change", writeLabels);
addEventListener("pageshow", show);
