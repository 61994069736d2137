import { changeRows } from './change-rows';

interface Api {
  components: { schemas: { RiskLimitsDto: { properties: Record<string, { default?: string | number }> } } };
}

const live = {
  ...{ status: 'paused', enabled: true, sizing: { capital: '50000' }, schedule: 'daily_close' },
  risk_limits: { max_position_usd: '10000', max_daily_trades: 10, stop_loss_pct: null },
};

describe('the summary of a held-back change', () => {
  it('says from what to what each setting goes, and which of them allow more', () => {
    const asked = {
      ...{ sizing: { capital: '80000' }, schedule: 'manual' },
      risk_limits: { max_position_usd: '25000', max_daily_trades: 5, stop_loss_pct: 8 },
    };
    const held = ['sizing.capital', 'risk_limits.max_position_usd'];
    expect(changeRows(live, asked, held).map(({ setting, raised }) => [setting, raised])).toEqual([
      ['Capital', true],
      ['Evaluates', false],
      ['Largest position', true],
      ['Entries a day', false],
      ['Stop loss', false],
    ]);
    const [, , position, entries, stop] = changeRows(live, asked, held);
    expect(position).toEqual({
      setting: 'Largest position',
      now: '10,000.00 USD',
      then: '25,000.00 USD',
      raised: true,
    });
    expect([entries!.now, entries!.then]).toEqual(['10', '5']);
    expect([stop!.now, stop!.then]).toEqual(['none', '8 % of the average entry']);
  });

  it('leaves out what stays as it is, such as limits that go along with a changed one', () => {
    const asked = { risk_limits: { max_position_usd: '10000.00', max_daily_trades: 12 } };
    const rows = changeRows(live, asked, ['risk_limits.max_daily_trades']);
    expect(rows).toEqual([{ setting: 'Entries a day', now: '10', then: '12', raised: true }]);
  });

  it('shows a limit that is taken away, with what is in force then', () => {
    const limited = { ...live, risk_limits: { max_position_usd: '5000', max_daily_trades: 3, stop_loss_pct: 8 } };
    expect(changeRows(limited, { risk_limits: {} }, ['risk_limits.stop_loss_pct'])).toEqual([
      { setting: 'Largest position', now: '5,000.00 USD', then: '10,000.00 USD', raised: false },
      { setting: 'Entries a day', now: '3', then: '10', raised: false },
      { setting: 'Stop loss', now: '8 % of the average entry', then: 'none', raised: true },
    ]);
    expect(changeRows(limited, { schedule: 'manual' }, [])).toHaveLength(1);
  });

  it('knows the limits that are in force where none are stated', () => {
    const { RiskLimitsDto: limits } = jest.requireActual<Api>('../../../../../../docs/openapi/trade.json').components
      .schemas;
    const defaults = Object.fromEntries(
      Object.entries(limits.properties).map(([name, { default: unstated }]) => [name, unstated]),
    );
    expect(Object.keys(defaults).sort()).toEqual(['max_daily_trades', 'max_position_usd', 'stop_loss_pct']);
    expect(changeRows({ risk_limits: defaults }, { risk_limits: {} }, [])).toEqual([]);
  });

  it('knows what goes on trading again', () => {
    expect(changeRows(live, { status: 'active' }, ['status'])).toEqual([
      { setting: 'Trading', now: 'paused', then: 'runs', raised: true },
    ]);
    expect(changeRows({ ...live, enabled: false }, { enabled: true }, ['enabled'])).toEqual([
      { setting: 'Orders', now: 'switched off', then: 'are sent', raised: true },
    ]);
  });
});
