import { gzipSync } from 'node:zlib';
import { rejectionOf } from '../../../testing/src/domain/refusal';
import { utf16Of, zipOf } from '../../../testing/src/files/made-files';
import { newsId } from './news-item';
import { readNews, type NewsReadOptions } from './read-news';

const read = (content: string | Uint8Array, options: NewsReadOptions = {}) => readNews(Buffer.from(content), options);
const refused = async (content: string, options: NewsReadOptions = {}) =>
  (await rejectionOf((async () => read(content, options))())).errors!;
const codes = (notes: { code: string }[]): string[] => notes.map(({ code }) => code);
const iso = (ms: number): string => new Date(ms).toISOString();

/** What every format below holds. */
const MADE = [
  {
    ...{ symbols: ['AAPL', 'MSFT'], headline: 'Apple & Microsoft <agree>', summary: 'They said "yes", twice.' },
    ...{ url: 'https://news.example/1', publishedMs: Date.parse('2024-01-02T14:30:05Z') },
    availableMs: Date.parse('2024-01-02T14:30:05Z'),
  },
  {
    ...{ symbols: [], headline: 'Markets close', summary: null, url: null },
    ...{ publishedMs: Date.parse('2024-01-02T21:00:00Z'), availableMs: Date.parse('2024-01-02T21:05:00Z') },
  },
];

const CSV = [
  'published_at,available_at,symbols,headline,summary,url,author',
  '2024-01-02T14:30:05Z,,"MSFT,AAPL",Apple &amp; Microsoft &lt;agree&gt;,"<p>They said ""yes"",\ntwice.</p>",https://news.example/1,x',
  '2024-01-02T21:00:00Z,2024-01-02T21:05:00Z,,<b>Markets</b> close,,,y',
].join('\n');
const JSON_TEXT = JSON.stringify({
  status: 'ok',
  results: [
    {
      ...{
        published_utc: '2024-01-02T14:30:05Z',
        title: 'Apple &amp; Microsoft &lt;agree&gt;',
        tickers: ['AAPL', 'MSFT'],
      },
      ...{ description: 'They said "yes", <i>twice</i>.', article_url: 'https://news.example/1' },
    },
    { published_utc: '2024-01-02T21:00:00Z', updated_at: '2024-01-02T21:05:00Z', title: 'Markets close', tickers: [] },
  ],
});
const RSS = `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/publish/formats/rss-0.91.dtd">
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:nasdaq="http://nasdaq.com/rss"><channel>
<title>Wire</title><link>https://news.example</link>
<item><title><![CDATA[Apple &amp; Microsoft &lt;agree&gt;]]></title><link>https://news.example/1</link>
<description>&lt;p&gt;They said "yes", twice.&lt;/p&gt;&lt;script&gt;steal()&lt;/script&gt;</description>
<pubDate>Tue, 02 Jan 2024 09:30:05 EST</pubDate><nasdaq:tickers>AAPL,MSFT</nasdaq:tickers>
<media:group xmlns:media="m"><media:title>another</media:title></media:group></item>
<item><title>Markets close</title><pubDate>Tue, 02 Jan 2024 21:00:00 GMT</pubDate><updated>2024-01-02T21:05:00Z</updated></item>
</channel></rss>`;
const ATOM = `<feed xmlns="http://www.w3.org/2005/Atom"><title>Wire</title><updated>2024-01-03T00:00:00Z</updated>
<entry><id>urn:1</id><title type="text">Apple &amp; Microsoft &lt;agree&gt;</title>
<link rel="self" href="https://feed.example/1"/><link href="https://news.example/1"/>
<category scheme="https://x/ticker">MSFT AAPL</category>
<summary type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>They said "yes",</p><p>twice.</p></div></summary>
<published>2024-01-02T14:30:05Z</published><updated>2024-01-02T14:30:05Z</updated></entry>
<entry><id>urn:2</id><title>Markets close</title><published>2024-01-02T21:00:00Z</published><updated>2024-01-02T21:05:00Z</updated></entry>
</feed>`;

