import { HelperThreads } from '@assay/compute';
import {
  createRng,
  fitBoosting,
  HelperLost,
  type BoostingJob,
  type BoostingModel,
  type BoostingOptions,
} from '@assay/quant';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Worker } from 'node:worker_threads';

const dist = resolve(__dirname, '../../../../../dist/libs');
const entry = join(dist, 'pipeline/src/helpers/helper-entry.js');

const [n, k] = [3000, 11];
const rng = createRng(5);
const rows = Float64Array.from({ length: n * k }, () => (rng.next() < 0.08 ? NaN : rng.normal()));
const sharedRows = new Float64Array(new SharedArrayBuffer(8 * n * k));
sharedRows.set(rows);
const labels = Float64Array.from({ length: n }, (_, i) => Number((rows[i * k] || 0) + rng.normal() > 0));
const weights = Float64Array.from({ length: n }, () => 0.2 + rng.next());
const base: BoostingOptions = {
  ...{ rows, labels, n, k, trees: 12, rate: 0.2, maxDepth: 5, maxLeaves: 32, maxBins: 64, l2: 1, seed: 3 },
  ...{ minChildWeight: 1, minGain: 0, rowFraction: 1, columnFraction: 1, monotone: new Int8Array(0) },
};
const held = { rows: rows.slice(0, 500 * k), labels: labels.slice(0, 500).reverse(), patience: 5 };

const bytesOf = ({ base: start, trees, cuts, validationLoss }: BoostingModel): string =>
  [Float64Array.of(start, validationLoss), ...Object.values(trees), ...cuts]
    .map((part: Float64Array) => Buffer.from(part.buffer, part.byteOffset, part.byteLength).toString('base64'))
    .join();

// threads start late where others work too
jest.setTimeout(60_000);

