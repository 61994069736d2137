const NUMBER = /^[+-]?(\d+(\.\d*)?|\.\d+)(e[+-]?\d+)?$/i;

/** Values to try of a hyper-parameter from text parted by commas; null where a part is no number. */
export function valuesOf(text: string): number[] | null {
  const parts = text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  return parts.every((part) => NUMBER.test(part)) ? parts.map(Number) : null;
}

/** How many sets the values of several parameters make; parameters without values are not varied. Null where one cannot be read. */
export function setsOf(texts: Readonly<Record<string, string>>): number | null {
  const counts = Object.values(texts).map((text) => valuesOf(text)?.length ?? null);
  if (counts.includes(null)) return null;
  const given = counts.filter((count): count is number => count !== null && count > 0);
  return given.length === 0 ? 0 : given.reduce((product, count) => product * count, 1);
}
