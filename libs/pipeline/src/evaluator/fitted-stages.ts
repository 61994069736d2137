import type { BarColumns, StageMemo } from '@assay/domain';
import type { LogisticModel } from '@assay/quant';
import { buildTrainingSet, fitLogisticOn, type LogisticSpec, type TrainingSet } from '../models';

/** Rows that models are fitted on. */
export interface TrainingRows {
  set: TrainingSet;
  /** Names everything they depend on but the bars; null for rows made otherwise, on which no fit is shared. */
  key: string | null;
}

/** The part of a prepared strategy that its model reads. */
interface Inputs {
  readonly modelInputs: readonly Float64Array[];
  readonly inputsKey: string;
  readonly bars: BarColumns;
  readonly memo: StageMemo;
}

/** All labelled rows of the history, shared by every model with these inputs and this label. */
export function trainingRows({ modelInputs, inputsKey, bars, memo }: Inputs, { label }: LogisticSpec): TrainingRows {
  const key = `rows ${JSON.stringify(label)} ${inputsKey}`;
  return { set: memo.of(key, () => buildTrainingSet(modelInputs, bars.close, label.horizon)), key };
}

export interface SharedFit {
  /** Names everything a fit depends on but the bars and the subset of the rows; null where no fit is shared. */
  key: string | null;
  /** The model fitted on a subset of the rows, which `subset` names; null where they cannot determine one. */
  fit(subset: string, rows: () => TrainingSet): LogisticModel | null;
}

export function sharedFit({ memo }: Inputs, spec: LogisticSpec, { key: rowsKey }: TrainingRows): SharedFit {
  const { l2, max_iterations, tolerance } = spec.params;
  const key = rowsKey === null ? null : `${JSON.stringify([l2, max_iterations, tolerance])} ${rowsKey}`;
  const fit: SharedFit['fit'] = (subset, rows) =>
    key === null ? fitLogisticOn(spec, rows()) : memo.of(`fit ${subset} ${key}`, () => fitLogisticOn(spec, rows()));
  return { key, fit };
}
