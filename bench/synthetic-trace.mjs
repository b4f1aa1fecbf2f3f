// A trace of any size with everything a step can show: masks, changes, alternatives, deletions. The same on every run.

const words = [
  'the',
  'relay',
  'writes',
  'each',
  'message',
  'to',
  'a',
  'segment',
  'file',
  'before',
  'it',
  'answers',
  'and',
  'forwards',
  'them',
  'when',
  'broker',
  'asks',
];

/** Mulberry32: a small generator with a seed. */
function random(seed) {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let value = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    value = (value + Math.imul(value ^ (value >>> 7), 61 | value)) ^ value;
    return ((value ^ (value >>> 14)) >>> 0) / 4294967296;
  };
}

/**
 * kind "masked": every slot is predicted and masked again in each step; "edit": tokens of the source are
 * deleted, written anew and kept.
 */
export function syntheticTrace({ tokens, steps, kind }) {
  const next = random(7);
  const pick = () => Math.floor(next() * words.length);
  const source = [];
  let sourceText = '';
  for (let index = 0; index < tokens; index++) {
    const text = `${index === 0 ? '' : ' '}${words[pick()]}`;
    source.push({
      id: 100 + words.indexOf(text.trim()),
      text,
      start: sourceText.length,
      end: sourceText.length + text.length,
    });
    sourceText += text;
  }
  const alternativesOf = (first, probability) =>
    Array.from({ length: 8 }, (_, index) => {
      const word = (first + index) % words.length;
      return {
        id: 100 + word,
        text: ` ${words[word]}`,
        probability: index === 0 ? probability : (1 - probability) / 8,
      };
    });
  const system = kind === 'masked' ? 'mask-predict' : 'levenshtein';
  const current = source.map(({ id }) => id - 100);
  const list = Array.from({ length: steps }, (_, index) => {
    const shown = source.flatMap(({ id, text }, position) => {
      const origin = kind === 'edit' ? { sourceIndex: position } : {};
      if (index === 0)
        return [{ id, text, state: 'given', logProbability: 0, entropy: 0, alternatives: [], sourceIndex: position }];
      const dice = next(),
        probability = 0.2 + 0.79 * next();
      if (dice < 0.08)
        return [{ id: 1, text: '', state: 'masked', logProbability: 0, entropy: 0, alternatives: [], ...origin }];
      if (dice < 0.2) current[position] = pick();
      const token = {
        id: 100 + current[position],
        text: ` ${words[current[position]]}`,
        state: dice < 0.2 ? 'changed' : 'kept',
        logProbability: Math.log(probability),
        entropy: 2 * (1 - probability),
        alternatives: alternativesOf(current[position], probability),
        ...origin,
      };
      if (kind === 'edit' && dice > 0.97)
        return [
          {
            id,
            text,
            state: 'deleted',
            logProbability: 0,
            entropy: 0,
            alternatives: [],
            operation: [0.2, 0.7, 0.1],
            ...origin,
          },
          token,
        ];
      return [token];
    });
    return {
      index,
      system,
      action: index === 0 ? 'encode' : kind === 'masked' ? 'predict' : 'fill',
      tokens: shown,
      score: index === 0 ? 0 : -0.3,
      passes: index + 1,
      queryTokens: tokens,
      milliseconds: 5 + next(),
      repetitionRatio: 0.01,
      ...(kind === 'masked'
        ? {
            beam: [0, 1, 2].map((at) => ({
              length: tokens + at,
              text: words.join(' '),
              score: -0.3 - at / 10,
              chosen: at === 0,
            })),
          }
        : {}),
    };
  });
  return {
    version: 1,
    task: kind === 'masked' ? 'rephrase' : 'fix',
    system,
    model: { name: 'synthetic', version: '0', device: 'cpu', dtype: 'int8' },
    options: { passes: steps },
    sourceText,
    source,
    steps: list,
    output: list
      .at(-1)
      .tokens.map(({ text }) => text)
      .join('')
      .trim(),
    stop: 'fixed',
    passes: steps,
    milliseconds: 5 * steps,
  };
}
