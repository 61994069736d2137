import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { WrittenProgram } from '@assay/testing';
import { eventually, freePort, launch } from '@assay/testing';
import { Client } from 'pg';

jest.setTimeout(300_000);

const ENTRIES = [
  'research/src/main.js',
  'research/src/worker.js',
  'trade/src/main.js',
  'trade/src/worker.js',
  'portfolio/src/main.js',
];
const WAIT_MS = 180_000;
/** What hangs is found out in this time here. */
const WATCH_MS = 18_000;
const STOP_MS = 60_000;

interface Listed {
  pid: number;
  parent: number;
  command: string;
}

const processes = (): Listed[] =>
  execFileSync('ps', ['-A', '-o', 'pid=,ppid=,args='], { encoding: 'utf8' })
    .split('\n')
    .map((line) => /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line))
    .filter((match) => match !== null)
    .map(([, pid, parent, command]) => ({ pid: Number(pid), parent: Number(parent), command: command! }));

/** Those of them that have not ended: of all, the process table is read once. */
const alive = (pids: number[]): number[] => {
  const found = new Set(processes().flatMap(({ pid, command }) => (/<defunct>/.test(command) ? [] : [pid])));
  return pids.filter((pid) => found.has(pid));
};

let home: string;
let env: Record<string, string>;
let urls: string[];

const launched: WrittenProgram[] = [];

/** `npm start`, on ports and in a folder of the spec's own. */
const start = (more: Record<string, string> = {}): WrittenProgram => {
  const program = launch('scripts/start.mjs', [], { ...env, ...more });
  launched.push(program);
  return program;
};

const refused = async (more: Record<string, string>): Promise<{ code: unknown; lines: string[] }> => {
  const { ended, errors } = start(more);
  const { code } = await ended;
  return { code, lines: errors().trim().split('\n') };
};

const postmaster = (): number =>
  Number(readFileSync(join(home, 'postgres/pgdata/postmaster.pid'), 'utf8').split('\n')[0]);

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'assay-supervised-'));
  const free = new Set<number>();
  while (free.size < 4) free.add(await freePort());
  const [research, trade, portfolio, web] = [...free].map(String);
  const { DB_URL: _db, REDIS_URL: _redis, NATS_URL: _nats, ...rest } = process.env as Record<string, string>;
  const ports = { RESEARCH_PORT: research!, TRADE_PORT: trade!, PORTFOLIO_PORT: portfolio!, WEB_PORT: web! };
  env = { ...rest, ...ports, ASSAY_DATA_DIR: home, ASSAY_WATCH_MS: String(WATCH_MS) };
  urls = [`${research}/api`, `${trade}/api/v1`, portfolio, web].map((rest_) => `http://127.0.0.1:${rest_}/health`);
});

/** A test that fails half-way leaves neither a launcher nor its database. */
afterEach(async () => {
  for (const { child, ended, kill } of launched.splice(0)) {
    child.kill('SIGTERM');
    await Promise.race([ended, sleep(STOP_MS, undefined, { ref: false })]);
    await kill();
  }
});

afterAll(() => {
  for (const { pid } of processes().filter(({ command }) => command.includes(home))) process.kill(pid, 'SIGKILL');
  rmSync(home, { recursive: true, force: true });
});

const healthy = (): Promise<boolean> =>
  Promise.all(urls.map((url) => fetch(url).then(({ status }) => status === 200))).then(
    (answers) => answers.every(Boolean),
    () => false,
  );

