import fc from 'fast-check';

const fragments = [
  'word', 'Teh', 'e.g.', 'Fig. 3', '. ', '! ', '? ', ' ', '  ', '\n', '\r\n', '\r', '\n\n', '\t', '> ', '- ', '1. ', '# ', '*', '**', '_', '~~', '`', '``', '```\n',
  '[a](b "c d")', '[x][y]', '[y]: z\n', '![alt. text](i.png)', '[^1]', '[^1]: note\n', '<b>', '</b>', '<!-- c -->', '<!-- nar-disable -->', '<!-- nar-enable -->', '<div>\n',
  '&amp;', '&#x1F600;', '&nope;', '\\*', '\\', '$x$', '$5', '$$\n', 'http://a.b/c', 'me@x.org', 'snake_case', 'camelCase', 'file.ts', 'v1.2.3', '--flag', '{{ x }}', '{', '}', '| a | b |\n|---|---|\n| c. D | e |\n',
  '---\n', '+++\n', '===\n', ':::note\n', 'é', 'e\u0301', '日本語。', 'שלום', '👩‍👩‍👧', '😀', '\ud83d', '\ude00', '\u0000', '\ufeff', '…', '“', '”', "'s", '(', ')', '    ', '    code\n', 'A long clause, and then some; more: done. ', '[!NOTE]\n', ': ', 'X', 'XX.',
];

/** Markdown-like text with everything that is hard about it. */
export const awkwardText = fc.oneof(
  { weight: 4, arbitrary: fc.array(fc.constantFrom(...fragments), { maxLength: 40 }).map((parts) => parts.join('')) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }) },
  { weight: 1, arbitrary: fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 40 }).map((codes) => String.fromCharCode(...codes)) },
);
