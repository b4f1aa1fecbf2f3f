/** What a writer is told about a word that nothing knows: the same sentence on every surface. */
export const unknownWordMessage = (word: string): string => `No list knows the word “${word}”.`;

export const unknownWordCode = 'unknown-word';
