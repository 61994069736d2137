import { breaksOf } from './breaks';
import { exposuresOf } from './exposure';
import { limitUses, worthOf } from './limits';

const deployment = {
  deployment_id: 'd1',
  account_id: 'a1',
  ticker: 'SPX',
  broker: 'PAPER',
  paper: true,
  currency: 'USD',
  sync: 'in_sync',
  sync_reason: null as string | null,
  market_value: '900' as string | null,
  profit_today: null,
  profit_total: null,
  mark: { price: '90' },
  position: { qty: '10', average_price: '100' },
  risk_limits: { max_position_usd: '1000', stop_loss_pct: 20 } as Record<string, string | number | null>,
};
const account = {
  account_id: 'a1',
  name: 'Paper',
  purpose: 'trading',
  cash: '9100',
  start_equity: '10100' as string | null,
  peak_equity: '12500',
  limits: { max_gross_exposure: 2, max_net_exposure: 1, max_drawdown_pct: 40, max_daily_loss_pct: 5 },
};

describe('exposure', () => {
  it('adds up by symbol and currency, and leaves replays and what is flat out', () => {
    const short = { ...deployment, market_value: '-400' };
    const [eur, usd] = exposuresOf([
      deployment,
      short,
      { ...deployment, ticker: 'FLAT', market_value: '0' },
      { ...deployment, ticker: 'DARK', market_value: null },
      { ...deployment, ticker: 'PAST', replay: {} },
      { ...deployment, ticker: 'DAX', currency: 'EUR', market_value: '5' },
    ]);
    expect(eur).toMatchObject({ currency: 'EUR', net: 5, gross: 5 });
    expect(usd).toEqual({
      currency: 'USD',
      symbols: [{ symbol: 'SPX', net: 500, gross: 1300, deployments: 2 }],
      ...{ net: 500, gross: 1300, unknown: ['DARK'] },
    });
  });
});

describe('limits and their use', () => {
  it('tells each with its share, the most used first', () => {
    const uses = limitUses([account], [deployment]);
    expect(uses.map(({ limit, used, allowed, fraction }) => [limit, used, allowed, fraction])).toEqual([
      ['Largest position', '900 USD', '1,000 USD', 0.9],
      ['Fall from the peak', '20.00 %', '40.00 %', 0.5],
      ['Stop loss', '10 % lost', '20 %', 0.5],
      ['Loss of the day', '0.99 %', '5.00 %', expect.closeTo(0.198)],
      ['Net exposure', '0.09 × equity', '1 × equity', 0.09],
      ['Gross exposure', '0.09 × equity', '2 × equity', 0.045],
    ]);
  });

  it('says what is not known instead of guessing it', () => {
    const dark = { ...deployment, market_value: null };
    expect(worthOf(account, [dark])).toBeNull();
    expect(limitUses([account], [dark]).filter(({ fraction }) => fraction === null)).toHaveLength(5);
    expect(limitUses([account], [deployment], new Set(['a1']))[0]).toMatchObject({ used: 'not known' });
    const euro = { ...deployment, currency: 'EUR' };
    expect(limitUses([], [euro])[0]).toMatchObject({ limit: 'Largest position', fraction: null });
  });

  it('counts a gain as no use of a stop, and a short position the other way round', () => {
    const short = { ...deployment, position: { qty: '-10', average_price: '100' }, market_value: '-900' };
    expect(limitUses([], [short]).find(({ limit }) => limit === 'Stop loss')).toMatchObject({
      used: 'no loss',
      fraction: 0,
    });
  });
});

describe('breaks between books and venues', () => {
  it('puts the frozen first, and names what stopped deployments left behind', () => {
    const drifted = { ...deployment, sync: 'drifted', sync_reason: 'the venue holds 5, our ledgers 10' };
    const frozen = { ...deployment, deployment_id: 'd2', sync: 'frozen', sync_reason: 'an order is UNKNOWN' };
    const breaks = breaksOf([deployment, drifted, frozen], [{ ...deployment, deployment_id: 'd3' }]);
    expect(breaks.map(({ deployment: id, state, what }) => [id, state, what])).toEqual([
      ['d2', 'frozen', 'An order is UNKNOWN.'],
      ['d1', 'drifted', 'The venue holds 5, our ledgers 10.'],
      ['d3', 'stopped', 'Stopped, and still holds 10.'],
    ]);
    expect(breaksOf([deployment], [])).toEqual([]);
  });
});
