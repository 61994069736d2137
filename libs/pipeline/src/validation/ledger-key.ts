import { hashOf } from '@assay/primitives';
import type { TimedReturns } from '@assay/quant';
import { hashOfColumn } from '../hash';
import type { LedgerInput } from './ledger-input';

/** Hash of everything that the judgement of a ledger follows from, but for the code: two with the same one say the same. */
export function ledgerKey({
  trials,
  aligned,
  benchmark,
  outsideTrials,
  periodsPerYear,
  draws,
  bootstraps,
}: LedgerInput): string {
  const known = new Map<Float64Array, string>();
  const column = (values: Float64Array): string => {
    const found = known.get(values) ?? hashOfColumn(values);
    known.set(values, found);
    return found;
  };
  const timed = ({ openTimeMs, returns }: TimedReturns): [string, string] => [column(openTimeMs), column(returns)];
  return hashOf({
    trials: trials.map((trial) => [...timed(trial), trial.benchmark === undefined ? 'own' : trial.benchmark && timed(trial.benchmark)]), // prettier-ignore
    benchmark: timed(benchmark),
    held: [column(aligned.openTimeMs), column(aligned.benchmark)],
    outsideTrials: outsideTrials ?? 0,
    periodsPerYear,
    draws: draws ?? null,
    bootstraps: bootstraps ?? null,
  });
}
