import { gzipSync } from 'node:zlib';
import type { ResearchClient } from '../../../test/research-harness';
import { useResearch } from '../../../test/use-research';

const CSV = [
  'published_at,available_at,symbols,headline,url',
  '2024-01-02T14:30:00Z,,AAPL,First,https://news.example/1',
  '2024-01-02T15:30:00Z,2024-01-03T00:00:00Z,"AAPL,MSFT",Second,',
  '2024-01-03T15:30:00Z,,MSFT,Third,',
].join('\n');

describe('news', () => {
  const research = useResearch({ worker: false });
  let api: ResearchClient;
  let trader: ResearchClient;

  beforeAll(async () => {
    ({ api } = research);
    trader = await research.as('trader', ['research:read', 'data:write']);
  });

  const put = (client: ResearchClient, content: string, more: object = {}) =>
    client.send('POST', '/data/news/import', { source: 'wire', content, ...more });
  const headlines = async (query: string): Promise<string[]> =>
    (await api.ok('GET', `/data/news?${query}`)).items.map(({ headline }: { headline: string }) => headline);

  it('is imported once, from text or a packed file', async () => {
    const { status, body } = await put(trader, CSV);
    expect([status, body]).toMatchObject([200, { news: 3, inserted: 3, updated: 0, unchanged: 0, repairs: [] }]);
    const type = { 'content-type': 'application/octet-stream' };
    const again = await trader.send('POST', '/data/news/import?source=wire', gzipSync(CSV), type);
    expect(again.body).toMatchObject({ inserted: 0, unchanged: 3 });
    const rss =
      '<rss><channel><item><title>Fourth &lt;b&gt;bold&lt;/b&gt;</title><pubDate>Thu, 04 Jan 2024 10:00:00 GMT</pubDate></item></channel></rss>';
    expect((await put(trader, rss, { symbols: 'SPY, QQQ' })).body).toMatchObject({ inserted: 1 });
    expect((await api.ok('GET', '/data/news?symbol=QQQ')).items).toMatchObject([
      { headline: 'Fourth bold', symbols: ['QQQ', 'SPY'], summary: null, url: null, source: 'wire' },
    ]);
  });

  it('is found by symbol, time and what was known at a time, page by page', async () => {
    expect(await headlines('symbol=AAPL')).toEqual(['Second', 'First']);
    expect(await headlines('symbol=MSFT&start=2024-01-03&end=2024-01-03')).toEqual(['Third']);
    expect(await headlines('symbol=AAPL&as_of=2024-01-02T23:59:59Z')).toEqual(['First']);
    expect(await headlines('source=other')).toEqual([]);
    const first = await api.ok('GET', '/data/news?source=wire&limit=3');
    expect(first.items.map(({ headline }: any) => headline)).toEqual(['Fourth bold', 'Third', 'Second']);
    const rest = await api.ok('GET', `/data/news?source=wire&limit=3&cursor=${first.next_cursor}`);
    expect([rest.items.map(({ headline }: any) => headline), rest.next_cursor]).toEqual([['First'], null]);
  });

  it('keeps the time since when it is known, unless that is corrected by who may', async () => {
    const later = CSV.replace('14:30:00Z,,', '14:30:00Z,2024-01-02T16:00:00Z,');
    const refused = await put(trader, later);
    expect([refused.status, refused.body]).toMatchObject([403, { missing_scopes: ['data:correct'], replaced: 1 }]);
    expect((await put(api, later)).body).toMatchObject({ inserted: 0, updated: 1, unchanged: 2 });
    expect(await headlines('symbol=AAPL&as_of=2024-01-02T15:00:00Z')).toEqual([]);
  });

  it('is refused by line, field, rule and value, and nothing of the file is stored', async () => {
    const wrong = 'date,title,symbols\n2024-02-01T00:00Z,Good,NONE\nsoon,Bad,NONE\n';
    const { status, body } = await put(trader, wrong);
    expect([status, body.errors]).toMatchObject([
      422,
      [{ field: 'lines[3].published_at', rule: 'time', value: 'soon' }],
    ]);
    expect(await headlines('symbol=NONE')).toEqual([]);
    for (const query of ['cursor=x', 'limit=0', 'start=soon', 'as_of=soon'])
      expect((await api.send('GET', `/data/news?${query}`)).status).toBe(422);
    expect((await put(trader, CSV, { source: undefined })).body.errors[0]).toMatchObject({
      field: 'source',
      rule: 'required',
    });
  });

  it('needs the rights to read and to write data', async () => {
    const reader = await research.as('trader', ['research:read']);
    expect((await put(reader, CSV)).status).toBe(403);
    expect((await reader.send('GET', '/data/news')).status).toBe(200);
  });
});
