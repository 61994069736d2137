import Ajv2020 from 'ajv/dist/2020';
import { documentOf, draftProblems, EMPTY_DRAFT, isSameVersion, shortSeriesWarning, type Draft } from './draft';
import { TEMPLATES } from './templates';

const series = { source: 'vendor', symbol: 'AAPL', timeframe: '1d', market: 'US', bars: 2000 };
interface Api {
  paths: Record<
    '/api/v1/strategies',
    { post: { requestBody: { content: Record<'application/json', { schema: object }> } } }
  >;
}
const API = jest.requireActual<Api>('../../../../../../docs/openapi/trade.json');
const ID = '018f3c1e-7b1a-7000-8000-0000000000c1';
const drafted = (change: Partial<Draft> = {}): Draft => ({ ...EMPTY_DRAFT, series, template: 'trend', ...change });

describe('the first strategy', () => {
  it.each(TEMPLATES.map(({ key }) => key))('%s makes a document that the service takes', (template) => {
    const schema = API.paths['/api/v1/strategies'].post.requestBody.content['application/json'].schema;
    const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(schema);
    for (const longOnly of [true, false]) {
      for (const size of ['all', 'steady'] as const) {
        const { source, ...document } = documentOf(drafted({ template, longOnly, size, stopLoss: 5 }), ID);
        expect(source).toBe('vendor');
        expect([validate(document), validate.errors]).toEqual([true, null]);
      }
    }
  });

  it('is another version with another number, and the same one under another name', () => {
    const before = drafted({ values: { window: 20 } });
    expect(isSameVersion(before, drafted({ values: { window: 30 } }))).toBe(false);
    expect(isSameVersion(before, drafted({ values: { window: 20 }, stopLoss: 5 }))).toBe(false);
    expect(isSameVersion(before, drafted({ values: { window: 20 }, name: 'Renamed' }))).toBe(true);
    // the field's own number, stated or not
    expect(isSameVersion(drafted(), drafted({ values: { window: 200 } }))).toBe(true);
  });

  it('takes a percentage as the fraction that the document means', () => {
    const { substrategies } = documentOf(drafted({ values: { window: 50, distance: 2.5 } }), ID);
    expect(substrategies).toMatchObject([
      { indicator: 'get_sma', signal_func: 'momentum_band_signal_long_only', window: 50, signal: 0.025 },
    ]);
  });

  it('says which number is wrong', () => {
    expect(draftProblems(drafted({ values: { window: 1.5, distance: '' }, stopLoss: 100 }))).toEqual({
      window: 'Must be from 2 to 1000.',
      distance: 'State a number.',
      stopLoss: 'Must be above 0 and below 100.',
    });
    expect(draftProblems(drafted({ values: { window: 20.5 } }))).toEqual({ window: 'Must be a whole number.' });
    expect(draftProblems(drafted())).toEqual({});
  });

  it('warns before a series that is too short to be judged', () => {
    expect(shortSeriesWarning(drafted())).toBeUndefined();
    expect(shortSeriesWarning(drafted({ series: { ...series, bars: 700 } }))).toMatch(/about 448 would count/);
    expect(shortSeriesWarning(drafted({ values: { window: 1000 }, series: { ...series, bars: 1500 } }))).toMatch(
      /about 500/,
    );
    expect(shortSeriesWarning(drafted({ values: { window: 999_999 } }))).toBeUndefined();
  });
});
