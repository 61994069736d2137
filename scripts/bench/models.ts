import { HelperThreads, TaskPool } from '@assay/compute';
import {
  boostingPredictor,
  createRng,
  fitBoosting,
  fitForest,
  type BoostingJob,
  type BoostingModel,
  type BoostingOptions,
} from '@assay/quant';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { areaUnderCurve, processorTime, timesInTurn } from './measure';
import type { Row } from './rows';

const [ROWS, COLUMNS, OTHER] = [50_000, 30, 1_000_000];
const JUDGED = 100_000;
const RUNS = 3;

interface Sample {
  readonly rows: Float64Array;
  readonly labels: Float64Array;
}

/** Normal columns; the log-odds of the labels have straight, bent and joint terms of the first seven. */
function sample(n: number, seed: number): Sample {
  const rng = createRng(seed);
  // as training rows are: threads of a fit share them
  const rows = new Float64Array(new SharedArrayBuffer(n * COLUMNS * Float64Array.BYTES_PER_ELEMENT));
  const labels = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const row = rows.subarray(i * COLUMNS, (i + 1) * COLUMNS);
    for (let j = 0; j < COLUMNS; j++) row[j] = rng.normal();
    const [a, b, c, d, e, f, g] = row;
    const odds = 0.8 * a - 0.6 * b + c * d + 0.5 * Math.abs(e) + (f > 0.5 ? 0.7 : 0) - 0.5 + 0.3 * Math.sin(3 * g);
    labels[i] = rng.next() < 1 / (1 + Math.exp(-odds)) ? 1 : 0;
  }
  return { rows, labels };
}

interface Theirs {
  readonly version: string;
  readonly fit: number;
  readonly predict: number;
  readonly auc: number;
  readonly forest: number;
  readonly forestAuc: number;
}

/** scikit-learn of the system's Python on the same rows; null where there is none. */
function scikitLearn(fitted: Sample, other: Sample): Theirs | null {
  const folder = mkdtempSync(join(tmpdir(), 'assay-models-'));
  try {
    const files = { rows: fitted.rows, labels: fitted.labels, other: other.rows, truth: other.labels };
    for (const [name, values] of Object.entries(files))
      writeFileSync(join(folder, name), new Uint8Array(values.buffer));
    const script = join(process.cwd(), 'scripts/bench/models.py');
    const { status, stdout } = spawnSync(
      '/usr/bin/python3',
      [script, folder, String(COLUMNS), String(RUNS), String(JUDGED)],
      {
        encoding: 'utf8',
      },
    );
    return status === 0 ? (JSON.parse(stdout) as Theirs) : null;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/**
 * The same fit on one thread, by a team of two, and twice side by side, in turn and by the clock. Two fits that share only
 * the rows they read do not wait for each other: what they gain is what the second core is worth, and no team gains more.
 */
async function benchThreads(options: BoostingOptions): Promise<Row[]> {
  const entry = join(__dirname, '../../libs/pipeline/src/helpers/helper-entry.js');
  const threads = new HelperThreads<BoostingJob>(entry);
  const helpers = { count: 1, start: (helper: number, job: BoostingJob) => threads.start(helper, job) };
  const neighbour = new TaskPool({ entry: join(__dirname, 'fit-worker.js'), threads: 1 });
  const sideBySide = async (): Promise<void> => {
    const there = neighbour.run('fit', options);
    fitBoosting(options);
    await there;
  };
  const forms = [() => fitBoosting(options), () => fitBoosting({ ...options, helpers }), sideBySide];
  const [one, two, pair] = await timesInTurn(forms, 15, 40);
  await Promise.all([threads.close(), neighbour.close()]);
  const [gain, ceiling] = [one.best / two.best, (2 * one.best) / pair.best];
  return [
    {
      what: 'the same, 1 against 2 threads',
      value: `${one.best.toFixed(0)} ms / ${two.best.toFixed(0)} ms`,
      ratio: gain,
      note: `scaling, ${((100 * gain) / ceiling).toFixed(0)} % of the row below; the least of 15 each after 40 to warm up, medians ${one.median.toFixed(0)} ms / ${two.median.toFixed(0)} ms`,
    },
    {
      what: 'two fits after another against side by side',
      value: `${(2 * one.best).toFixed(0)} ms / ${pair.best.toFixed(0)} ms`,
      ratio: ceiling,
      note: `what the second core of this machine is worth, by the least; median side by side ${pair.median.toFixed(0)} ms`,
    },
  ];
}

/** Trees on 50,000 x 30: 100 boosted ones of depth 6, a forest of 100 of depth 12, and the chances of a million rows. */
export async function benchModels(): Promise<Row[]> {
  const [fitted, other] = [sample(ROWS, 1), sample(OTHER, 2)];
  const shared = { ...fitted, n: ROWS, k: COLUMNS, trees: 100, maxBins: 64, seed: 1 };
  const split = { l2: 0, minChildWeight: 1, minGain: 0, monotone: new Int8Array(0) };
  const drawn = { rowFraction: 1, columnFraction: 1 };
  const boosting: BoostingOptions = { ...shared, ...split, ...drawn, rate: 0.1, maxDepth: 6, maxLeaves: 64 };
  let model: BoostingModel | undefined;
  const fit = processorTime(() => {
    model = fitBoosting(boosting);
  }, RUNS);
  const threads = await benchThreads(boosting);
  const chance = boostingPredictor(model!);
  let chances: Float64Array = new Float64Array(0);
  const predict = processorTime(() => {
    chances = chance.all(other.rows, OTHER);
  }, RUNS);
  let outOfBag: Float64Array = new Float64Array(0);
  const forest = processorTime(() => {
    ({ outOfBag } = fitForest({ ...shared, maxDepth: 12, minLeaf: 1, columnsPerNode: 5 }));
  }, 1);
  const theirs = scikitLearn(fitted, other);
  const areas = {
    boosting: areaUnderCurve(chances.subarray(0, JUDGED), other.labels.subarray(0, JUDGED)),
    forest: areaUnderCurve(outOfBag, fitted.labels),
  };
  const row = (what: string, ms: number, their: number | undefined, note: string): Row => ({
    what,
    value: `${ms.toFixed(0)} ms${their === undefined ? '' : ` / ${their.toFixed(0)} ms`}`,
    ratio: their === undefined ? null : ms / their,
    note: theirs === null ? `${note}; no scikit-learn` : `${note}, scikit-learn ${theirs.version}, processor time`,
  });
  const areaOf = (ours: number, their: number | undefined): string =>
    `AUC ${ours.toFixed(4)}${their === undefined ? '' : ` / ${their.toFixed(4)}`}`;
  return [
    row('gradient boosting, fit 50k x 30', fit, theirs?.fit, areaOf(areas.boosting, theirs?.auc)),
    ...threads,
    row('gradient boosting, predict 1M', predict, theirs?.predict, '100 trees of depth 6'),
    row('random forest, fit 50k x 30', forest, theirs?.forest, `out of bag ${areaOf(areas.forest, theirs?.forestAuc)}`),
  ];
}
