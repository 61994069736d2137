import type { ModelSelection } from '@assay/contracts';
import { binnedMutualInformation, fStatistic, inputVariance } from '@assay/quant';
import { selectedPredict } from './selected-predict';
import type { ModelContent, Predict } from './model-plugin';
import type { TrainingSet } from './training-set';

/** Which inputs a fit has chosen, as its artifact holds it. */
export interface SelectedInputs {
  /** Names, in the order of the model's inputs; at least one. */
  kept: string[];
  /** Of every input; null where it has none. */
  scores: Record<string, number | null>;
}

/**
 * The inputs that a fit on these rows reads. Every row counts the same, whatever it weighs; where values may be missing an input
 * is judged by the rows that have one.
 * @returns the places of those that are kept, ascending; none where no input has a score, or one that is high enough.
 */
export function selectInputs(
  { score, keep }: ModelSelection,
  rows: TrainingSet,
): { kept: number[]; scores: (number | null)[] } {
  const scores = Array.from({ length: rows.columns }, (_, column) => scoreOf(score, rows, column));
  const known = [...scores.keys()].filter((column) => scores[column] !== null);
  if (keep.kind === 'above') return { kept: known.filter((column) => scores[column]! > keep.score), scores };
  const count = keep.kind === 'best' ? keep.count : Math.ceil(keep.fraction * rows.columns);
  const ranked = known.sort((a, b) => scores[b]! - scores[a]! || a - b).slice(0, count);
  return { kept: ranked.sort((a, b) => a - b), scores };
}

function scoreOf(score: ModelSelection['score'], rows: TrainingSet, column: number): number | null {
  const { values, labels } = knownOf(rows, column);
  if (score === 'variance') return inputVariance(values);
  if (score === 'f_statistic') return fStatistic(values, labels);
  return binnedMutualInformation(values, labels, rows.task === 'regression');
}

/** The values of a column that are there, with their labels. */
function knownOf({ rows, labels, columns, count }: TrainingSet, column: number) {
  const values = new Float64Array(count);
  const theirs = new Float64Array(count);
  let known = 0;
  for (let i = 0; i < count; i++) {
    const value = rows[i * columns + column]!;
    if (Number.isNaN(value)) continue;
    values[known] = value;
    theirs[known++] = labels[i]!;
  }
  return { values: values.subarray(0, known), labels: theirs.subarray(0, known) };
}

/** What an artifact says of it. */
export const selectionContent = (
  inputs: readonly string[],
  { kept, scores }: ReturnType<typeof selectInputs>,
): SelectedInputs => ({
  kept: kept.map((column) => inputs[column]!),
  scores: Object.fromEntries(inputs.map((input, column) => [input, scores[column]!])),
});

const selectedOf = ({ selection }: ModelContent): Partial<SelectedInputs> | undefined =>
  selection as Partial<SelectedInputs> | undefined;

/** The inputs that a fitted model reads, in their order: all of them where none were chosen. */
export const readInputs = (inputs: readonly string[], content: ModelContent): readonly string[] =>
  selectedOf(content)?.kept ?? inputs;

/** `selected.` of each input, 1 or 0, and `selection_score.` of each; nothing where none were chosen. */
export function selectionFigures(content: ModelContent): Record<string, number | null> {
  const chosen = content.selection as SelectedInputs | undefined;
  if (chosen === undefined) return {};
  return Object.fromEntries(
    Object.entries(chosen.scores).flatMap(([input, score]): [string, number | null][] => [
      [`selected.${input}`, Number(chosen.kept.includes(input))],
      [`selection_score.${input}`, score],
    ]),
  );
}

/**
 * A prediction from the rows of all inputs, of which it reads those that were chosen.
 * @param load makes the prediction from rows of so many inputs
 * @throws Error where no fit could have chosen them.
 */
export function loadSelected(
  inputs: readonly string[],
  content: ModelContent,
  load: (inputs: number) => Predict,
): Predict {
  if (content.selection === undefined) return load(inputs.length);
  const kept = selectedOf(content)?.kept;
  const columns = Array.isArray(kept) ? kept.map((name) => inputs.indexOf(name)) : [];
  const isSome = columns.length > 0 && columns.every((column, i) => column > (i === 0 ? -1 : columns[i - 1]!));
  if (!isSome) throw new Error('kept of the selection must name some of the inputs, in their order');
  return selectedPredict(load(columns.length), columns, inputs.length);
}
