import { launch, serverBinary, startServer, stacks, type OwnServer } from '@assay/testing';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { connect } from 'nats';
import { Client } from 'pg';
import type { DemoReport } from './phases';

const MINUTES = 60_000;
jest.setTimeout(8 * MINUTES);

interface DemoRun {
  code: number | null;
  report: DemoReport;
  output: string;
}

/** Runs the demo as a user does; `onOutput` sees what it has printed so far. */
async function runDemo(
  flags: string[],
  env: Record<string, string>,
  onOutput: (text: string) => void = () => {},
): Promise<DemoRun> {
  const dir = mkdtempSync(join(tmpdir(), 'assay-demo-'));
  const reportFile = join(dir, 'report.json');
  try {
    const demo = launch(
      'scripts/demo.mjs',
      ['--once', ...flags, '--report', reportFile],
      { ...process.env, DB_URL: '', REDIS_URL: '', NATS_URL: '', ASSAY_DEMO_DIR: join(dir, 'data'), ...env },
      onOutput,
    );
    const { code } = await demo.ended;
    const output = demo.output();
    try {
      return { code, report: JSON.parse(readFileSync(reportFile, 'utf8')) as DemoReport, output };
    } catch {
      throw new Error(`the demo wrote no report:\n${output}`);
    }
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

const PHASES = [
  ...['stack', 'data', 'create', 'features', 'train', 'signals', 'backtest', 'validate', 'gates'],
  ...['promote', 'register', 'seed-documents', 'deploy', 'replay', 'execution', 'proof', 'live', 'summary'],
];

const PROVED = ['sp500', 'planted', 'seed strategy on AAPL'];

/** @param proved what is shown to trade with the bits of its backtest */
function expectTheWholeWay({ code, report, output }: DemoRun, phases: string[], proved: string[]): void {
  const failed = report.phases.filter((phase) => !phase.ok);
  if (failed.length > 0) throw new Error(`${JSON.stringify(failed, null, 2)}\n${output}`);
  expect(code).toBe(0);
  expect(report.phases.map((phase) => phase.phase)).toEqual(phases);
  const proof = report.phases.find((phase) => phase.phase === 'proof')!.facts as Record<
    string,
    { bars: number; values: number; mismatches: number }
  >;
  expect(Object.keys(proof).sort()).toEqual([...proved].sort());
  for (const [label, found] of Object.entries(proof)) {
    expect(found.bars).toBe(label === 'universe' ? 900 : 250);
    // at least one feature, the prediction, the signal and the weight of every bar
    expect(found.values).toBeGreaterThanOrEqual(4 * 250);
    expect(found.mismatches).toBe(0);
  }
}

describe('the demo on the embedded stack', () => {
  it('goes the whole way, and trade equals the backtest bit for bit', async () => {
    const run = await runDemo([], {});
    expectTheWholeWay(run, PHASES.toSpliced(PHASES.indexOf('promote'), 0, 'universe'), [
      ...PROVED,
      'boosted',
      'lstm',
      'universe',
    ]);
    expect(run.report.verdicts).toContainEqual(
      expect.objectContaining({ case: 'overfit', policy: 'default', passed: false }),
    );
  });
});

const missing = (['nats', 'redis'] as const).filter((kind) => !serverBinary(kind));
const full = stacks().find((stack) => stack.kind === 'full')!;
const whyNot = missing.length > 0 ? `${missing.join(', ')} not in PATH` : full.skipped;
const describeOutage = whyNot ? describe.skip : describe;

describeOutage(`the demo on the full stack with outages${whyNot ? ` (skipped: ${whyNot})` : ''}`, () => {
  let dir: string;
  const servers: OwnServer[] = [];

  beforeAll(() => {
    dir = mkdtempSync(join(tmpdir(), 'assay-outage-'));
  });

  afterAll(async () => {
    for (const server of servers) await server.stop();
    rmSync(dir, { recursive: true, force: true });
  });

  it('loses nothing when NATS and a Redis without persistence stop in mid-replay and come back', async () => {
    const nats = await startServer('nats', { dir: join(dir, 'nats') });
    const redis = await startServer('redis', { dir: join(dir, 'redis') });
    servers.push(nats, redis);
    const before = await leftOvers(full.adminUrl);
    let outage: Promise<void> | undefined;
    const stopAndStart = async (): Promise<void> => {
      await Promise.all([nats.stop(), redis.stop()]);
      await sleep(2_000);
      await Promise.all([nats.start(), redis.start()]);
    };
    // what the long one adds is computed no other way here
    const run = await runDemo(
      ['--short'],
      { DB_URL: full.adminUrl, REDIS_URL: redis.url, NATS_URL: nats.url },
      // the promotions are on their way and the replay begins right after this phase
      (output) => {
        if (output.includes('Deploy on paper')) outage ??= stopAndStart();
      },
    );
    await outage;
    expect(outage).toBeDefined();
    expectTheWholeWay(run, PHASES, PROVED);
    expect(await leftOvers(full.adminUrl)).toEqual(before);
    expect(await streamNames(nats.url)).toEqual([]);
  });
});

/** What of the demo's own stands on servers that it did not start. */
async function leftOvers(adminUrl: string): Promise<string[]> {
  const client = new Client({ connectionString: adminUrl });
  await client.connect();
  const { rows } = await client.query<{ name: string }>(
    `SELECT datname AS name FROM pg_database WHERE datname LIKE 'assay\\_demo\\_%'
     UNION ALL SELECT rolname FROM pg_roles WHERE rolname LIKE 'assay\\_demo\\_%' ORDER BY 1`,
  );
  await client.end();
  return rows.map(({ name }) => name);
}

async function streamNames(natsUrl: string): Promise<string[]> {
  const connection = await connect({ servers: natsUrl });
  const names = [];
  for await (const { config } of (await connection.jetstreamManager()).streams.list()) names.push(config.name);
  await connection.close();
  return names;
}
