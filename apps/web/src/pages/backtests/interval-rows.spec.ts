import { alternativeText, evidenceRows, metricRows, sharpeRows } from './interval-rows';

const bounds = { standard_error: 0.02, lower_90: 0.12, upper_90: 0.18, lower_95: 0.1, upper_95: 0.2, why: null };
const none = { standard_error: null, lower_90: null, upper_90: null, lower_95: null, upper_95: null };

describe('rows of intervals', () => {
  it('show a metric in its unit with its interval, or why it has none, and leave out those without a value', () => {
    const items = [
      { metric: 'volatility', value: 0.15, ...bounds },
      { metric: 'observations', value: 1200, ...none, why: 'a count and no estimate' },
      { metric: 'beta', value: null, ...none, why: 'no benchmark returns given' },
    ];
    const units: Record<string, string> = { volatility: 'fraction per year', observations: 'count' };
    expect(metricRows(items, (key) => units[key])).toEqual([
      { key: 'volatility', value: '15.00 %', interval: '10.00 % to 20.00 %', error: '2.00 %', known: true },
      { key: 'observations', value: '1,200', interval: 'a count and no estimate', error: '–', known: false },
    ]);
  });

  it('say of a Sharpe ratio what each method takes into account, and of its evidence how many bars it needs', () => {
    const sharpe = {
      errors: [
        { method: 'hac', sharpe_ratio: 0.15, ...bounds },
        { method: 'autocorrelation', sharpe_ratio: null, ...none, why: 'no positive variance' },
      ],
      evidence: [
        {
          formula: '2012',
          probabilistic_sharpe: 0.975,
          min_track_record_length: 800.2,
          detectable_sharpe: 0.6,
          power: 0.57,
          planned_fdr: 0.4,
          observed_fdr: 0.1736,
        },
        { formula: '2026', probabilistic_sharpe: 0.3, min_track_record_length: null, detectable_sharpe: null },
        { formula: '2012', probabilistic_sharpe: null, min_track_record_length: null, detectable_sharpe: null },
      ],
    };
    expect(sharpeRows(sharpe)).toEqual([
      { key: 'With memory too (Newey-West)', value: '0.15', interval: '0.1 to 0.2', error: '0.02', known: true },
      {
        ...{ key: 'A year by the autocorrelations (Lo)', value: '–', interval: 'no positive variance', error: '–' },
        known: false,
      },
    ]);
    expect(evidenceRows(sharpe)).toEqual([
      {
        key: 'Formula of 2012',
        probability: '97.50 %',
        leastBars: '801',
        detectable: '0.6',
        power: '57.00 %',
        falseDiscoveries: '17.36 %',
      },
      {
        key: 'Formula of 2026',
        probability: '30.00 %',
        leastBars: 'The ratio is not above 0',
        detectable: 'The record is too short',
        power: '–',
        falseDiscoveries: '–',
      },
      {
        ...{ key: 'Formula of 2012', probability: 'The moments give no positive variance' },
        leastBars: 'The moments give no positive variance',
        detectable: 'The moments give no positive variance',
        power: '–',
        falseDiscoveries: '–',
      },
    ]);
    expect([sharpeRows(null), evidenceRows(null)]).toEqual([[], []]);
  });

  it('say what power and false discoveries assume', () => {
    expect(alternativeText({ alternative: { sharpe_ratio: 1.5, prior: 0.05 } })).toMatch(
      /a true ratio of 1\.5 a year from 0\. If 5\.00 % of all strategies had that ratio/,
    );
    expect(alternativeText({})).toBe('');
  });
});
