import { NO_MODEL, type StrategyDocument } from '@assay/contracts';
import { parseStrategyDocument } from '@assay/domain';
import { isDomainError } from '@assay/primitives';
import { createRng } from '@assay/quant';
import { modelKinds } from '../models';
import { applyParam, checkColumns } from '../sweep';

/** A number of a document by which it decides what is held and when. */
export interface DecisiveNumber {
  readonly path: string;
  readonly value: number;
  /** No fraction of it would be accepted. */
  readonly isWhole: boolean;
}

/** A number is off by at most so much of itself, a whole one by 1 at least. */
const NOISE = 0.2;
const STEP = 0.1;
/** Numbers that contradict each other are drawn again, so often for each draw. */
const MOST_TRIES = 20;
/** Rules of more numbers are too much work for a question that is answered at once. */
export const MOST_NUMBERS = 64;

/**
 * Windows, thresholds, distances of stops: parameters of features, values of rules, protection. A 0 has no size to be off by. What a
 * model has learnt from stays as it is, since the fit would be another one; size and costs decide nothing. The first `MOST_NUMBERS` + 1.
 * @param columns names of the bars' extra columns
 */
export function decisiveNumbers(document: StrategyDocument, columns: readonly string[]): DecisiveNumber[] {
  return rootsOf(document)
    .flatMap(([path, node]) => numbersUnder(node, path))
    .slice(0, MOST_NUMBERS + 1)
    .map(([path, value]) => {
      const isWhole = Number.isInteger(value) && accepted(applyParam(document, path, value + 0.5), columns) === null;
      return { path, value, isWhole };
    });
}

/** Documents of which every decisive number is off at once, uniformly within 20 %, a whole one within 1 at least. */
export function noisyDocuments(
  document: StrategyDocument,
  numbers: readonly DecisiveNumber[],
  columns: readonly string[],
  { draws, seed }: { draws: number; seed: string },
): StrategyDocument[] {
  const rng = createRng(seed);
  const made: StrategyDocument[] = [];
  for (let tries = 0; made.length < draws && tries < draws * MOST_TRIES; tries++) {
    const values = numbers.map((number) => offBy(number, NOISE, 2 * rng.next() - 1));
    const drawn = accepted(withNumbers(document, numbers, values), columns);
    if (drawn !== null) made.push(drawn);
  }
  return made;
}

/** Documents of which one decisive number is a step of 10 %, of a whole one 1 at least, lower or higher; without those that nothing accepts. */
export function neighbouringDocuments(
  document: StrategyDocument,
  numbers: readonly DecisiveNumber[],
  columns: readonly string[],
): StrategyDocument[] {
  return numbers.flatMap((number) =>
    [-1, 1].flatMap((side) => accepted(withNumbers(document, [number], [offBy(number, STEP, side)]), columns) ?? []),
  );
}

/** @param side from -1 to 1 */
function offBy({ value, isWhole }: DecisiveNumber, share: number, side: number): number {
  if (!isWhole) return value * (1 + share * side);
  return value + Math.round(side * Math.max(1, Math.abs(value) * share));
}

const withNumbers = (
  document: StrategyDocument,
  numbers: readonly DecisiveNumber[],
  values: readonly number[],
): StrategyDocument => numbers.reduce((made, { path }, i) => applyParam(made, path, values[i]!), document);

function rootsOf(document: StrategyDocument): [path: string, node: unknown][] {
  const protection: [string, unknown] = ['protection', document.protection];
  if (document.kind !== 'pipeline')
    return [
      ...document.substrategies.flatMap(({ window, signal }, i): [string, unknown][] => [
        [`substrategies.${i}.window`, window],
        [`substrategies.${i}.signal`, signal],
      ]),
      protection,
    ];
  const features = document.model.kind === NO_MODEL ? document.features : [];
  return [
    ...features.map(({ params }, i): [string, unknown] => [`features.${i}.params`, params]),
    ['signal.rule_tree', document.signal.rule_tree],
    protection,
  ];
}

function numbersUnder(node: unknown, path: string): [path: string, value: number][] {
  if (typeof node === 'number') return node === 0 ? [] : [[path, node]];
  if (typeof node !== 'object' || node === null) return [];
  return Object.entries(node).flatMap(([key, child]) => numbersUnder(child, `${path}.${key}`));
}

/** The document as it is read; null where it is refused. */
function accepted(document: StrategyDocument, columns: readonly string[]): StrategyDocument | null {
  try {
    const read = parseStrategyDocument(document, { columns: [...columns], models: modelKinds }).document;
    if (read.kind === 'pipeline') checkColumns(read, columns);
    return read;
  } catch (error) {
    if (isDomainError(error)) return null;
    throw error;
  }
}
