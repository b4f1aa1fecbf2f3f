/** Why the engine cannot work on a text, for the writer: translated where an editor shows them. */
export const refusals = {
  nothingToRewrite:
    'There is no sentence to paraphrase here: the text is empty, holds only code and markup, or is not in English.',
  nothingToTrace: 'There is no prose to trace: the text is empty, holds only code and markup, or is not in English.',
} as const;
