// Sends the song with visible progress. The server answers as it does without script: a redirect to the result,
// or the form again with a message, which is then shown without leaving the page.

const mebibyte = 1024 * 1024;
const megabytes = bytes => (bytes / mebibyte).toFixed(1);
const size = bytes => bytes < mebibyte ? `${Math.ceil(bytes / 1024)} KB` : `${megabytes(bytes)} MB`;
const form = document.querySelector("[data-upload]");

function setUp(form) {
  const find = name => form.querySelector(`[data-upload-${name}]`);
  const zone = find("zone");
  const input = form.querySelector("input[type=file]");
  const name = find("name");
  const submit = form.querySelector("button[type=submit]");
  const cancel = find("cancel");
  const status = find("status");
  const bar = status.querySelector("progress");
  const statusText = find("text");
  const amount = find("amount");
  const error = document.querySelector("[data-upload-error]");
  const texts = form.dataset;
  let request = null;

  // The browser's own words for choosing a file are in its language, not the page's.
  function replaceNativeInput() {
    form.noValidate = true;
    input.classList.add("visually-hidden");
    find("choose").hidden = false;
    name.hidden = false;
    showName();
  }

  function showName() {
    const file = input.files[0];
    name.textContent = file ? `${file.name} (${size(file.size)})` : texts.textNoneChosen;
  }

  function takeChosen() {
    showName();
    error.hidden = true;
  }

  function showError(message) {
    error.textContent = message;
    error.hidden = false;
    error.focus();
  }

  function setBusy(busy) {
    // Not disabled, which would take the keyboard focus away.
    submit.setAttribute("aria-disabled", busy);
    input.disabled = busy;
    cancel.hidden = !busy;
    status.hidden = !busy;
    form.setAttribute("aria-busy", busy);
    if (!busy) {
      request = null;
    }
  }

  function problemOf(file) {
    if (!file) {
      return texts.textNoFile;
    }

    return file.size > Number(texts.maxBytes) ? texts.textTooLarge : null;
  }

  function showProgress(event) {
    if (event.lengthComputable) {
      const percent = Math.floor(100 * event.loaded / event.total);
      bar.max = event.total;
      bar.value = event.loaded;
      amount.textContent = `${percent} % · ${megabytes(event.loaded)} / ${megabytes(event.total)} MB`;
    }
  }

  function showAnalysing() {
    bar.removeAttribute("value");
    statusText.textContent = texts.textAnalysing;
    amount.textContent = "";
    cancel.hidden = true;
  }

  function finish() {
    if (request.status >= 200 && request.status < 300) {
      location.assign(request.responseURL);
      return;
    }

    const page = new DOMParser().parseFromString(request.responseText, "text/html");
    const message = page.querySelector("[data-upload-error]")?.textContent.trim();
    setBusy(false);
    showError(message || texts.textFailed);
  }

  function send(event) {
    event.preventDefault();
    if (request) {
      return;
    }

    error.hidden = true;
    const problem = problemOf(input.files[0]);
    if (problem) {
      showError(problem);
      return;
    }

    const content = new FormData(form);
    setBusy(true);
    bar.value = 0;
    amount.textContent = "";
    statusText.textContent = texts.textSending;
    request = new XMLHttpRequest();
    request.upload.addEventListener("progress", showProgress);
    request.upload.addEventListener("load", showAnalysing);
    request.addEventListener("load", finish);
    request.addEventListener("error", () => { setBusy(false); showError(texts.textFailed); });
    request.addEventListener("abort", () => setBusy(false));
    request.open("POST", form.action);
    request.send(content);
  }

  function takeDropped(event) {
    event.preventDefault();
    zone.classList.remove("drop-over");
    if (!input.disabled && event.dataTransfer.files.length > 0) {
      input.files = event.dataTransfer.files;
      takeChosen();
    }
  }

  replaceNativeInput();
  form.addEventListener("submit", send);
  input.addEventListener("change", takeChosen);
  cancel.addEventListener("click", () => request?.abort());
  zone.addEventListener("dragover", event => { event.preventDefault(); zone.classList.add("drop-over"); });
  zone.addEventListener("dragleave", () => zone.classList.remove("drop-over"));
  zone.addEventListener("drop", takeDropped);

  // Coming back by the browser's Back button must not show a form that is still busy.
  addEventListener("pageshow", () => { setBusy(false); showName(); });
}

if (form) {
  setUp(form);
}
