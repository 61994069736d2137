/**
 * How many of the fits of a model that chooses its inputs have chosen each, the most often first; empty of every other.
 * @param parts folds or splits
 */
export function selectedText(parts: readonly { selectedInputs?: readonly string[] }[]): string {
  const fits = parts.flatMap(({ selectedInputs }) => (selectedInputs ? [selectedInputs] : []));
  if (fits.length === 0) return '';
  const counts = new Map<string, number>();
  for (const name of fits.flat()) counts.set(name, (counts.get(name) ?? 0) + 1);
  const ranked = [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  return `inputs chosen: ${ranked.map(([name, count]) => `${name} by ${count} of ${fits.length} fits`).join(', ')}\n`;
}
