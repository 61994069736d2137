/** Most letters that may be wrong, and of a short name a third of it. */
const MOST_EDITS = 2;
const EDITS_OF_LETTERS = 1 / 3;

/**
 * Those of the known names that somebody may have meant who wrote `name`, the likeliest first: it in other letter case, a
 * part of the name between dots or underlines, or with a letter or two wrong.
 */
export function nearestNames(name: string, known: Iterable<string>, most = 3): string[] {
  const meant = name.toLowerCase();
  if (meant === '') return [];
  const scored = [...known].map((one) => ({ one, distance: distanceOf(meant, one.toLowerCase()) }));
  const near = scored.filter(({ distance }) => distance <= Math.min(MOST_EDITS, meant.length * EDITS_OF_LETTERS));
  return near
    .sort((a, b) => a.distance - b.distance)
    .slice(0, most)
    .map(({ one }) => one);
}

/** 0 for the same name, less than a wrong letter for one that begins with it, else the letters that are wrong. */
function distanceOf(meant: string, known: string): number {
  if (meant === known) return 0;
  const isPart = known.startsWith(`${meant}.`) || known.startsWith(`${meant}_`) || known.endsWith(`.${meant}`);
  return isPart ? 1 / 2 : edits(meant, known);
}

/** Levenshtein's distance, row by row. */
function edits(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, i) => i);
  for (let i = 1; i <= from.length; i++) {
    const next = [i];
    for (let j = 1; j <= to.length; j++) {
      const swap = row[j - 1]! + (from[i - 1] === to[j - 1] ? 0 : 1);
      next.push(Math.min(swap, row[j]! + 1, next[j - 1]! + 1));
    }
    row = next;
  }
  return row[to.length]!;
}
