// Sends the chosen files one by one and tells what became of each; takes whole folders; offers a genre for each file.
// Without script, the form sends some files at once, all with one genre.
import { filesOf } from "./dropped-files.js";

const mostWithOwnGenre = 30;
const endings = /\.(wav|flac|mp3|ogg|oga|opus|aif|aiff|aifc|m4a)$/i;

const form = document.querySelector("form:has([data-labels])");
const files = form.querySelector("#files");
const folder = form.querySelector("#folder");
const all = form.querySelector("#label");
const each = form.querySelector("[data-each]");
const byFolder = form.querySelector("[data-folder-labels]");
const chosenText = form.querySelector("[data-chosen]");
const button = form.querySelector("button[type=submit]");
const results = document.querySelector("[data-results]");
const rows = results.querySelector("tbody");
const summary = results.querySelector("[data-summary]");
const sending = results.querySelector("[data-sending]");

// Each with the path it has below the chosen folder.
let chosen = [];

const fill = (text, ...values) => text.replace(/\{(\d)\}/g, (_, number) => values[number]);

function rowOf({ file }, number) {
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

function choose(found) {
  chosen = found;
  each.querySelectorAll(".field").forEach(row => row.remove());
  each.hidden = chosen.length === 0 || chosen.length > mostWithOwnGenre;
  if (!each.hidden) {
    each.append(...chosen.map(rowOf));
  }

  chosenText.hidden = false;
  chosenText.textContent = fill(form.dataset.textChosen, chosen.length);
}

const fromInput = input => [...input.files].map(file => ({ file, path: file.webkitRelativePath || file.name }));
const songsOnly = found => found
  .filter(({ file }) => endings.test(file.name) && !file.name.startsWith("."))
  .sort((left, right) => left.path.localeCompare(right.path));

function labelOf({ path }, number) {
  const own = each.querySelector(`#label-${number}`)?.value;
  const folders = path.split("/").slice(1, -1);
  return own || (byFolder.checked && folders[0]) || all.value;
}

async function send(one, number) {
  const body = new FormData();
  body.append("__RequestVerificationToken", form.elements.__RequestVerificationToken.value);
  body.append("label", labelOf(one, number));
  body.append("files", one.file, one.file.name);
  try {
    const answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" } });
    if (answer.redirected) {
      return location.reload();
    }

    const { files: [done], problem } = await answer.json();
    return done ?? { outcome: "Refused", outcomeText: form.dataset.textRefused, reason: problem };
  } catch {
    return { outcome: "Refused", outcomeText: form.dataset.textRefused, reason: form.dataset.textNetwork };
  }
}

function report(one, { outcomeText, songId, reason }) {
  const row = rows.insertRow();
  const name = row.insertCell();
  name.dataset.label = rows.dataset.labelFile;
  const text = document.createElement(songId ? "a" : "span");
  text.textContent = one.path;
  if (songId) {
    text.href = `/admin/songs/${songId}`;
  }

  name.append(text);
  const cell = row.insertCell();
  cell.dataset.label = rows.dataset.labelOutcome;
  const outcome = cell.appendChild(document.createElement("div"));
  const badge = document.createElement("span");
  badge.className = "badge";
  badge.textContent = outcomeText;
  outcome.append(badge, ` ${reason ?? ""}`);
}

function showProgress(done, total, started) {
  const minutes = (performance.now() - started) / 60_000;
  const left = Math.round(minutes * 60 * (total - done) / done);
  sending.querySelector("progress").max = total;
  sending.querySelector("progress").value = done;
  summary.textContent = fill(
    form.dataset.textProgress, done, total, Math.round(done / minutes), `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`);
}

async function sendAll(event) {
  event.preventDefault();
  if (chosen.length === 0) {
    chosenText.hidden = false;
    chosenText.textContent = form.dataset.textNothing;
    return;
  }

  const counts = { Added: 0, AlreadyThere: 0, Refused: 0 };
  const [songs, started] = [chosen, performance.now()];
  button.disabled = true;
  rows.replaceChildren();
  results.hidden = sending.hidden = false;
  results.scrollIntoView({ block: "nearest" });
  for (const [number, one] of songs.entries()) {
    const outcome = await send(one, number);
    counts[outcome.outcome]++;
    report(one, outcome);
    showProgress(number + 1, songs.length, started);
  }

  sending.hidden = true;
  button.disabled = false;
  summary.textContent = fill(form.dataset.textDone, songs.length, counts.Added, counts.AlreadyThere, counts.Refused);
}

// The script says itself that nothing was chosen: a folder may have been.
files.required = false;
form.querySelector("[data-folder]").hidden = false;
files.addEventListener("change", () => choose(fromInput(files)));
folder.addEventListener("change", () => choose(songsOnly(fromInput(folder))));
form.addEventListener("submit", sendAll);
form.addEventListener("dragover", event => { event.preventDefault(); form.classList.add("drop-over"); });
form.addEventListener("dragleave", () => form.classList.remove("drop-over"));
form.addEventListener("drop", async event => {
  event.preventDefault();
  form.classList.remove("drop-over");
  choose(songsOnly(await filesOf(event.dataTransfer)));
});
addEventListener("pageshow", () => files.files.length > 0 && choose(fromInput(files)));
