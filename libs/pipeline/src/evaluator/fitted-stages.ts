import type { ModelPlan } from '@assay/contracts';
import type { StageMemo } from '@assay/domain';
import { fitRows, planRows, requireModelPlugin, type ModelContent, type RowSource, type TrainingSet } from '../models';

/** Rows that models are fitted on. */
export interface TrainingRows {
  set: TrainingSet;
  /** Names everything they depend on but the bars; null for rows made otherwise, on which no fit is shared. */
  key: string | null;
}

/** The part of a prepared strategy that its model reads. */
interface Inputs {
  readonly rowSource: RowSource;
  readonly inputsKey: string;
  readonly memo: StageMemo;
}

/** All labelled rows of the history, shared by every model with these inputs and this label. */
export function trainingRows({ rowSource, inputsKey, memo }: Inputs, plan: ModelPlan): TrainingRows {
  const { label, inputs } = plan;
  const { takesMissing = false } = requireModelPlugin(plan.kind);
  // a label names inputs; whether rows may miss values is the kind's
  const named = label.kind === 'triple_barrier' ? inputs : null;
  const key = `rows ${JSON.stringify([label, named, takesMissing])} ${inputsKey}`;
  return { set: memo.of(key, () => planRows(plan, rowSource)), key };
}

export interface SharedFit {
  /** Names everything a fit depends on but the bars and the subset of the rows; null where no fit is shared. */
  key: string | null;
  /** The model fitted on a subset of the rows, which `subset` names; null where they cannot determine one. */
  fit(subset: string, rows: () => TrainingSet): ModelContent | null;
}

export function sharedFit({ memo }: Inputs, plan: ModelPlan, { key: rowsKey }: TrainingRows): SharedFit {
  const { kind, params, seed, training } = plan;
  const key = rowsKey === null ? null : `${JSON.stringify([kind, params, seed, training])} ${rowsKey}`;
  const fit: SharedFit['fit'] = (subset, rows) =>
    key === null ? fitRows(plan, rows()) : memo.of(`fit ${subset} ${key}`, () => fitRows(plan, rows()));
  return { key, fit };
}
