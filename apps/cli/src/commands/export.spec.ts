import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openWorkspace, type Workspace } from '../fixtures/built-tool';
import { call } from '../fixtures/in-process';

const BARS = `date,open\n${'2024-01-02,1.5\n'.repeat(50_000)}`;

describe('exports to files', () => {
  let workspace: Workspace;
  let server: Server;
  let at: string[];
  const asked: string[] = [];

  beforeAll(async () => {
    process.env.ASSAY_API_KEY = 'ak_1';
    workspace = openWorkspace();
    server = createServer((request, response) => {
      asked.push(decodeURIComponent(request.url!));
      const { pathname, searchParams } = new URL(request.url!, 'http://x');
      const problem = { detail: 'no bars of NONE 1d are stored' };
      if (searchParams.get('symbol') === 'NONE') return void response.writeHead(404).end(JSON.stringify(problem));
      if (searchParams.get('symbol') !== 'BROKEN') return void response.end(pathname.includes('fills') ? 'f' : BARS);
      response.write(BARS.slice(0, 1_000), () => setTimeout(() => response.destroy(), 20));
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    at = ['--url', `http://127.0.0.1:${(server.address() as AddressInfo).port}`];
  });
  beforeEach(() => (asked.length = 0));
  afterAll(() => {
    delete process.env.ASSAY_API_KEY;
    workspace.remove();
    server.close();
  });

  const days = (symbol: string, ...more: string[]) =>
    call('data', 'export', symbol, '--timeframe', '1d', ...more, ...at);

  it('write what the service answers, in the format of the ending', async () => {
    const path = workspace.path('bars.parquet');
    const range = ['--source', 'csv', '--start', '2024-01-01', '--end', '2024-02-01', '--adjustment', 'splits'];
    const { code, out, err } = await days('BTC/USDT', '--to', path, ...range);
    expect([code, out, err]).toEqual([0, '', `${path}: ${BARS.length} bytes of parquet\n`]);
    expect(readFileSync(path, 'utf8')).toBe(BARS);
    expect(asked).toEqual([
      '/api/data/export?format=parquet&symbol=BTC/USDT&timeframe=1d&source=csv&start=2024-01-01&end=2024-02-01&adjustment=splits',
    ]);
    const again = await days('SP500', '--to', path);
    expect([again.code, again.err]).toEqual([2, expect.stringContaining('give --force to write over it')]);
    expect(asked).toHaveLength(1);
    expect((await days('SP500', '--to', path, '--force', '--json')).out).toBe(
      `${JSON.stringify({ to: path, format: 'parquet', bytes: BARS.length })}\n`,
    );
  });

  it('write to the standard output, as CSV unless another format is asked for', async () => {
    const { code, out, err } = await days('SP500', '--to', '-');
    expect([code, out, err]).toEqual([0, BARS, '']);
    await days('SP500', '--to', '-', '--format', 'parquet');
    expect(asked.map((url) => new URL(url, 'http://x').searchParams.get('format'))).toEqual(['csv', 'parquet']);
  });

  it('leave no file where the connection breaks, nor where the service refuses', async () => {
    const path = workspace.path('broken.csv');
    const broken = await days('BROKEN', '--to', path);
    expect([broken.code, broken.err]).toEqual([
      1,
      expect.stringMatching(/^the export broke after 1000 bytes \(.+\): nothing was written\n$/),
    ]);
    writeFileSync(path, 'of before');
    expect((await days('BROKEN', '--to', path, '--force')).code).toBe(1);
    expect([readFileSync(path, 'utf8'), existsSync(`${path}.part`)]).toEqual(['of before', false]);
    const refused = await days('NONE', '--to', workspace.path('none.csv'));
    expect([refused.code, refused.err, existsSync(workspace.path('none.csv'))]).toEqual([
      2,
      expect.stringContaining('was refused with 404: no bars of NONE 1d are stored'),
      false,
    ]);
    expect((await days('BROKEN', '--to', '-')).err).toContain('it is not whole');
  });

  it('ask for the tables of a backtest and the logs of a deployment', async () => {
    const path = workspace.path('fills.csv');
    await call('export', 'backtest', 'b-1', '--what', 'equity-curve', '--to', '-', ...at);
    await call(
      'export',
      'deployment',
      'd-1',
      '--what',
      'fills',
      '--start',
      '2024-01-01T00:00:00Z',
      '--to',
      path,
      ...at,
    );
    expect(asked).toEqual([
      '/api/backtests/b-1/equity-curve?format=csv',
      '/api/v1/deployments/d-1/fills/export?format=csv&from=2024-01-01T00:00:00Z',
    ]);
    expect(readFileSync(path, 'utf8')).toBe('f');
  });

  it('ask for the folds of a model', async () => {
    const { code, out } = await call('export', 'model', 'm-1', '--to', '-', ...at);
    expect([code, out, asked]).toEqual([0, BARS, ['/api/models/m-1/folds?format=csv']]);
  });

  it('ask for the report of a validation as the page or the document that the ending names', async () => {
    const page = workspace.path('report.html');
    await call('export', 'validation', 's-1', '--to', page, '--revision', '3', ...at);
    await call('export', 'validation', 's-1', '--to', '-', ...at);
    await call('export', 'validation', 's-1', '--to', workspace.path('report.json'), ...at);
    expect(asked).toEqual([
      '/api/validation/strategies/s-1/report?format=html&revision=3',
      '/api/validation/strategies/s-1/report?format=html',
      '/api/validation/strategies/s-1/report?format=json',
    ]);
    expect(readFileSync(page, 'utf8')).toBe(BARS);
    const { code, err } = await call('export', 'validation', 's-1', '--to', 'report.csv', ...at);
    expect([code, err]).toEqual([2, expect.stringContaining('--to must end in .html or .json')]);
  });

  it.each<[string, string[], string]>([
    ['a name that does not tell the format', ['--to', 'bars.txt'], '--to must end in .csv or .parquet'],
    ['a format that is not known', ['--to', 'x', '--format', 'xlsx'], '--format must be one of csv, parquet'],
    ['JSON beside the bars', ['--to', '-', '--json'], '--json must not be given with --to -'],
    ['no file', [], '--to is required'],
  ])('refuse %s', async (_, words, says) => {
    const { code, err } = await days('SP500', ...words);
    expect([code, err, asked]).toEqual([2, expect.stringContaining(says), []]);
  });

  it('name a folder that is not there', async () => {
    const { code, err } = await days('SP500', '--to', workspace.path('nowhere/bars.csv'));
    expect([code, err]).toEqual([2, expect.stringContaining('--to must be a file that can be written')]);
    expect(asked).toEqual([]);
  });

  it.each([
    ['data export', 'assay data export SP500 --timeframe 1d --to sp500.parquet'],
    ['export backtest', 'assay export backtest '],
    ['export deployment', 'assay export deployment '],
    ['export validation', 'assay export validation '],
    ['export model', 'assay export model '],
  ])('%s has an example in its help', async (name, example) => {
    const { code, out } = await call(...name.split(' '), '--help');
    expect([code, out]).toEqual([0, expect.stringContaining(example)]);
  });
});
