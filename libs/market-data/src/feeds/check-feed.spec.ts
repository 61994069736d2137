import type { FeedOf } from '@assay/contracts';
import type { FieldProblem } from '@assay/primitives';
import { checkFeed } from './check-feed';
import { checkKey } from './http/check-request';

const series = { timeframe: '1d', market: 'US', symbol: 'GOLD' } as const;

function problemOf(check: () => void): FieldProblem | null {
  try {
    check();
    return null;
  } catch (error) {
    return (error as { errors: FieldProblem[] }).errors[0];
  }
}
const ofHttp = (more: Partial<FeedOf<'http'>>, privateHosts: string[] = []): FieldProblem | null =>
  problemOf(() => checkFeed({ kind: 'http', url: 'https://x.example/{symbol}', ...more }, series, privateHosts));
const ofFolder = (path: string, symbol: string, feedSymbol?: string): FieldProblem | null =>
  problemOf(() => checkFeed({ kind: 'folder', path }, { ...series, symbol, feedSymbol }, []));

describe('a feed over HTTP', () => {
  it.each([
    [{ zone: 'Mars/X' }, 'feed.zone', 'iana_zone', 'Mars/X'],
    [{ headers: { A: 'Token {foo}' } }, 'feed.headers.A', 'placeholder', 'Token {foo}'],
    [{ headers: { A: '{symbol}' } }, 'feed.headers.A', 'placeholder', '{symbol}'],
    [{ headers: { A: 'a\rb' } }, 'feed.headers.A', 'header_value', 'a\rb'],
    [{ headers: { A: 'a\nb' } }, 'feed.headers.A', 'header_value', 'a\nb'],
    [{ headers: { A: '€' } }, 'feed.headers.A', 'header_value', '€'],
    [{ headers: { Host: 'y' } }, 'feed.headers.Host', 'managed_header', 'y'],
    [{ headers: { 'transfer-encoding': 'chunked' } }, 'feed.headers.transfer-encoding', 'managed_header', 'chunked'],
    [{ headers: { 'Content-Length': '5' } }, 'feed.headers.Content-Length', 'managed_header', '5'],
    [{ headers: { Connection: 'close' } }, 'feed.headers.Connection', 'managed_header', 'close'],
    [{ format: 'json', columns: { date: 't', close: 'c', __x: 'x' } }, 'feed.columns.__x', 'pattern', 'x'],
    [{ url: 'http://169.254.169.254/x' }, 'feed.url', 'public_address', '169.254.169.254'],
    [{ url: 'http://127.1/x' }, 'feed.url', 'public_address', '127.0.0.1'],
    [{ url: 'http://[::1]:8080/x' }, 'feed.url', 'public_address', '::1'],
  ] as [Partial<FeedOf<'http'>>, string, string, string][])('of %j is refused', (more, field, rule, value) => {
    expect(ofHttp(more)).toMatchObject({ field, rule, value, message: expect.stringContaining(field.split('.')[1]) });
  });

  it.each([
    [{ zone: 'America/New_York', headers: { Authorization: 'Token {key}', A: 'é {"a": 1}' } }, []],
    [
      {
        format: 'json',
        columns: { date: '0', open: '1', high: '2', low: '3', close: '4', volume: '5', funding_rate: '6' },
      },
      [],
    ],
    [{ url: 'http://localhost:9/x' }, []],
    [{ url: 'http://10.0.0.1:9/x' }, ['10.0.0.1']],
    [{ url: 'http://[::1]:9/x' }, ['[::1]:9']],
  ] as [Partial<FeedOf<'http'>>, string[]][])('of %j is taken', (more, privateHosts) => {
    expect(ofHttp(more, privateHosts)).toBeNull();
  });
});

describe('a feed of a folder', () => {
  it.each([
    [['{symbol}.csv', '../x'], 'symbol', '../x'],
    [['{symbol}.csv', 'GOLD', '/etc/x'], 'feed_symbol', '/etc/x'],
  ] as [[string, string, string?], string, string][])('of %j leads out', (words, field, value) => {
    expect(ofFolder(...words)).toMatchObject({ field, rule: 'inner_path', value });
  });

  it('takes symbols of several steps, and any that is not in its path', () => {
    expect([ofFolder('{symbol}.csv', 'BTC/USDT'), ofFolder('gold.csv', '../x')]).toEqual([null, null]);
  });

  it('has a zone that is known', () => {
    const check = (): void => checkFeed({ kind: 'folder', path: 'a', zone: 'Mars/X' }, series, []);
    expect(problemOf(check)).toMatchObject({ field: 'feed.zone', value: 'Mars/X' });
  });
});

describe('a key', () => {
  it.each(['a\rb', 'a\nb', 'a\0b', '€'])('that cannot be sent, %j, is refused and not shown', (key) => {
    const problem = problemOf(() => checkKey(key));
    expect(problem).toMatchObject({ field: 'api_key', rule: 'header_value' });
    expect(JSON.stringify(problem)).not.toContain(JSON.stringify(key).slice(1, -1));
  });

  it('that can be sent is taken', () => expect(problemOf(() => checkKey('ID:secret/é'))).toBeNull());
});
