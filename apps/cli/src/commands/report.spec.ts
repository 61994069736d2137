import { existsSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openWorkspace, type Workspace } from '../fixtures/built-tool';
import { call } from '../fixtures/in-process';

const PAGE = '<!doctype html>\n<p>1</p>\n';

describe('assay report', () => {
  let workspace: Workspace;
  let server: Server;
  let at: string[];
  const asked: string[] = [];

  beforeAll(async () => {
    process.env.ASSAY_API_KEY = 'ak_1';
    workspace = openWorkspace();
    server = createServer((request, response) => {
      const url = decodeURIComponent(request.url!);
      asked.push(url);
      const answered = /^\/api\/backtests\/b-1(\?|\/|$)/.test(url) || url.startsWith('/api/validation/strategies/s-1/');
      if (answered) return void response.end(url.includes('/report') ? PAGE : '{}');
      const detail = url.includes('/validation') ? 'no strategy x-1' : 'no backtest';
      return void response.writeHead(404).end(JSON.stringify({ detail }));
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

  it('writes that of a backtest as the page or the document that the ending names', async () => {
    const page = workspace.path('backtest.html');
    const { code, out, err } = await call('report', 'b-1', '--to', page, ...at);
    expect([code, out, err]).toEqual([0, '', `${page}: ${PAGE.length} bytes of html\n`]);
    expect(readFileSync(page, 'utf8')).toBe(PAGE);
    const data = workspace.path('backtest.json');
    expect((await call('report', 'b-1', '--to', data, '--json', ...at)).out).toBe(
      `${JSON.stringify({ to: data, format: 'json', bytes: PAGE.length })}\n`,
    );
    expect(asked).toEqual([
      '/api/backtests/b-1',
      '/api/backtests/b-1/report?format=html',
      '/api/backtests/b-1',
      '/api/backtests/b-1/report?format=json',
    ]);
  });

  it('writes that of the verdicts where the id is of a strategy', async () => {
    const { code, out } = await call('report', 's-1', '--to', '-', '--revision', '3', ...at);
    expect([code, out]).toEqual([0, PAGE]);
    expect(asked).toEqual(['/api/backtests/s-1', '/api/validation/strategies/s-1/report?format=html&revision=3']);
  });

  it.each<[string, string, string[], string]>([
    ['an id of neither', 'x-1', ['--to', 'none.html'], 'was refused with 404: no strategy x-1'],
    ['a revision of a backtest', 'b-1', ['--to', 'none.html', '--revision', '2'], '--revision must not be given for a backtest'], // prettier-ignore
    ['another kind of file', 'b-1', ['--to', 'none.csv'], '--to must end in .html or .json'],
    ['no file', 'b-1', [], '--to is required'],
  ])('refuses %s, and writes nothing', async (_, id, words, says) => {
    const { code, err } = await call('report', id, ...words, ...at);
    expect([code, err]).toEqual([2, expect.stringContaining(says)]);
    expect(existsSync('none.html')).toBe(false);
  });

  it('has an example in its help', async () => {
    const { code, out } = await call('report', '--help');
    expect([code, out]).toEqual([0, expect.stringContaining('assay report 0189')]);
  });
});
