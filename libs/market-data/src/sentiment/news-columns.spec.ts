import fc from 'fast-check';
import { newsColumn, type NewsMeasure, type NewsState } from './news-columns';
import { newsFingerprint, newsStates, type KnownNews } from './news-states';

const WINDOW = { windowMs: 20, halfLifeMs: 7 };
const state = fc.record({
  article: fc.constantFrom(...'abcdefghij'),
  availableMs: fc.integer({ min: 0, max: 100 }),
  score: fc.integer({ min: -4, max: 4 }).map((v) => v / 4),
});
const states = fc
  .array(state, { maxLength: 40 })
  .map((all): NewsState[] => all.sort((a, b) => a.availableMs - b.availableMs));
const bars = fc
  .uniqueArray(fc.integer({ min: 0, max: 120 }), { minLength: 1, maxLength: 60 })
  .map((times) => Float64Array.from(times).sort())
  .map((closesMs) => ({ closesMs, close: closesMs.map((ms) => 100 + 7 * Math.sin(ms) + ms / 9) }));

/** The rule as it is said, over all states for every time. */
function naiveAt(time: number, all: readonly NewsState[]): { score: number; count: number } {
  const known = all.filter(({ availableMs }) => availableMs <= time);
  const articles = [...new Set(known.map(({ article }) => article))];
  const found = articles
    .map((article) => known.filter((one) => one.article === article))
    .map((revisions) => ({ firstMs: revisions[0].availableMs, score: revisions.at(-1)!.score }))
    .filter(({ firstMs }) => firstMs > time - WINDOW.windowMs);
  const weights = found.map(({ firstMs }) => 0.5 ** ((time - firstMs) / WINDOW.halfLifeMs));
  const total = weights.reduce((a, b) => a + b, 0);
  return {
    score: found.length === 0 ? NaN : found.reduce((sum, { score }, i) => sum + score * weights[i], 0) / total,
    count: articles.length === 0 ? NaN : found.length,
  };
}

const near = (found: Float64Array, wanted: number[]): void =>
  found.forEach((x, i) => {
    if (!(Number.isNaN(x) && Number.isNaN(wanted[i]))) expect(Math.abs(x - wanted[i])).toBeLessThan(1e-12);
  });

describe('columns of news', () => {
  it('are what a search of all news for every bar finds', () => {
    fc.assert(
      fc.property(bars, states, ({ closesMs, close }, all) => {
        const of = (measure: NewsMeasure) => newsColumn(measure, all, { closesMs, close }, WINDOW);
        const times = [...closesMs];
        near(
          of('sentiment'),
          times.map((ms) => naiveAt(ms, all).score),
        );
        near(
          of('count'),
          times.map((ms) => naiveAt(ms, all).count),
        );
        near(
          of('momentum'),
          times.map((ms) => naiveAt(ms, all).score - naiveAt(ms - WINDOW.windowMs, all).score),
        );
        const logs = Array.from(close, Math.log);
        const returns = logs.map((x, t) => x - logs[t - 1]);
        near(
          of('divergence'),
          times.map((ms, t) => {
            const before = times.filter((one) => one <= ms - WINDOW.windowMs).length - 1;
            const last = returns.slice(Math.max(1, t - 59), t + 1);
            if (before < 0 || last.length < 20) return NaN;
            const mean = last.reduce((a, b) => a + b, 0) / last.length;
            const spread = Math.sqrt(last.reduce((a, b) => a + (b - mean) ** 2, 0) / (last.length - 1));
            const move = (logs[t] - logs[before]) / (spread * Math.sqrt(t - before));
            return naiveAt(ms, all).score - Math.sin(Math.atan(move));
          }),
        );
      }),
      { numRuns: 200 },
    );
  });

  it('are causal: news and bars that come later change nothing before them', () => {
    const measures = fc.constantFrom<NewsMeasure>('sentiment', 'momentum', 'divergence', 'count');
    fc.assert(
      fc.property(bars, states, measures, fc.nat({ max: 120 }), ({ closesMs, close }, all, measure, now) => {
        const n = closesMs.filter((ms) => ms <= now).length;
        const part = { closesMs: closesMs.subarray(0, n), close: close.subarray(0, n) };
        const early = all.filter(({ availableMs }) => availableMs <= now);
        expect(newsColumn(measure, all, { closesMs, close }, WINDOW).subarray(0, n)).toEqual(
          newsColumn(measure, early, part, WINDOW),
        );
      }),
    );
  });

  it('count an article from its first state on, by what it says now', () => {
    const revised = [
      { article: 'a', availableMs: 10, score: 1 },
      { article: 'a', availableMs: 25, score: -1 },
    ];
    const closesMs = Float64Array.of(9, 10, 24, 25, 29, 30);
    const of = (measure: NewsMeasure) => [...newsColumn(measure, revised, { closesMs, close: closesMs }, WINDOW)];
    expect(of('sentiment')).toEqual([NaN, 1, 1, -1, -1, NaN]);
    expect(of('count')).toEqual([NaN, 1, 1, 1, 1, 0]);
  });

  it('weigh all alike without a half-life', () => {
    const two = [
      { article: 'a', availableMs: 1, score: 1 },
      { article: 'b', availableMs: 15, score: 0 },
    ];
    const at = { closesMs: Float64Array.of(16), close: Float64Array.of(1) };
    expect([...newsColumn('sentiment', two, at, { windowMs: 20, halfLifeMs: Infinity })]).toEqual([0.5]);
  });
});

describe('states of news', () => {
  const news = (headline: string, availableMs: number, more: Partial<KnownNews> = {}): KnownNews => ({
    ...{ source: 'wire', headline, summary: null, url: null, publishedMs: 0, availableMs },
    ...more,
  });

  it('take pieces of one source and address for one article, and others for several', () => {
    const [url, other] = ['https://news.example/1', 'https://news.example/2'];
    const all = [
      news('Shares fall', 5, { url }),
      news('Shares rise', 2, { url }),
      news('Shares rise', 3, { url: other }),
      news('Shares rise', 3, { url, source: 'blog' }),
      news('Shares rise', 4),
      news('Shares rise', 4),
    ];
    const states = newsStates(all);
    expect(states.map(({ availableMs, score }) => [availableMs, score])).toEqual([
      ...[2, 3, 3, 4, 4].map((ms) => [ms, 1]),
      [5, -1],
    ]);
    expect(states[0].article).toBe(states[5].article);
    expect(new Set(states.map(({ article }) => article)).size).toBe(5);
  });

  it('have a fingerprint of their content alone', () => {
    const all = [news('Shares fall', 5), news('Shares rise', 2, { summary: 'Again' })];
    expect(newsFingerprint([...all].reverse())).toBe(newsFingerprint(all));
    expect(newsFingerprint([news('Shares fall', 6), all[1]])).not.toBe(newsFingerprint(all));
  });
});
