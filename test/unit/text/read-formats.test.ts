/** Faults that reading real documents of a format has shown: each a text, and what is prose in it. */
import { describe, expect, it } from 'vitest';
import { foreignSentences } from '../../../src/text/natural-language';
import { grammarReady, proseSentences } from '../../../src/text/prose';
import type { TextFormat } from '../../../src/protocol/formats';

/** Sentences with what is protected in angle brackets. */
function shown(source: string, format: TextFormat): string[] {
  return proseSentences(source, format).map(({ text, pieces }) => {
    const parts = pieces.filter((piece) => piece.protected).reverse();
    return parts.reduce((view, { viewStart, length }) => {
      const end = viewStart + length;
      return `${view.slice(0, viewStart)}<${view.slice(viewStart, end)}>${view.slice(end)}`;
    }, text);
  });
}

describe('LaTeX', () => {
  it('leaves small capitals and the letters of a typewriter as they are', () => {
    expect(shown('It differs from \\textsc{wysiwyg} programs.', 'latex')).toEqual([
      'It differs from <\\textsc{wysiwyg}> programs.',
    ]);
    expect(shown('Write \\textsc{The Name} there.', 'latex')).toEqual(['Write The Name there.']);
    expect(shown('Then write {\\ttfamily \\scriptsize import numpy as np} there.', 'latex')).toEqual([
      'Then write <{\\ttfamily \\scriptsize import numpy as np}> there.',
    ]);
    expect(shown('Run {\\small\\tt make all} first.', 'latex')).toEqual(['Run <{\\small\\tt make all}> first.']);
  });

  it('takes letters with accents for letters of their words when it asks for the language', () => {
    const german = proseSentences('F\\"ur alle, die die Sch\\"onheit von Wissenschaft zeigen wollen.', 'latex');
    expect(foreignSentences(german).size).toBe(1);
  });
});

it('knows the marks of Epytext in docstrings', async () => {
  await grammarReady('python');
  const source = 'def make():\n    """Create a L{MemorySessionStore} from I{callbacks} and C{None}."""\n';
  expect(shown(source, 'python')).toEqual(['Create a <MemorySessionStore> from callbacks and <None>.']);
});

it('knows the second page of the Latin that fills pages', () => {
  const latin =
    'Neque porro quisquam est, qui dolorem ipsum quia dolor sit amet, adipisci velit, sed quia non numquam.';
  expect(proseSentences(latin, 'latex')).toEqual([]);
});

it('leaves the name alone with which a message of a catalogue begins', () => {
  const header = 'msgid ""\nmsgstr ""\n"Language: en_GB\\n"\n\n';
  const entry = (text: string): string => `msgid "x"\nmsgstr "${text}"\n\n`;
  expect(shown(header + entry('arange: cannot compute length') + entry('my_name: not found here'), 'gettext')).toEqual([
    '<arange>: cannot compute length',
    '<my_name>: not found here',
  ]);
  expect(shown(header + entry('Warning: the file is open'), 'gettext')).toEqual(['Warning: the file is open']);
});
