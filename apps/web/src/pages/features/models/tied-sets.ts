/** Figures this near to each other are the same but for rounding. */
const TIE = 1e-12;

/** What to know where several sets share the best figure; empty where one stands alone. */
export function tiedWords(figures: readonly (number | null)[]): string {
  const defined = figures.filter((figure) => figure !== null);
  const best = Math.max(...defined);
  const tied = defined.filter((figure) => best - figure <= TIE * Math.max(1, Math.abs(best))).length;
  if (tied < 2) return '';
  return `${tied} of ${figures.length} sets share the best ratio: what differs among them decided nothing here, and the first of them is named the best.`;
}
