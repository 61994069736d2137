/** How many letters have to be put in, left out or changed to make one word of the other. */
function distance(a: string, b: string): number {
  let above = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const changed = above[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(changed, above[j] + 1, row[j - 1] + 1));
    }
    above = row;
  }
  return above[b.length];
}

/** The known word that was most likely meant: the nearest within two letters, else one that begins it or is begun by it. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const near = known
    .map((name) => ({ name, off: distance(word, name) }))
    .filter(({ name, off }) => off <= 2 && off < name.length / 2)
    .sort((a, b) => a.off - b.off);
  return near[0]?.name ?? known.find((name) => name.startsWith(word) || word.startsWith(name));
}
