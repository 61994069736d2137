import { resultsDocument } from './results';

const tested = {
  revision: 2,
  finished_at: '2026-01-02T03:04:05.000Z',
  metrics: { sharpe_ratio: 1 },
  buy_hold_metrics: null,
  data: { symbol: 'AAPL', first_bar: '2013-05-13T00:00:00.000Z', until: '2018-05-11T00:00:00.000Z' },
  request: { costs: { fee_bps: 5 } },
};

describe('results beside a deployed strategy', () => {
  it('are those of the revision that is deployed', () => {
    expect(resultsDocument([{ ...tested, revision: 3 }, tested], 2)).toEqual({
      run_at: '2026-01-02T03:04:05.000Z',
      revision: 2,
      data_range: { start: '2013-05-13', end: '2018-05-11' },
      ticker_backtested: 'AAPL',
      fee_bps: 5,
      metrics: { sharpe_ratio: 1 },
    });
    expect(resultsDocument([tested], 1)).toBeUndefined();
  });
});