describe('news of a file', () => {
  it.each([
    ['CSV', CSV],
    ['CSV in gzip', gzipSync(CSV)],
    ['CSV in UTF-16', utf16Of(CSV)],
    ['JSON', JSON_TEXT],
    ['JSON in a zip', zipOf({ 'news.json': JSON_TEXT })],
    ['RSS', RSS],
    ['Atom', ATOM],
  ])('is read: %s', (_, content) => {
    expect(read(content).items).toEqual(MADE);
  });

  it('is read from an object a line, epochs, and related symbols of one text', () => {
    const line = { datetime: 1704205805, headline: 'x', related: 'A,B', source: 's', url: '' };
    expect(read(`${JSON.stringify(line)}\n${JSON.stringify({ ...line, headline: 'y' })}\n`).items).toMatchObject([
      { symbols: ['A', 'B'], headline: 'x', publishedMs: MADE[0].publishedMs, url: null },
      { headline: 'y' },
    ]);
  });

  it('takes stated symbols where it names none, and drops what it repeats', () => {
    const csv = 'date,title\n2024-01-02T00:00Z,a\n2024-01-02T00:00Z,a\n';
    const { items, repairs } = read(csv, { symbols: ['B', 'A'] });
    expect([items.map(({ symbols }) => symbols), codes(repairs)]).toEqual([[['A', 'B']], ['duplicate_rows']]);
  });

  it('is known at the end of its date, where that is all it says, with a word', () => {
    const { items, recognised } = read('date,title\n2024-01-02,a\n', { zone: 'Asia/Tokyo' });
    expect([iso(items[0].publishedMs), iso(items[0].availableMs)]).toEqual([
      '2024-01-02T00:00:00.000Z',
      '2024-01-02T15:00:00.000Z',
    ]);
    expect(codes(recognised)).toEqual(['available']);
    const wall = read('date,title\n2024-01-02 09:30,a\n');
    expect([iso(wall.items[0].publishedMs), codes(wall.recognised)]).toEqual(['2024-01-02T09:30:00.000Z', ['zone']]);
  });

  it('has long summaries cut, never within a character', () => {
    const csv = `date,title,summary\n2024-01-02T00:00Z,a,${'x'.repeat(9_999)}\u{1f600}y\n`;
    const { items, repairs } = read(csv);
    expect([items[0].summary, codes(repairs)]).toEqual(['x'.repeat(9_999), ['cut']]);
    expect(() => read(csv, { strict: true })).toThrow('strict allows no repair');
  });

  it.each([
    ['x,y\n1,2', 'header.published_at', 'required'],
    ['date,title\nsoon,a', 'lines[2].published_at', 'time'],
    ['date,title\n01/02/2024,a', 'lines[2].published_at', 'time'],
    ['date,title\n9999-12-31,a', 'lines[2].published_at', 'time'],
    ['date,title\n2024-01-02T00:00Z,', 'lines[2].headline', 'length'],
    ['date,title\n2024-01-02T00:00Z,<script>x</script>', 'lines[2].headline', 'length'],
    ['date,title,url\n2024-01-02T00:00Z,a,javascript:alert(1)', 'lines[2].url', 'url'],
    ['date,title,available_at\n2024-01-02T00:00Z,a,2024-01-01T00:00Z', 'lines[2].available_at', 'after_published'],
    ['date,title\n2024-01-02T00:00Z,a,b', 'lines[2]', 'cells'],
    ['date,title\n', 'content', 'min_rows'],
    ['[{"date":"2024-01-02T00:00Z","title":"a\\u0000b"}]', 'items[1].headline', 'storable_text'],
    ['[{"date":"2024-01-02T00:00Z","title":"\\ud800"}]', 'items[1].headline', 'storable_text'],
    ['{"status":"ok","count":1}', 'content', 'json_rows'],
    [`[${'['.repeat(2000)}`, 'content', 'max_depth'],
    ['<rss><channel><item><title>a</title>', 'content', 'xml'],
    ['<html><body>Sign in</body></html>', 'content', 'feed'],
    [`<rss>${'<a>'.repeat(100)}`, 'content', 'max_depth'],
    [
      '<!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><rss><item><title>&b;</title></item></rss>',
      'content',
      'xml_entities',
    ],
    ['<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss/>', 'content', 'xml_entities'],
    [`<rss><item><title>${'x'.repeat(1_000_001)}</title></item></rss>`, 'items[1]', 'max_length'],
  ])('is refused: %#', async (content, field, rule) => {
    expect((await refused(content))[0]).toMatchObject({ field, rule });
  });

  it('leaves out single pieces where that is wanted', () => {
    const { items, repairs } = read('date,title\nsoon,a\n2024-01-02T00:00Z,b\n', { skipBad: true });
    expect([items.length, repairs]).toMatchObject([1, [{ code: 'bad_rows', line: 2 }]]);
  });
});

it('the name of a piece is its content, not since when it is known', () => {
  const [one] = MADE;
  expect(newsId('a', one)).toBe(newsId('a', { ...one, availableMs: one.availableMs + 1 }));
  for (const change of [{ headline: 'b' }, { symbols: [] }, { url: null }, { publishedMs: 0 }, { summary: null }])
    expect(newsId('a', { ...one, ...change })).not.toBe(newsId('a', one));
  expect(newsId('b', one)).not.toBe(newsId('a', one));
});
