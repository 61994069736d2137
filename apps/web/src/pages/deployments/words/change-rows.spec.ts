import { changeRows } from './change-rows';

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

  it('knows what goes on trading again', () => {
    expect(changeRows(live, { status: 'active' }, ['status'])).toEqual([
      { setting: 'Trading', now: 'paused', then: 'runs', raised: true },
    ]);
    expect(changeRows({ ...live, enabled: false }, { enabled: true }, ['enabled'])).toEqual([
      { setting: 'Orders', now: 'switched off', then: 'are sent', raised: true },
    ]);
  });
});
