import { effectiveRiskLimits, loosenedRiskLimits } from './index';
import { riskLimitSpecs, type RiskLimits } from '@assay/contracts';

const now = effectiveRiskLimits({ max_position_usd: '10000', max_daily_trades: 10, stop_loss_pct: 5 });

describe('a change of limits', () => {
  it.each<[RiskLimits, string[]]>([
    [{}, []],
    [{ max_position_usd: '9999.99', max_daily_trades: 9, stop_loss_pct: 4.9 }, []],
    [{ max_position_usd: '10000.00' }, []],
    [{ max_position_usd: '10000.01' }, ['max_position_usd']],
    // as texts the larger one would come first
    [{ max_position_usd: '9', max_daily_trades: 11 }, ['max_daily_trades']],
    [{ max_position_usd: 10_001, stop_loss_pct: 5.5 }, ['max_position_usd', 'stop_loss_pct']],
  ])('to %j loosens %j', (change, loosened) => {
    expect(loosenedRiskLimits(now, { ...now, ...change })).toEqual(loosened);
  });

  it('loosens a stop by taking it away, and nothing by stating the first', () => {
    expect(loosenedRiskLimits({}, { stop_loss_pct: 5 })).toEqual([]);
    expect(loosenedRiskLimits({ stop_loss_pct: 5 }, {})).toEqual(['stop_loss_pct']);
  });

  it('loosens what allows more when it is smaller by making it smaller', () => {
    const floors = riskLimitSpecs.map(([name, spec]) => [name, { ...spec, allowsMore: 'smaller' as const }] as const);
    const loosened = (change: RiskLimits) => loosenedRiskLimits(now, { ...now, ...change }, floors);
    expect(loosened({ max_daily_trades: 9 })).toEqual(['max_daily_trades']);
    expect(loosened({ max_daily_trades: 11 })).toEqual([]);
    expect(loosened({})).toEqual([]);
  });
});
