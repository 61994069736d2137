import { alertsOf } from './alerts';

const NOW = Date.parse('2024-05-17T12:00:00Z');
const account = (over: object = {}) =>
  ({ account_id: 'a', name: 'Main', trading_state: 'ACTIVE', trading_state_reason: null, ...over }) as never;
const deployment = (over: object = {}) =>
  ({
    deployment_id: 'd',
    ticker: 'AAPL',
    broker: 'PAPER',
    paper: true,
    sync: 'in_sync',
    sync_reason: null,
    status: 'active',
    ...over,
  }) as never;
const subscription = (over: object = {}) =>
  ({
    id: 's',
    symbol: 'SPY',
    timeframe: '1d',
    enabled: true,
    last_error: null,
    freshness: { fresh: true, late_by_s: 0 },
    ...over,
  }) as never;
const job = (over: object = {}) =>
  ({
    id: 'j',
    kind: 'backtest.execute',
    finished_at: '2024-05-17T10:00:00Z',
    error: { detail: 'no bars' },
    ...over,
  }) as never;

const facts = (over: object) => ({
  accounts: [],
  deployments: [],
  subscriptions: [],
  failedJobs: [],
  services: [],
  now: NOW,
  ...over,
});

describe('alerts', () => {
  it('is silent while everything is as it should be', () => {
    expect(
      alertsOf(facts({ accounts: [account()], deployments: [deployment()], subscriptions: [subscription()] })),
    ).toEqual([]);
  });

  it('gives the words of who noticed it', () => {
    const [alert] = alertsOf(
      facts({ deployments: [deployment({ sync: 'drifted', sync_reason: 'broker has 5 more' })] }),
    );
    expect(alert).toMatchObject({
      severity: 'warning',
      title: 'AAPL on PAPER (paper) is drifted',
      detail: 'broker has 5 more',
    });
  });

  it('tells of an active deployment whose bars have ended', () => {
    const stale = { newest_bar: '2023-12-29T00:00:00.000Z', expected_close: '2024-05-16T20:00:00.000Z' };
    const [alert] = alertsOf(facts({ deployments: [deployment({ stale_bars: stale })] }));
    expect(alert!.title).toMatch(/^AAPL on PAPER \(paper\) has had no new bars since .*2023/);
  });

  it('puts the bad before the warnings', () => {
    const alerts = alertsOf(
      facts({
        accounts: [
          account({ trading_state: 'REDUCING' }),
          account({ account_id: 'b', name: 'Second', trading_state: 'HALTED' }),
        ],
        deployments: [deployment({ sync: 'frozen' })],
      }),
    );
    expect(alerts.map(({ title }) => title)).toEqual([
      'Second is halted',
      'AAPL on PAPER (paper) is frozen',
      'Main only reduces positions',
    ]);
  });

  it('tells what a service stands on and does not have', () => {
    const checks = {
      database: { status: 'ok' },
      jobs: { status: 'delayed', waiting_s: 90 },
      events: { status: 'failed' },
    };
    const alerts = alertsOf(facts({ services: [{ service: 'trade', checks } as never] }));
    expect(alerts.map(({ severity, title }) => [severity, title])).toEqual([
      ['bad', 'Trade: events failed'],
      ['warning', 'Trade: jobs delayed'],
    ]);
    expect(alerts[1]!.detail).toContain('1 min 30 s');
  });

  it('forgets a failed job after a day', () => {
    expect(alertsOf(facts({ failedJobs: [job()] }))).toHaveLength(1);
    expect(alertsOf(facts({ failedJobs: [job({ finished_at: '2024-05-16T11:59:59Z' })] }))).toEqual([]);
  });

  it('tells late series of enabled subscriptions, with what the feed refused', () => {
    const late = { freshness: { fresh: false, late_by_s: 7200 }, last_error: 'no such symbol' };
    expect(alertsOf(facts({ subscriptions: [subscription(late)] }))[0]!.detail).toBe(
      'The newest bar has been missing for 2 h. no such symbol',
    );
    expect(alertsOf(facts({ subscriptions: [subscription({ ...late, enabled: false })] }))).toEqual([]);
  });
});
