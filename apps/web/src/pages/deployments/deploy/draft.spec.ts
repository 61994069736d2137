import {
  capitalWarning,
  deploymentBody,
  draftProblems,
  firstDraft,
  schedulesFor,
  tickerSuggestions,
  withBroker,
} from './draft';

const strategy = { symbol: 'AAPL', timeframe: '1d', stopLossPct: 4 };
const series = [
  {
    source: 'vendor',
    symbol: 'AAPL',
    timeframe: '1d',
    market: 'US',
    first: '2013-05-13T00:00:00.000Z',
    last: '2018-05-11T00:00:00.000Z',
  },
];
const mappings = [{ data_ticker: 'AAPL', broker: 'FUTU', broker_ticker: 'US.AAPL', market: 'US' }];
const draft = firstDraft(strategy, series);

describe('the form of a deployment', () => {
  it('starts on paper, with the market of the bars and the stop of the strategy', () => {
    expect(draft).toMatchObject({
      paper: true,
      broker: 'PAPER',
      ticker: 'AAPL',
      market: 'US',
      source: 'vendor',
      stopLoss: '4',
    });
    expect([draft.replayStart, draft.replayEnd]).toEqual(['2017-05-11', '2018-05-11']);
  });

  it('knows which days cannot be replayed before it asks', () => {
    const of = (replayStart: string, replayEnd: string, over = {}) =>
      draftProblems({ ...draft, replay: true, replayStart, replayEnd, ...over }, series);
    expect(of(draft.replayStart, draft.replayEnd)).toEqual({});
    expect(of('2013-05-13', '2014-01-01')).toEqual({
      replayStart: 'Must be after 2013-05-13, the first stored bar: one is needed to begin from.',
    });
    expect(of('2013-05-14', '2014-01-01')).toEqual({});
    expect(of('2019-01-01', '2019-02-01')).toEqual({ replayStart: 'The stored bars end on 2018-05-11.' });
    expect(of('2012-01-01', '2012-02-01')).toEqual({ replayEnd: 'The stored bars begin on 2013-05-13.' });
    expect(of('2019-01-01', '2019-02-01', { replay: false })).toEqual({});
    // of another source nothing is known
    expect(of('2019-01-01', '2019-02-01', { source: 'other' })).toEqual({});
  });

  it('offers no replay from the first bar on, since one is needed before it', () => {
    const short = [{ ...series[0]!, first: '2018-05-01T00:00:00.000Z' }];
    expect(firstDraft(strategy, short).replayStart).toBe('2018-05-02');
  });

  it('knows the symbol at another broker by its mapping', () => {
    expect(tickerSuggestions('AAPL', 'FUTU', mappings)).toEqual(['US.AAPL', 'AAPL']);
    expect(withBroker(draft, 'FUTU', 'AAPL', mappings).ticker).toBe('US.AAPL');
    expect(withBroker(draft, 'BYBIT', 'AAPL', mappings).ticker).toBe('AAPL');
  });

  it('offers an hourly schedule only for bars that short', () => {
    expect(schedulesFor('1d').map(({ value }) => value)).not.toContain('hourly');
    expect(schedulesFor('1h').map(({ value }) => value)).toContain('hourly');
    expect(schedulesFor('4h').map(({ value }) => value)).not.toContain('hourly');
  });

  it('is switched off until it is started, amounts as text', () => {
    expect(deploymentBody(draft, 's', 'd')).toEqual({
      deployment_id: 'd',
      strategy_id: 's',
      broker: 'PAPER',
      ticker: 'AAPL',
      market: 'US',
      paper: true,
      enabled: false,
      schedule: 'daily_close',
      source: 'vendor',
      sizing: { capital: '10000' },
      risk_limits: { max_position_usd: '10000', max_daily_trades: 10, stop_loss_pct: 4 },
    });
  });

  it('names the source of a replay with the replay, and never replays live', () => {
    const replay = deploymentBody({ ...draft, replay: true }, 's', 'd');
    expect(replay).toMatchObject({ replay: { start: '2017-05-11', end: '2018-05-11', source: 'vendor' } });
    expect(replay).not.toHaveProperty('enabled');
    expect(deploymentBody({ ...draft, paper: false, replay: true }, 's', 'd')).not.toHaveProperty('replay');
  });

  it('says what is wrong before anything is sent', () => {
    expect(draftProblems(draft)).toEqual({});
    expect(
      Object.keys(
        draftProblems({ ...draft, ticker: ' ', capital: '0', maxTrades: '1.5', stopLoss: '101', schedule: 'cron' }),
      ),
    ).toEqual(['ticker', 'capital', 'maxTrades', 'stopLoss', 'cron', 'tz']);
    expect(draftProblems({ ...draft, replay: true, replayEnd: '2016-01-01' })).toHaveProperty('replayEnd');
    expect(capitalWarning({ ...draft, capital: 'abc' })).toBeUndefined();
    expect(capitalWarning({ ...draft, capital: '20000' })).toMatch(/above the largest position/);
    expect(capitalWarning(draft)).toBeUndefined();
  });
});
