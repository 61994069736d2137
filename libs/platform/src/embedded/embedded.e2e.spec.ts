import { execFile, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { eventually } from '@assay/testing';

jest.setTimeout(120_000);

const run = promisify(execFile);
const POSTGRES = pathToFileURL(join(__dirname, 'postgres.mjs')).href;
const PG = pathToFileURL(require.resolve('pg')).href;

/** A launcher in a process of its own, since the modules are ESM. `body` sees `start(options)` and `query(url, sql)`. */
const script = (body: string): string[] => [
  '--input-type=module',
  '-e',
  `import { startEmbeddedPostgres } from '${POSTGRES}';
   import pg from '${PG}';
   const query = async (url, sql) => {
     const client = new pg.Client({ connectionString: url });
     await client.connect();
     const { rows } = await client.query(sql);
     await client.end();
     return rows;
   };
   const [dataDir] = process.argv.slice(1);
   const start = (options = {}) => startEmbeddedPostgres({ dataDir, ...options });
   ${body}`,
];

const READ = `const server = await start();
  console.log(JSON.stringify(await query(server.url, 'SELECT n FROM kept')));
  await server.stop();`;
const WRITE = `await query(server.url, 'CREATE TABLE kept AS SELECT 7 AS n');`;

describe('the embedded PostgreSQL', () => {
  let home: string;
  const dataDir = (): string => join(home, 'data');
  const launch = async (body: string): Promise<string> =>
    (await run(process.execPath, [...script(body), dataDir()])).stdout.trim();

  beforeEach(() => {
    // mkdtemp makes a folder of mode 0700, as a clone in somebody's home has.
    home = mkdtempSync(join(tmpdir(), 'assay-embedded-'));
  });

  afterEach(() => rmSync(home, { recursive: true, force: true }));

  it('keeps its data over a restart', async () => {
    await launch(`const server = await start(); ${WRITE} await server.stop();`);
    expect(await launch(READ)).toBe('[{"n":7}]');
  });

  it('starts over the lock of a server whose launcher was killed, and over that server itself', async () => {
    const body = `const server = await start(); ${WRITE} console.log('up'); setInterval(() => {}, 1000);`;
    const launcher = spawn(process.execPath, [...script(body), dataDir()], { stdio: ['ignore', 'pipe', 'inherit'] });
    await new Promise((resolve) => launcher.stdout.once('data', resolve));
    launcher.kill('SIGKILL');
    await new Promise((resolve) => launcher.once('exit', resolve));
    const lock = join(dataDir(), 'pgdata', 'postmaster.pid');
    expect(existsSync(lock)).toBe(true);
    expect(await launch(READ)).toBe('[{"n":7}]');
    expect(existsSync(lock)).toBe(false);
  });

  it('is not misled by a lock whose process id belongs to another program by now', async () => {
    await launch(`const server = await start(); ${WRITE} await server.stop();`);
    writeFileSync(join(dataDir(), 'pgdata', 'postmaster.pid'), `${process.pid}\n`);
    expect(await launch(READ)).toBe('[{"n":7}]');
  });

  it('has one launcher at a time', async () => {
    const body = `const server = await start(); console.log('up'); process.stdin.once('data', async () => { await server.stop(); process.exit(); });`;
    const launcher = spawn(process.execPath, [...script(body), dataDir()], { stdio: ['pipe', 'pipe', 'inherit'] });
    await new Promise((resolve) => launcher.stdout.once('data', resolve));
    await expect(launch(READ)).rejects.toThrow(`is in use by process ${launcher.pid}`);
    launcher.stdin.write('stop');
    await eventually('its end', () => launcher.exitCode !== null);
  });

  it('asks for a password that only its owner can read', async () => {
    await launch('const server = await start(); await server.stop();');
    const password = readFileSync(join(dataDir(), 'postgres-password'), 'utf8');
    const body = `const server = await start();
      const open = new URL(server.url); open.password = 'wrong';
      console.log(await query(open.href, 'SELECT 1').catch((error) => error.code));
      await server.stop();`;
    expect(password).toHaveLength(48);
    expect(await launch(body)).toBe('28P01');
  });

  const asRoot = process.getuid?.() === 0;
  (asRoot ? it : it.skip)(
    'also runs for root without user namespaces, from a copy that an unprivileged user can reach',
    async () => {
      const body = `const server = await start({ isolation: 'copy' });
      const [{ dir }] = await query(server.url, "SELECT current_setting('data_directory') AS dir");
      await server.stop();
      const { rmSync, statSync } = await import('node:fs');
      console.log(JSON.stringify({ uid: statSync(dir).uid, outside: !dir.startsWith(dataDir) }));
      rmSync(dir.replace(/\\/pgdata$/, ''), { recursive: true, force: true });`;
      expect(JSON.parse(await launch(body))).toEqual({ uid: 65534, outside: true });
    },
  );
});