describe('the launcher', () => {
  it('brings the stack up over killed services, a killed database and a late start, and makes it whole again later, what hangs too', async () => {
    const { child, output } = start();
    const killed = new Map<string, Set<number>>(ENTRIES.map((entry) => [entry, new Set()]));
    let databaseKilled = false;
    await eventually(
      'the running stack',
      () => {
        if (child.exitCode !== null) throw new Error(output());
        for (const { pid, parent, command } of processes()) {
          const entry = parent === child.pid && ENTRIES.find((name) => command.endsWith(name));
          const before = entry && killed.get(entry);
          if (!before || before.size >= 2 || before.has(pid)) continue;
          before.add(pid);
          process.kill(pid, 'SIGKILL');
          if (!databaseKilled) process.kill(postmaster(), 'SIGKILL');
          databaseKilled = true;
        }
        return output().includes('Assay is running.');
      },
      WAIT_MS,
    );
    expect([...killed.values()].map(({ size }) => size)).toEqual([2, 2, 2, 2, 2]);
    expect(await healthy()).toBe(true);
    for (const said of ['research ended before it was ready (SIGKILL)', 'PostgreSQL ended unasked (SIGKILL)']) {
      expect(output()).toContain(`launcher: ${said}; it is started again in`);
    }
    expect((await refused({})).lines).toEqual([
      expect.stringMatching(
        `^Assay cannot start: the data directory .* is in use by process ${child.pid}: stop that one`,
      ),
    ]);

    process.kill(postmaster(), 'SIGKILL');
    const running = (entry: string): number =>
      processes().find(({ parent, command }) => parent === child.pid && command.endsWith(entry))!.pid;
    process.kill(running('trade/src/worker.js'), 'SIGKILL');
    process.kill(running('portfolio/src/main.js'), 'SIGSTOP');
    await eventually(
      'all of them running again',
      () => {
        const again = ['PostgreSQL', 'tradeWorker', 'portfolio'].map((name) => output().split(`${name} runs again`));
        return again.every((parts, i) => parts.length > (i === 0 ? 2 : 1));
      },
      WAIT_MS,
    );
    expect(output()).toContain('portfolio has not answered for 18 s and is killed');
    await eventually('a whole stack', healthy, WAIT_MS);
    const password = readFileSync(join(home, 'postgres/postgres-password'), 'utf8');
    const port = readFileSync(join(home, 'postgres/pgdata/postmaster.pid'), 'utf8').split('\n')[3];
    const client = new Client({ connectionString: `postgres://postgres:${password}@127.0.0.1:${port}/assay` });
    await client.connect();
    for (const [service, kind] of [
      ['trade', 'reconcile'],
      ['research', 'data.import'],
    ]) {
      await client.query(`INSERT INTO ops.job (id, service, kind, payload) VALUES (gen_random_uuid(), $1, $2, '{}')`, [
        service,
        kind,
      ]);
    }
    await eventually(
      'a job by each worker',
      async () => {
        const { rows } = await client.query<{ n: number }>(
          `SELECT count(*)::int AS n FROM ops.job WHERE state IN ('completed', 'failed')`,
        );
        return rows[0]!.n >= 2;
      },
      WAIT_MS,
    );
    await client.end();

    const server = postmaster();
    child.kill('SIGINT');
    await eventually('the end', () => child.exitCode !== null, WAIT_MS);
    expect([child.exitCode, alive([server])]).toEqual([0, []]);
  });

  it('that is killed leaves no service behind; the next one takes its database over, and leaves nothing when it is interrupted', async () => {
    const first = start();
    const childrenOf = ({ child }: WrittenProgram, what: RegExp): Listed[] =>
      processes().filter(({ parent, command }) => parent === child.pid && what.test(command));
    const service = /src.(main|worker)\.js/;
    await eventually('its services', () => childrenOf(first, service).length === ENTRIES.length, WAIT_MS);
    const left = [...childrenOf(first, service), ...childrenOf(first, /bin.postgres/)].map(({ pid }) => pid);
    expect(left).toHaveLength(ENTRIES.length + 1);
    first.child.kill('SIGKILL');
    const second = start();
    await eventually('the end of all of them', () => alive(left).length === 0, WAIT_MS);
    await eventually('its own services', () => childrenOf(second, service).length === ENTRIES.length, WAIT_MS);
    const own = [...childrenOf(second, service), ...childrenOf(second, /bin.postgres/)].map(({ pid }) => pid);
    second.child.kill('SIGINT');
    await eventually('its end', () => second.child.exitCode !== null, WAIT_MS);
    expect([second.child.exitCode, alive(own)]).toEqual([130, []]);
  });

  it('takes no argument but --help', async () => {
    const told = async (argument: string): Promise<unknown[]> => {
      const { ended, output } = launch('scripts/start.mjs', [argument], env);
      return [(await ended).code, output().trim().split('\n').at(0)];
    };
    expect(await told('--help')).toEqual([0, 'Usage: npm start']);
    expect(await told('--trade-port')).toEqual([
      2,
      'npm start takes no arguments, was --trade-port: settings are environment variables; try TRADE_PORT=9000 npm start',
    ]);
  });

  it('refuses what cannot work in one line that says what to do', async () => {
    const server = createServer();
    const port = await new Promise<number>((resolve) =>
      server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port)),
    );
    const file = join(home, 'a-file');
    writeFileSync(file, '');
    const away = `127.0.0.1:${await freePort()}`;
    const cases: [Record<string, string>, string | RegExp][] = [
      [
        { TRADE_PORT: String(port) },
        `port ${port} on 127.0.0.1 is in use by another program: stop that one, or set TRADE_PORT to a free port`,
      ],
      [{ TRADE_PORT: env.RESEARCH_PORT! }, `RESEARCH_PORT and TRADE_PORT must differ, were both ${env.RESEARCH_PORT}`],
      [{ RESEARCH_PORT: '80a' }, 'RESEARCH_PORT must be an integer from 0 to 65535, was 80a'],
      [{ DB_URL: 'nowhere' }, 'DB_URL must be a postgres:// URL, was "something else"'],
      [{ DB_URL: 'postgres://a:b/c@x' }, /^DB_URL must be a URL like postgres:/],
      [{ NATS_URL: 'nats://a:b:c' }, /^NATS_URL must be a URL like nats:/],
      [{ DB_URL: `postgres://${away}/x` }, new RegExp(`^the migration of the database failed: .* ${away}`)],
      [
        { ASSAY_DATA_DIR: join(file, 'data') },
        /^the data directory .* cannot be written \(ENOTDIR\): make it a folder/,
      ],
    ];
    // each has a data directory of its own, which another launcher would claim
    const own = (i: number): Record<string, string> => ({ ASSAY_DATA_DIR: join(home, `refused-${i}`) });
    const answers = await Promise.all(cases.map(([more], i) => refused({ ...own(i), ...more })));
    answers.forEach(({ code, lines }, i) => {
      const text = cases[i]![1];
      const whole =
        typeof text === 'string'
          ? `Assay cannot start: ${text}`
          : expect.stringMatching(new RegExp(text.source.replace('^', '^Assay cannot start: ')));
      expect([code, lines.at(-1)]).toEqual([1, whole]);
      expect(lines.filter((line) => /^\s+at |^Error|node:/.test(line))).toEqual([]);
    });
    await new Promise((resolve) => server.close(resolve));
  });
});
