import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { writeFileSync } from 'node:fs';
import { openWorkspace, type Workspace } from '../fixtures/built-tool';
import { call } from '../fixtures/in-process';

describe('news on the command line', () => {
  let workspace: Workspace;
  let server: Server;
  let url: string;
  const item = { published_at: 'p', available_at: 'a', symbols: ['X', 'Y'], headline: 'Said', source: 'wire' };
  const answers: Record<string, [status: number, body: unknown]> = {
    'POST /api/data/news/import?name=wire.xml&source=wire&symbols=X%2CY': [
      200,
      {
        ...{ news: 3, inserted: 2, updated: 0, unchanged: 1 },
        ...{ recognised: [], repairs: [{ message: 'item 3 repeats another: left out' }] },
      },
    ],
    'POST /api/data/news/import?name=wire.xml&source=bad': [
      422,
      { detail: 'item 1: headline must have 1 to 1000 characters' },
    ],
    'GET /api/data/news?symbol=X&as_of=2024-01-02': [200, { items: [item], next_cursor: null }],
    'GET /api/data/news?limit=1': [200, { items: [item], next_cursor: 'c' }],
  };

  beforeAll(async () => {
    workspace = openWorkspace();
    writeFileSync(workspace.path('wire.xml'), '<rss/>');
    server = createServer((request, response) => {
      request.resume().on('end', () => {
        const [status, body] = answers[`${request.method} ${request.url}`] ?? [404, { detail: request.url }];
        response.statusCode = status;
        response.end(JSON.stringify(body));
      });
    });
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    process.env.ASSAY_API_KEY = 'ak_1';
  });
  afterAll(() => {
    delete process.env.ASSAY_API_KEY;
    server.close();
    workspace.remove();
  });

  const news = (...words: string[]) => call('data', 'news', ...words, '--url', url);

  it('is imported, with a word on what was left out', async () => {
    const file = workspace.path('wire.xml');
    expect(await news('import', file, '--source', 'wire', '--symbols', 'X,Y')).toEqual({
      ...{ code: 0, out: '3 pieces of news: 2 new, 0 corrected, 1 unchanged\n' },
      err: `${file}: warning: item 3 repeats another: left out\n`,
    });
    const refused = await news('import', file, '--source', 'bad');
    expect([refused.code, refused.err]).toEqual([
      2,
      expect.stringContaining('was refused: item 1: headline must have'),
    ]);
  });

  it('is listed as it was known at a time', async () => {
    const { code, out } = await news('list', '--symbol', 'X', '--as-of', '2024-01-02');
    expect([code, out.trim().split('\n').at(-1)?.split(/ {2,}/)]).toEqual([0, ['p', 'a', 'X,Y', 'Said']]);
    const more = await news('list', '--limit', '1', '--json');
    expect(JSON.parse(more.out)).toMatchObject({ next_cursor: 'c' });
    expect((await news('list', '--limit', '1')).err).toContain('there is older news');
  });
});
