import type { PipelineDocument } from '@assay/contracts';
import {
  fitRows,
  modelRuntime,
  prepareStrategy,
  rowsIn,
  runCpcv,
  trainingRows,
  type TrainingSet,
} from '@assay/pipeline';
import { predictRange } from '@assay/domain';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { areaUnderCurve, processorTime } from './measure';
import type { Row } from './rows';
import { market, pipeline } from './strategy-sweeps';

const BARS = 5000;
const RUNS = 5;

const indicator = (plugin: string, window: number): PipelineDocument['features'][number] => ({
  ...{ pin: null, name: `${plugin}_${window}`, plugin, plugin_version: '1', params: { window } },
});

/** Ten inputs, 100 trees of at most 31 leaves and depth 6. */
function boosted(): PipelineDocument {
  const params = { trees: 100, learning_rate: 0.1, max_depth: 6, max_leaves: 31, max_bins: 64, l2: 1 };
  const others = { min_child_weight: 1, min_split_gain: 0, row_fraction: 1, column_fraction: 1, monotone: 'none' };
  const ends = { early_stopping: 0, validation_fraction: 0.2, class_weight: 'none' };
  const own = [
    ...[7, 28, 56].map((window) => indicator('rsi', window)),
    ...[5, 10, 63, 126].map((window) => indicator('momentum', window)),
  ];
  const model: PipelineDocument['model'] = {
    ...{ pin: null, kind: 'gradient_boosting', seed: 1 },
    inputs: ['factor', 'rsi_14', 'momentum_21', ...own.map(({ name }) => name)],
    label: { kind: 'forward_return_sign', horizon: 1 },
    params: { ...params, ...others, ...ends },
    refit: { every: 63, min_train: 252 },
  };
  const document = pipeline('prediction', [0.55, 0.45], model);
  return { ...document, features: [...document.features, ...own] };
}

interface Theirs {
  readonly version: string;
  readonly ms: number;
  readonly auc: number;
}

/** Combinatorial purged cross-validation of a boosted model: ours with features, labels and the backtests of all blocks, theirs fits and predictions alone. */
export function benchCrossValidation(): Row[] {
  const bars = market(BARS, 0.004);
  const document = boosted();
  let splits: ReturnType<typeof runCpcv>['splits'] = [];
  const ms = processorTime(() => ({ splits } = runCpcv({ document, bars })), RUNS);
  const prepared = prepareStrategy(document, bars);
  const plan = prepared.plan!;
  const { set } = trainingRows(prepared, plan);
  const placeOf = new Map(Array.from(set.bar, (bar, i) => [bar, i]));
  const places = (part: TrainingSet): number[] => Array.from(part.bar, (bar) => placeOf.get(bar)!);
  const parts = splits.map(({ train, test }) => ({ train: rowsIn(set, train), test: rowsIn(set, test) }));
  const areas = parts.map(({ train, test }) => {
    const said = new Float64Array(BARS);
    predictRange(modelRuntime(plan, fitRows(plan, train)!), prepared.rowSource.features, [0, BARS], said);
    return areaUnderCurve(
      Float64Array.from(test.bar, (bar) => said[bar]),
      test.labels,
    );
  });
  const theirs = scikitLearn(
    set,
    parts.map(({ train, test }) => [places(train), places(test)]),
  );
  const area = (areas.reduce((sum, own) => sum + own, 0) / areas.length).toFixed(4);
  const what = 'CPCV of a boosted model, 5,000 bars x 15 splits';
  if (theirs === null)
    return [{ what, value: `${ms.toFixed(0)} ms`, ratio: null, note: `mean AUC ${area}; no scikit-learn` }];
  const note = `mean AUC ${area} / ${theirs.auc.toFixed(4)}, scikit-learn ${theirs.version}, processor time`;
  return [{ what, value: `${ms.toFixed(0)} ms / ${theirs.ms.toFixed(0)} ms`, ratio: ms / theirs.ms, note }];
}

/** scikit-learn of the system's Python on the same rows and splits; null where there is none. */
function scikitLearn({ rows, labels, columns }: TrainingSet, splits: readonly [number[], number[]][]): Theirs | null {
  const folder = mkdtempSync(join(tmpdir(), 'assay-models-'));
  try {
    for (const [name, values] of Object.entries({ rows, labels }))
      writeFileSync(join(folder, name), new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
    writeFileSync(join(folder, 'splits.json'), JSON.stringify(splits));
    const script = join(process.cwd(), 'scripts/bench/cross-validation.py');
    const args = [script, folder, String(columns), String(RUNS)];
    const { status, stdout } = spawnSync('/usr/bin/python3', args, { encoding: 'utf8' });
    return status === 0 ? (JSON.parse(stdout) as Theirs) : null;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
