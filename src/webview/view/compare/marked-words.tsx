/** A text in which some words are marked; runs of marked words share one mark. */
export function MarkedWords({ words, marks }: { words: readonly string[]; marks: readonly boolean[] }) {
  const runs: { marked: boolean; text: string }[] = [];
  words.forEach((word, index) => {
    const marked = marks[index] ?? false;
    const latest = runs.at(-1);
    if (latest?.marked === marked) latest.text += word;
    else {
      // The space before a mark stands outside of it.
      const space = /^\s*/.exec(word)![0];
      if (marked && space !== '' && latest) latest.text += space;
      runs.push({ marked, text: marked && latest ? word.slice(space.length) : word });
    }
  });
  return (
    <>
      {runs.map(({ marked, text }, index) =>
        marked ? (
          <mark class="differs" key={index}>
            {text}
          </mark>
        ) : (
          text
        ),
      )}
    </>
  );
}
