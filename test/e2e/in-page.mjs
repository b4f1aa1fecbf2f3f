// Functions that run in the page of VS Code, where nothing of the test is known.

/** The contrast of words of a line against what is painted behind them, as WCAG 2.2 reckons it: from 1 to 21. */
export function contrastInPage(wanted) {
  const parts = (colour) => {
    const [red, green, blue, alpha = 1] = colour.match(/[\d.]+/g).map(Number);
    return { channels: [red, green, blue], alpha };
  };
  const over = (front, back) =>
    front.channels.map((value, index) => value * front.alpha + back[index] * (1 - front.alpha));
  const painted = (element) => {
    if (!element) return [255, 255, 255];
    const colour = parts(getComputedStyle(element).backgroundColor);
    return colour.alpha === 1 ? colour.channels : over(colour, painted(element.parentElement));
  };
  const luminance = (channels) => {
    const [red, green, blue] = channels
      .map((value) => value / 255)
      .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const element = [...document.querySelectorAll('.monaco-editor .view-line span span')].find(
    ({ textContent }) => textContent.replace(/\u00a0/g, ' ').trim() === wanted,
  );
  if (!element) throw new Error(`no words ${JSON.stringify(wanted)} in the editor`);
  const back = painted(element);
  const [dark, light] = [luminance(over(parts(getComputedStyle(element).color), back)), luminance(back)].sort(
    (a, b) => a - b,
  );
  return (light + 0.05) / (dark + 0.05);
}

/** Whether VS Code has written something that matches into its storage in the browser. */
export async function isStoredInPage(source) {
  const wanted = new RegExp(source);
  const answer = (request) =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  for (const { name } of await indexedDB.databases()) {
    if (!name?.startsWith('vscode-web-state-db')) continue;
    const database = await answer(indexedDB.open(name));
    try {
      for (const store of database.objectStoreNames) {
        const values = await answer(database.transaction(store).objectStore(store).getAll());
        if (values.some((value) => typeof value === 'string' && wanted.test(value))) return true;
      }
    } finally {
      database.close();
    }
  }
  return false;
}
