import type { FieldProblem } from '@assay/primitives';

/**
 * The problems a schema finds in a document, and the verdicts of rules that know more: a verdict speaks for its whole value, so
 * what the schema found at the value or inside it is left out.
 */
export function withVerdicts(problems: readonly FieldProblem[], verdicts: readonly FieldProblem[]): FieldProblem[] {
  const judged = new Set(verdicts.map(({ field }) => field));
  return [...problems.filter(({ field }) => !placesAbove(field).some((place) => judged.has(place))), ...verdicts];
}

/** The field and everything it lies in: `a[0].b`, `a[0]`, `a`. */
function placesAbove(field: string): string[] {
  const ends = [...field.matchAll(/[.[]/g)].map(({ index }) => index);
  return [field, ...ends.map((end) => field.slice(0, end))];
}
