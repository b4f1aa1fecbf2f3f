/** Token repetition ratio (JANUS, Table 3): the share of tokens equal to the token before them. */
export function repetitionRatio(ids: readonly number[]): number {
  let repeated = 0;
  for (let index = 1; index < ids.length; index++) if (ids[index] === ids[index - 1]) repeated++;
  return ids.length === 0 ? 0 : repeated / ids.length;
}
