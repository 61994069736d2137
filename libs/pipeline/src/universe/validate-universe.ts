import { configHash } from '../hash';
import {
  AUDIT_SEED,
  evidenceOf,
  scoredCpcv,
  validationRange,
  walkForwardOf,
  type CpcvLayout,
  type CpcvOutcome,
  type GateEvidenceOutcome,
  type JudgedRecord,
  type JudgedCandidate,
  type JudgingInput,
  type Progress,
  type WalkForwardLayout,
  type WalkForwardOutcome,
} from '../validation';
import { runUniverseBacktest, type UniverseInput } from './run-universe-backtest';
import type { UniverseOptions } from './universe-options';
import { universeLookAhead } from './universe-look-ahead';
import { universeRecord } from './universe-record';

/** The run itself over the whole history: what is scored of it is the validation's matter. */
function wholeRun({ options: { start: _, end: __, scoreFrom: ___, ...options } = {}, ...input }: UniverseInput) {
  return runUniverseBacktest({ ...input, options });
}

/** An outcome whose bars are those of the panel. */
export interface OnPanel<T> {
  exact: T;
  openTimeMs: Float64Array;
  periodsPerYear: number;
}

function onPanel<T>(input: UniverseInput, judge: (record: JudgedRecord, options: UniverseOptions) => T): OnPanel<T> {
  const record = universeRecord(wholeRun(input));
  const { openTimeMs, periodsPerYear } = record;
  return { exact: judge(record, input.options ?? {}), openTimeMs, periodsPerYear };
}

/** The rules stay, and each stretch is a slice of one run. @throws DomainError `validation_failed` where the history is too short */
export const universeWalkForward = (
  { layout, ...input }: UniverseInput & { layout?: WalkForwardLayout },
  onProgress?: Progress,
): OnPanel<WalkForwardOutcome> =>
  onPanel(input, (record, options) => walkForwardOf(record, options, layout, onProgress));

/** @throws DomainError `validation_failed` where the history is too short */
export const universeCpcv = (
  { layout, ...input }: UniverseInput & { layout?: CpcvLayout },
  onProgress?: Progress,
): OnPanel<CpcvOutcome> => onPanel(input, (record, options) => scoredCpcv(record, options, layout, onProgress));

export type UniverseGatesInput = UniverseInput & JudgingInput & { candidateHash?: string };

/** Everything the gates look at, of a portfolio; buy and hold is all members with the same weight each. */
export function universeGates(input: UniverseGatesInput, onProgress?: Progress): GateEvidenceOutcome {
  const { document, options = {}, seed = AUDIT_SEED } = input;
  const run = wholeRun(input);
  const record = universeRecord(run);
  const { openTimeMs, lookback, ownFrom, periodsPerYear } = record;
  const { scored } = validationRange(record, options);
  const candidate: JudgedCandidate = {
    ...{ openTimeMs, periodsPerYear, lookback, ownFrom, declaredLookback: lookback, isFitted: false },
    configHash: input.candidateHash ?? configHash(document),
    backtest: runUniverseBacktest({ ...input, options: { ...options, scoreFrom: scored[0] } }),
    // no signal of one symbol: a portfolio is decided at the first bar with a weight
    signals: firstDecisions(run.evaluation.weights, openTimeMs.length),
    walkForward: (progress) => walkForwardOf(record, options, {}, progress),
    cpcv: (progress) => scoredCpcv(record, options, {}, progress),
    lookAhead: (progress) => universeLookAhead(input, run, { seed }, progress),
  };
  return evidenceOf(candidate, input, onProgress);
}

/** NaN until a symbol has a weight, then 0: it says since when there are targets, and counts no change of them. */
function firstDecisions(weights: Float64Array, bars: number): Float64Array {
  let first = bars;
  for (let cell = 0; cell < weights.length; cell++) if (weights[cell] !== 0) first = Math.min(first, cell % bars);
  return new Float64Array(bars).fill(0).fill(NaN, 0, first);
}
