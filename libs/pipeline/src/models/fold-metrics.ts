import type { ModelPlan } from '@assay/contracts';
import { createRng } from '@assay/quant';
import { fitRows, modelRuntime, predictRows } from './fit-rows';
import { readInputs } from './input-selection';
import { rowMetrics, type RowMetrics } from './row-metrics';
import { rowsBetween, rowsWhere, type TrainingSet } from './training-set';

/** How one part of the rows was judged by a fit on the others. */
export interface FoldOutcome {
  /** First and last bar of the part's rows. */
  from: number;
  to: number;
  rows: number;
  fittedRows: number;
  /** Null where the other rows determine no model. */
  metrics: RowMetrics | null;
  /** By input; null where the loss is not defined. */
  importance: RowMetrics;
  /** The inputs that its fit has chosen; absent where the plan chooses none, or the other rows determine no model. */
  selected?: string[];
}

export interface FoldMetrics {
  metrics: RowMetrics;
  folds: FoldOutcome[];
}

/**
 * How the plan describes rows that it was not fitted on. The rows are cut into `folds` parts in time order; each is judged
 * by a fit on the others, without the rows whose label reaches into it or that lie within a horizon of its last label.
 * `oos_` figures are means over the parts that determine a model, `oos_folds` of them. `importance.` of an input is by how
 * much the loss (log loss, of a regression the squared error) rises where the input's values are shuffled among the rows
 * that are judged (Breiman, 2001), by the plan's seed. Where the plan chooses inputs each fit chooses its own, and
 * `oos_selected.` of an input is the part of the fits that have chosen it.
 */
export function foldMetrics(plan: ModelPlan, rows: TrainingSet, folds: number, threads = 1): FoldMetrics {
  const rng = createRng(plan.seed);
  const outcomes: FoldOutcome[] = [];
  for (let fold = 0; fold < folds; fold++) {
    const from = Math.floor((fold * rows.count) / folds);
    const to = Math.floor(((fold + 1) * rows.count) / folds);
    if (to === from) continue;
    const test = rowsBetween(rows, from, to);
    const others = trainRows(rows, test, plan.label.horizon);
    const part = { from: test.bar[0]!, to: test.bar[test.count - 1]!, rows: test.count, fittedRows: others.count };
    const content = fitRows(plan, others, threads);
    if (content === null) {
      outcomes.push({ ...part, metrics: null, importance: {} });
      continue;
    }
    const model = modelRuntime(plan, content);
    const judge = (judged: TrainingSet): RowMetrics => rowMetrics(rows.task, predictRows(model, judged), test.labels);
    const metrics = judge(test);
    const loss = lossOf(metrics);
    const shuffled = plan.inputs.map((input, column): [string, number | null] => {
      const worse = lossOf(judge(withShuffled(test, column, rng)));
      return [input, loss === null || worse === null ? null : worse - loss];
    });
    const selected = plan.training?.selection && [...readInputs(plan.inputs, content)];
    outcomes.push({ ...part, metrics, importance: Object.fromEntries(shuffled), ...(selected && { selected }) });
  }
  const found = outcomes.flatMap(({ metrics, importance, selected }) =>
    metrics === null
      ? []
      : [
          {
            ...prefixed('oos_', metrics),
            ...prefixed('importance.', importance),
            ...(selected && prefixed('oos_selected.', chosen(plan.inputs, selected))),
          },
        ],
  );
  return { metrics: { oos_folds: found.length, ...means(found) }, folds: outcomes };
}

const prefixed = (prefix: string, metrics: RowMetrics): RowMetrics =>
  Object.fromEntries(Object.entries(metrics).map(([name, value]) => [prefix + name, value]));

const chosen = (inputs: readonly string[], selected: readonly string[]): RowMetrics =>
  Object.fromEntries(inputs.map((input) => [input, Number(selected.includes(input))]));

const lossOf = ({ log_loss: logLoss, mse }: RowMetrics): number | null => logLoss ?? mse ?? null;

function trainRows(rows: TrainingSet, test: TrainingSet, horizon: number): TrainingSet {
  const first = test.bar[0]!;
  const last = test.end.reduce((latest, end) => Math.max(latest, end), 0) + horizon;
  return rowsWhere(rows, (i) => rows.end[i]! < first || rows.bar[i]! > last);
}

/** The rows with the values of one column in another order among them. */
function withShuffled(test: TrainingSet, column: number, rng: ReturnType<typeof createRng>): TrainingSet {
  const values = test.history[column]!.slice();
  const order = Array.from(test.bar);
  rng.shuffle(order);
  test.bar.forEach((bar, i) => (values[bar] = test.history[column]![order[i]!]!));
  return { ...test, history: test.history.map((own, c) => (c === column ? values : own)) };
}

function means(found: readonly RowMetrics[]): RowMetrics {
  const names = Object.keys(found[0] ?? {});
  return Object.fromEntries(
    names.map((name) => {
      const defined = found.flatMap((metrics) => metrics[name] ?? []);
      return [name, defined.length > 0 ? defined.reduce((sum, value) => sum + value, 0) / defined.length : null];
    }),
  );
}