describe('a boosted fit on several threads', () => {
  const helpers = new HelperThreads<BoostingJob>(entry);
  const team = (count: number) => ({
    count,
    start: (helper: number, job: BoostingJob) => helpers.start(helper, job),
  });
  let folder: string;
  beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'assay-helpers-'))));
  afterAll(async () => {
    await helpers.close();
    rmSync(folder, { recursive: true });
  });

  /** A helper of another kind: `body` gets the job and the words that its threads share. */
  function other(body: string): { helpers: HelperThreads<BoostingJob>; team: BoostingOptions['helpers'] } {
    const file = join(folder, `${createRng(body).int(1e9)}.js`);
    const words = JSON.stringify(join(dist, 'quant/src/team/team-words.js'));
    const compute = JSON.stringify(join(dist, 'compute/src/index.js'));
    const quant = JSON.stringify(join(dist, 'quant/src/index.js'));
    writeFileSync(
      file,
      `const { WORD, takePart } = require(${words});
      const { loseTeam } = require(${quant});
      const take = (words) => { for (let part = -1; part < 0;) part = takePart(words, false); };
      require(${compute}).serveJobs((job) => { ${body} }, ({ words }) => loseTeam(words));`,
    );
    const own = new HelperThreads<BoostingJob>(file);
    return { helpers: own, team: { count: 1, start: (helper, job) => own.start(helper, job) } };
  }

  it.each<[string, Partial<BoostingOptions>]>([
    ['missing values', {}],
    ['leaves that are taken best first', { maxLeaves: 9, maxDepth: 8 }],
    ['monotone columns', { monotone: Int8Array.of(1, -1, 0, 1, 0, -1, 1, 0, 0, 1, -1) }],
    ['weights', { weights }],
    ['a regression', { isRegression: true, labels: labels.map((label, i) => label + rows.length / (i + 1)) }],
    ['drawn rows and columns', { rowFraction: 0.6, columnFraction: 0.7 }],
    ['early stopping', { trees: 60, validation: held }],
    ['few bins, least gains and heavy leaves', { maxBins: 5, minGain: 0.5, minChildWeight: 20, l2: 0 }],
    ['rows in shared memory', { rows: sharedRows }],
  ])('gives the bytes of one thread: %s', (_, change) => {
    const expected = bytesOf(fitBoosting({ ...base, ...change }));
    for (const count of [1, 3, 1])
      expect(bytesOf(fitBoosting({ ...base, ...change, helpers: team(count) }))).toBe(expected);
  });

  it('has its helpers do a part of the work, and grow trees below nodes', async () => {
    const others = [0, 0];
    const counting = new HelperThreads<BoostingJob>(writeCounting());
    for (let fit = 0; fit < 50 && others.includes(0); fit++) {
      const counted = new Int32Array(new SharedArrayBuffer(8));
      fitBoosting({
        ...base,
        helpers: { count: 1, start: (helper, job) => counting.start(helper, { ...job, counted } as BoostingJob) },
      });
      others.forEach((_, i) => (others[i] += Atomics.load(counted, i)));
      await new Promise((done) => setTimeout(done));
    }
    await counting.close();
    expect(Math.min(...others)).toBeGreaterThan(0);
  });

  function writeCounting(): string {
    const file = join(folder, 'counting.js');
    writeFileSync(
      file,
      `const { BoostingParts } = require(${JSON.stringify(join(dist, 'quant/src/models/boosting/boosting-parts.js'))});
      const { helpBoosting, loseTeam } = require(${JSON.stringify(join(dist, 'quant/src/index.js'))});
      let current;
      for (const name of ['bins', 'rows', 'root', 'parted', 'sums', 'trees', 'leaves']) {
        const own = BoostingParts.prototype[name];
        BoostingParts.prototype[name] = function (part) { own.call(this, part); Atomics.add(current.counted, name === 'trees' ? 1 : 0, 1); };
      }
      require(${JSON.stringify(join(dist, 'compute/src/index.js'))}).serveJobs(
        (job) => { current = job; helpBoosting(job); }, ({ words }) => loseTeam(words));`,
    );
    return file;
  }

  it.each([
    ['ends', 'take(job.words); process.exit(3);', 'ended before its part was done'],
    ['fails', 'take(job.words); throw new Error("broken");', 'ended before its part was done'],
    ['hangs', 'take(job.words); Atomics.wait(job.words, WORD.stage, 0, 5000);', 'within 300 ms, did not'],
  ])('says so where a helper %s with a part of the work, and fits again', async (_, body, message) => {
    const broken = other(body);
    // the thread has to be there while there is work
    const long = { ...base, trees: 2000, minChildWeight: 0.01, patienceMs: 300 };
    let lost: unknown;
    try {
      fitBoosting({ ...long, helpers: broken.team });
    } catch (error) {
      lost = error;
    }
    await broken.helpers.close();
    expect(lost).toBeInstanceOf(HelperLost);
    expect((lost as Error).message).toContain(message);
    expect(bytesOf(fitBoosting({ ...base, helpers: team(1) }))).toBe(bytesOf(fitBoosting(base)));
  });

  it('needs no helper that never comes, or is gone before it took anything', async () => {
    const expected = bytesOf(fitBoosting(base));
    expect(bytesOf(fitBoosting({ ...base, helpers: { count: 3, start: () => undefined } }))).toBe(expected);
    const leaving = other('process.exit(1);');
    for (let fit = 0; fit < 3; fit++) {
      expect(bytesOf(fitBoosting({ ...base, helpers: leaving.team }))).toBe(expected);
      await new Promise((done) => setTimeout(done, 50));
    }
    await leaving.helpers.close();
  });

  it('leaves no thread behind when the thread that fits is ended', async () => {
    const file = join(folder, 'fits.js');
    const alive = new Int32Array(new SharedArrayBuffer(4));
    const child = join(folder, 'beats.js');
    writeFileSync(
      child,
      `const { helpBoosting, loseTeam } = require(${JSON.stringify(join(dist, 'quant/src/index.js'))});
      require('node:worker_threads').parentPort.on('message', ({ job, alive }) => {
        setInterval(() => Atomics.add(alive, 0, 1), 5);
        Atomics.add(alive, 0, 1);
        Atomics.wait(job.words, 5, 0, 10);
      });`,
    );
    writeFileSync(
      file,
      `const { HelperThreads } = require(${JSON.stringify(join(dist, 'compute/src/index.js'))});
      const helpers = new HelperThreads(${JSON.stringify(child)});
      const { workerData } = require('node:worker_threads');
      helpers.start(0, { job: { words: new Int32Array(new SharedArrayBuffer(24)) }, alive: workerData.alive });
      setInterval(() => undefined, 1000);`,
    );
    const worker = new Worker(file, { workerData: { alive } });
    while (Atomics.load(alive, 0) < 3) await new Promise((done) => setTimeout(done, 10));
    await worker.terminate();
    const before = Atomics.load(alive, 0);
    await new Promise((done) => setTimeout(done, 100));
    expect(Atomics.load(alive, 0)).toBe(before);
  });
});
