/** A ByteLevel BPE with 32 reserved ids, all 256 bytes and a few merges, as parsed tokenizer.json. */
export function tinyTokenizer() {
  const characters: string[] = [];
  let next = 256;
  for (let byte = 0; byte < 256; byte += 1) {
    const printable = (byte >= 33 && byte <= 126) || (byte >= 161 && byte <= 172) || byte >= 174;
    characters.push(String.fromCharCode(printable ? byte : next));
    if (!printable) next += 1;
  }
  const names = [
    '<pad>',
    '<mask>',
    '<begin>',
    '<end>',
    '<blank>',
    '<copy>',
    '<deleted>',
    '</deleted>',
    '<drop>',
    '<fix>',
    '<rephrase>',
    '<simplify>',
    '<shorten>',
    '<summarize>',
  ];
  const tokens = [
    ...names,
    ...Array.from({ length: 32 - names.length }, (_, index) => `<reserved-${index + names.length}>`),
    ...characters,
  ];
  // Bytes F0 9F are the first half of most emoji: a token that ends inside a character.
  const merges = [
    't h',
    'th e',
    'Ġ the',
    'Ġ t',
    'w o',
    'r d',
    'wo rd',
    'Ġ word',
    `${characters[0xf0]} ${characters[0x9f]}`,
    `Ġ ${characters[0xe6]}`,
  ];
  tokens.push(...merges.map((merge) => merge.replace(' ', '')));
  return {
    version: '1.0',
    truncation: null,
    padding: null,
    added_tokens: [] as never[],
    normalizer: null,
    pre_tokenizer: { type: 'ByteLevel', add_prefix_space: false, trim_offsets: true, use_regex: true },
    post_processor: null,
    decoder: { type: 'ByteLevel', add_prefix_space: true, trim_offsets: true, use_regex: true },
    model: {
      type: 'BPE',
      dropout: null,
      unk_token: null,
      continuing_subword_prefix: null,
      end_of_word_suffix: null,
      fuse_unk: false,
      byte_fallback: false,
      ignore_merges: false,
      vocab: Object.fromEntries(tokens.map((token, id) => [token, id])) as Record<string, number>,
      merges,
    },
  };
}
