import { requestOf, type BacktestFields } from './backtest-request';

const EMPTY: BacktestFields = {
  start: '',
  end: ' ',
  engine: null,
  fill: null,
  fee: '',
  slippage: '',
  spread: '',
  benchmark: '',
  riskFree: '',
};

describe('requestOf', () => {
  it('sends nothing that was left empty', () => {
    expect(requestOf('s', EMPTY)).toEqual({ strategy_id: 's' });
  });

  it('sends what was filled in', () => {
    expect(
      requestOf('s', {
        ...EMPTY,
        start: ' 2015-01-01 ',
        engine: 'event',
        fill: 'close',
        fee: '1,5',
        benchmark: 'SPY',
        riskFree: '2',
      }),
    ).toEqual({
      strategy_id: 's',
      start: '2015-01-01',
      engine: 'event',
      fill: 'close',
      costs: { fee_bps: 1.5, slippage_bps: 0, spread_bps: 0 },
      benchmark: { symbol: 'SPY' },
      risk_free: { rate: 0.02 },
    });
  });

  it('leaves what is no number to the API, which says so', () => {
    expect(requestOf('s', { ...EMPTY, fee: 'five' }).costs).toEqual({
      fee_bps: 'five',
      slippage_bps: 0,
      spread_bps: 0,
    });
  });
});
