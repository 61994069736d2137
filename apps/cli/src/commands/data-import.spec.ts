import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openWorkspace, type Workspace } from '../fixtures/built-tool';
import { call } from '../fixtures/in-process';

const note = (code: string, message: string): object => ({ code, message });
const RESULT = {
  ...{ bars: 2, inserted: 1, updated: 0, unchanged: 1, fingerprint: 'f' },
  ...{ first: '2024-01-02T00:00:00.000Z', last: '2024-01-03T00:00:00.000Z' },
  recognised: [note('delimiter', 'cells are separated by semicolons')],
  repairs: [note('newest_first', 'the rows were turned round')],
  warnings: [note('unclosed_bar', 'the last bar was left out')],
  quality: { errors: [note('inconsistent_range', 'one bar')], warnings: [note('outlier', 'two bars')] },
};
const REFUSED = { detail: 'two', errors: [{ message: 'line 2: close x' }, { message: 'line 3: close y' }] };
const DAYS = ['--timeframe', '1d', '--market', 'US'];

describe('assay data import', () => {
  let workspace: Workspace;
  let server: Server;
  let url: string;
  const sent: { query: Record<string, string>; bytes: number; sha256: string; length?: string }[] = [];

  beforeAll(async () => {
    process.env.ASSAY_API_KEY = 'ak_1';
    workspace = openWorkspace();
    mkdirSync(workspace.path('days'));
    for (const name of ['B.csv', 'A.csv.gz', '.hidden', 'BAD.csv']) writeFileSync(workspace.path(`days/${name}`), name);
    writeFileSync(workspace.path('long.csv'), Buffer.alloc(3_000_000, 'bars'));
    let asked = 0;
    server = createServer((request, response) => {
      const { pathname, searchParams } = new URL(request.url!, 'http://x');
      const answer = (status: number, body: object): void => void response.writeHead(status).end(JSON.stringify(body));
      if (pathname === '/api/jobs/j') {
        asked += 1;
        if (asked < 2) return answer(200, { state: 'running', progress: 0.5, message: 'writing', result: null });
        return answer(200, { state: 'completed', progress: 1, result: RESULT, error: null });
      }
      const hash = createHash('sha256');
      let bytes = 0;
      request.on('data', (chunk: Buffer) => ((bytes += chunk.length), hash.update(chunk)));
      request.on('end', () => {
        const query = Object.fromEntries(searchParams);
        sent.push({ query, bytes, sha256: hash.digest('hex'), length: request.headers['content-length'] });
        if (query.symbol === 'BAD') return answer(422, REFUSED);
        if (query.symbol === 'NONE') return void response.writeHead(502).end('<html>');
        return query.background ? answer(202, { job_id: 'j' }) : answer(201, RESULT);
      });
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  beforeEach(() => (sent.length = 0));
  afterAll(() => {
    delete process.env.ASSAY_API_KEY;
    workspace.remove();
    server.close();
  });

  it('sends a long file whole to a job, and tells what was found', async () => {
    const path = workspace.path('long.csv');
    const { code, out, err } = await call('data', 'import', path, '--symbol', 'X', '--url', url, ...DAYS);
    expect([code, err]).toEqual([0, '']);
    const sha256 = createHash('sha256').update(Buffer.alloc(3_000_000, 'bars')).digest('hex');
    const query = { name: 'long.csv', symbol: 'X', source: 'csv', timeframe: '1d', market: 'US', background: 'true' };
    expect(sent).toEqual([{ query, bytes: 3_000_000, sha256, length: '3000000' }]);
    expect(out.split('\n')).toEqual([
      `${path}: 2 bars from ${RESULT.first} to ${RESULT.last}: 1 new, 0 changed, 1 as stored`,
      '  recognised  cells are separated by semicolons',
      '  repair      the rows were turned round',
      '  warning     the last bar was left out',
      '  error       one bar',
      '  look at     two bars',
      '',
    ]);
  });

  it('takes a folder, each file by its name, and goes on past one that is refused', async () => {
    const flags = ['--symbol-from', 'name', '--skip-bad', '--date-format', 'dd/mm/yyyy', '--url', url, ...DAYS];
    const { code, out, err } = await call('data', 'import', workspace.path('days'), ...flags);
    expect([code, sent.map(({ query }) => query.symbol)]).toEqual([1, ['A', 'B', 'BAD']]);
    expect(sent[0]!.query).toMatchObject({ skip_bad: 'true', date_format: 'dd/mm/yyyy', name: 'A.csv.gz' });
    expect(out.match(/2 bars from/g)).toHaveLength(2);
    const bad = workspace.path('days/BAD.csv');
    expect(err).toBe(`${bad}: refused: line 2: close x\n${bad}: refused: line 3: close y\n2 of 3 files are imported\n`);
  });

  it('is one document as JSON', async () => {
    const files = ['B.csv', 'BAD.csv'].map((name) => workspace.path(`days/${name}`));
    const { code, out } = await call(
      'data',
      'import',
      ...files,
      '--symbol-from',
      'name',
      '--url',
      url,
      '--json',
      ...DAYS,
    );
    expect([code, JSON.parse(out).items]).toEqual([
      1,
      [
        { file: files[0], symbol: 'B', state: 'completed', result: RESULT, error: null },
        { file: files[1], symbol: 'BAD', state: 'refused', result: null, error: REFUSED },
      ],
    ]);
  });

  it.each<[string, string[], string]>([
    ['no file', ['--symbol', 'X'], 'FILE... is required'],
    ['a missing file', ['@none.csv', '--symbol', 'X'], '(there is no such file)'],
    ['no symbol', ['@long.csv'], '--symbol or --symbol-from is required'],
    ['one symbol for several', ['@days', '--symbol', 'X'], '--symbol must not be given for 3 files'],
    ['both', ['@long.csv', '--symbol', 'X', '--symbol-from', 'name'], '--symbol has no effect here'],
    ['no service', ['@long.csv', '--symbol', 'X', '--url', 'http://127.0.0.1:9'], 'does not answer'],
  ])('with %s says what to do', async (_, words, says) => {
    const argv = words.map((word) => word.replace(/^@(.*)/, (_all, name: string) => workspace.path(name)));
    const { code, err } = await call('data', 'import', ...argv, ...DAYS);
    expect([code, err]).toEqual([2, expect.stringContaining(says)]);
  });

  it('says what stands between it and the service', async () => {
    const { code, err } = await call('data', 'import', workspace.path('days/B.csv'), '--symbol', 'NONE', '--url', url, ...DAYS); // prettier-ignore
    expect([code, err]).toEqual([1, expect.stringContaining('refused: <html>')]);
  });

  it('has an example in its help', async () => {
    const { code, out } = await call('data', 'import', '--help');
    expect([code, out]).toEqual([0, expect.stringContaining('assay data import minutes.csv --symbol BTCUSDT')]);
  });
});
