import { HelperThreads } from '@assay/compute';
import { createRng, HelperLost, ledgerStatistics, type JudgingJob, type LedgerStatisticsInput } from '@assay/quant';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const dist = resolve(__dirname, '../../../../dist/libs');
const entry = join(dist, 'pipeline/src/helpers/helper-entry.js');

const [BARS, TRIALS] = [1000, 520];
const rng = createRng(4);
const openTimeMs = Float64Array.from({ length: BARS }, (_, t) => t * 86_400_000);
// the market's volatility changes, so that there are levels of it
const market = Float64Array.from({ length: BARS }, (_, t) => 0.0003 + (t % 300 < 150 ? 0.006 : 0.018) * rng.normal());
const benchmark = { openTimeMs, returns: market };
const leaders = Array.from({ length: 26 }, () => market.map((b) => 0.4 * b + 0.008 * rng.normal()));
const trials = Array.from({ length: TRIALS }, (_, i) => {
  const returns = leaders[i % leaders.length]!.map((x) => x + 0.003 * rng.normal());
  return { openTimeMs, returns, benchmark };
});
// so good that few draws are decided early
trials[0]!.returns.forEach((x, t, all) => (all[t] = x + 0.0012));
const input: LedgerStatisticsInput = {
  ...{ trials, candidate: 0, periodsPerYear: 252, seed: 5, draws: 4000 },
  aligned: trials.map(({ returns }) => returns),
  blocks: 16,
};

// threads start late where others work too
jest.setTimeout(60_000);

describe('a ledger judged on several threads', () => {
  const helpers = new HelperThreads<JudgingJob>(entry);
  const team = (own: HelperThreads<JudgingJob>, count: number) => ({
    count,
    start: (helper: number, job: JudgingJob) => own.start(helper, job),
  });
  const expected = ledgerStatistics(input);
  let folder: string;
  beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'assay-judging-'))));
  afterAll(async () => {
    await helpers.close();
    rmSync(folder, { recursive: true });
  });

  /** A helper of another kind: `body` gets the job and what the built libraries have. */
  function other(name: string, body: string): HelperThreads<JudgingJob> {
    const file = join(folder, `${name}.js`);
    const built = (path: string): string => `require(${JSON.stringify(join(dist, path))})`;
    writeFileSync(
      file,
      `const { takePart } = ${built('quant/src/team/team-words.js')};
      const { DrawScreen } = ${built('quant/src/validation/exceedances/draw-screen.js')};
      const { helpJudging, loseTeam } = ${built('quant/src/index.js')};
      const take = (words) => { for (let part = -1; part < 0;) part = takePart(words, false); };
      ${built('compute/src/index.js')}.serveJobs((job) => { ${body} }, ({ words }) => loseTeam(words));`,
    );
    return new HelperThreads<JudgingJob>(file);
  }

  it('has the figures of one thread', async () => {
    expect(expected.benchmark.why).toBeNull();
    for (const count of [1, 3, 1]) {
      expect(ledgerStatistics(input, { helpers: team(helpers, count) })).toEqual(expected);
      await new Promise((done) => setTimeout(done));
    }
    const shared = input.aligned.map((series) => {
      const copy = new Float64Array(new SharedArrayBuffer(series.byteLength));
      copy.set(series);
      return copy;
    });
    expect(ledgerStatistics({ ...input, aligned: shared }, { helpers: team(helpers, 1) })).toEqual(expected);
  });

  it('has its helpers take statistics as a whole, then draws', async () => {
    const counting = other(
      'counting',
      `const { pass } = DrawScreen.prototype;
      if (!DrawScreen.prototype.counts) DrawScreen.prototype.pass = function (tile) { pass.call(this, tile); Atomics.add(job.counted, 1, 1); };
      DrawScreen.prototype.counts = true;
      if (job.kind === 'statistics') Atomics.add(job.counted, 0, 1);
      helpJudging(job);`,
    );
    const counted = new Int32Array(new SharedArrayBuffer(8));
    for (let judged = 0; judged < 30 && (counted[0] === 0 || counted[1] === 0); judged++) {
      const start = (helper: number, job: JudgingJob) => counting.start(helper, Object.assign({ ...job }, { counted }));
      expect(ledgerStatistics(input, { helpers: { count: 1, start } })).toEqual(expected);
      await new Promise((done) => setTimeout(done));
    }
    await counting.close();
    expect(Math.min(...counted)).toBeGreaterThan(0);
  });

  it.each([
    ['ends', 'take(job.words); process.exit(3);'],
    ['fails', 'take(job.words); throw new Error("broken");'],
  ])('says so where a helper %s with a part of the work, and judges again', async (name, body) => {
    const broken = other(name, body);
    let lost: unknown;
    for (let judged = 0; judged < 30 && lost === undefined; judged++) {
      try {
        ledgerStatistics(input, { helpers: team(broken, 1) });
      } catch (error) {
        lost = error;
      }
      await new Promise((done) => setTimeout(done));
    }
    await broken.close();
    expect(lost).toBeInstanceOf(HelperLost);
    expect((lost as Error).message).toContain('ended before its part was done');
    expect(ledgerStatistics(input, { helpers: team(helpers, 1) })).toEqual(expected);
  });

  it('needs no helper that never comes', () => {
    expect(ledgerStatistics(input, { helpers: { count: 3, start: () => undefined } })).toEqual(expected);
  });

  it('is told how far it is, to the end', () => {
    for (const own of [{}, { helpers: team(helpers, 1) }]) {
      const seen: number[] = [];
      ledgerStatistics(input, { ...own, onProgress: (done) => seen.push(done) });
      expect([...seen].sort((a, b) => a - b)).toEqual(seen);
      expect(seen.at(-1)).toBeGreaterThan(0.99);
    }
  });
});
