// The files that were dropped, those of dropped folders with their paths.

/** @returns {Promise<{file: File, path: string}[]>} */
export async function filesOf(dataTransfer) {
  // The entries are gone once the event is over: they are taken before anything is waited for.
  const entries = [...dataTransfer.items].map(item => item.webkitGetAsEntry()).filter(entry => entry);
  const found = [];
  for (const entry of entries) {
    await walk(entry, found);
  }

  return found;
}

async function walk(entry, found) {
  if (entry.isFile) {
    const file = await new Promise((resolve, reject) => entry.file(resolve, reject));
    found.push({ file, path: entry.fullPath.replace(/^\//, "") });
    return;
  }

  const reader = entry.createReader();
  while (true) {
    // Some at a time, until none is left.
    const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) {
      return;
    }

    for (const one of some) {
      await walk(one, found);
    }
  }
}
