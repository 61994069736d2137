import { NO_MODEL, type ModelPlan } from '@assay/contracts';
import { DomainError, sha256Hex } from '@assay/primitives';
import type { FittedModel } from './fitted-model';
import { contentFigures, fitRows, modelRuntime, predictRows } from './fit-rows';
import { undetermined } from './fit-refusals';
import { foldMetrics } from './fold-metrics';
import { assertFitted } from './import-model';
import { encodeArtifact } from './model-artifact';
import { requireModelPlugin } from './model-registry';
import { rowsIn, rowsKnownAt, type BarRange, type RowSource } from './training-set';
import { planRows } from './plan-rows';
import { rowMetrics } from './row-metrics';

export interface ModelInput extends RowSource {
  openTimeMs: Float64Array;
}

/**
 * Fits the plan on bars [from, to): a row counts when its label, too, ends before `to`. Same inputs, same bytes.
 * @param folds in how many it is also judged out of sample, see `foldMetrics`; 0: it is not. The model is the same.
 * @param threads at most, of kinds that can use several; the model is the same.
 * @throws DomainError `insufficient_data` when the rows cannot determine the model; `not_ready` without a plan.
 */
export function fitModel(
  plan: ModelPlan | null,
  input: ModelInput,
  [from, to]: BarRange,
  folds = 0,
  threads = 1,
): FittedModel {
  if (plan === null) {
    throw new DomainError('not_ready', `${NO_MODEL} has nothing to fit; the rules read the features alone`);
  }
  assertFitted(plan, 'a training');
  const plugin = requireModelPlugin(plan.kind);
  const rows = rowsKnownAt(rowsIn(planRows(plan, input), [[from, to]]), to - 1);
  const content = fitRows(plan, rows, threads);
  if (content === null) throw undetermined(plan, rows);
  const iso = (bar: number): string => new Date(input.openTimeMs[bar]!).toISOString();
  const train = { first_bar: iso(rows.bar[0]!), train_end: iso(to - 1), rows: rows.count };
  const bytes = encodeArtifact(plan, plugin, content, train);
  const judged = folds > 0 ? foldMetrics(plan, rows, folds, threads) : undefined;
  return {
    bytes,
    sha256: sha256Hex(bytes),
    trainEnd: train.train_end,
    rows: rows.count,
    metrics: {
      rows: rows.count,
      ...contentFigures(plugin, plan.inputs, content),
      ...rowMetrics(rows.task, predictRows(modelRuntime(plan, content), rows), rows.labels),
      ...judged?.metrics,
    },
    ...(judged && {
      folds: judged.folds.map((part) => ({
        ...{ from: iso(part.from), to: iso(part.to), rows: part.rows, fitted_rows: part.fittedRows },
        ...{ metrics: part.metrics, importance: part.importance },
        ...(part.selected && { selected: part.selected }),
      })),
    }),
  };
}
