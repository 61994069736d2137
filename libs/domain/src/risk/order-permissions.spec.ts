import fc from 'fast-check';
import { orderPermissions, PERMISSIONS, type DeploymentFacts } from './index';

const free: DeploymentFacts = { status: 'active', enabled: true, tradingState: 'ACTIVE', sync: 'in_sync' };

describe('the state table', () => {
  it.each<[string, Partial<DeploymentFacts>, string[], string | null]>([
    ['active, in_sync', {}, ['yes', 'yes', 'yes', 'yes'], null],
    ['paused', { status: 'paused' }, ['no', 'yes', 'yes', 'yes'], 'paused'],
    ['REDUCING', { tradingState: 'REDUCING' }, ['no', 'yes', 'yes', 'yes'], 'reducing'],
    ['drifted', { sync: 'drifted' }, ['no', 'ledger_position', 'ledger_position', 'yes'], 'drifted'],
    ['frozen', { sync: 'frozen' }, ['no', 'native_reduce_only', 'native_reduce_only', 'native_reduce_only'], 'frozen'],
    ['created', { status: 'created' }, ['no', 'no', 'no', 'no'], 'not_confirmed'],
    ['enabled = false', { enabled: false }, ['no', 'no', 'no', 'yes'], 'disabled'],
    ['HALTED', { tradingState: 'HALTED' }, ['no', 'no', 'no', 'yes'], 'halted'],
    ['stopped', { status: 'stopped' }, ['no', 'no', 'no', 'yes'], 'stopped'],
    [
      'drifted and paused',
      { sync: 'drifted', status: 'paused' },
      ['no', 'ledger_position', 'ledger_position', 'yes'],
      'drifted',
    ],
    ['frozen and disabled', { sync: 'frozen', enabled: false }, ['no', 'no', 'no', 'native_reduce_only'], 'disabled'],
    ['created and frozen', { status: 'created', sync: 'frozen' }, ['no', 'no', 'no', 'no'], 'not_confirmed'],
  ])('row %s', (_, change, columns, reason) => {
    const { entry, signalExit, stopExit, manualFlatten, reason: found } = orderPermissions({ ...free, ...change });
    expect([entry, signalExit, stopExit, manualFlatten]).toEqual(columns);
    expect(found).toBe(reason);
  });

  it('lets the most restrictive of any facts win, column by column', () => {
    const anyFacts = fc.record({
      status: fc.constantFrom('created' as const, 'active' as const, 'paused' as const, 'stopped' as const),
      enabled: fc.boolean(),
      tradingState: fc.constantFrom('ACTIVE' as const, 'REDUCING' as const, 'HALTED' as const),
      sync: fc.constantFrom('in_sync' as const, 'drifted' as const, 'frozen' as const),
    });
    fc.assert(
      fc.property(anyFacts, (facts) => {
        const together = orderPermissions(facts);
        const alone = (['status', 'enabled', 'tradingState', 'sync'] as const).map((key) =>
          orderPermissions({ ...free, [key]: facts[key] }),
        );
        for (const column of ['entry', 'signalExit', 'stopExit', 'manualFlatten'] as const) {
          const least = Math.min(...alone.map((one) => PERMISSIONS.indexOf(one[column])));
          expect(PERMISSIONS.indexOf(together[column])).toBe(least);
        }
      }),
    );
  });
});
