import { entry, exit } from '../../fixtures/order-legs';
import type { DeploymentFacts } from '../order-permissions';
import { checkKillSwitch, type KillSwitchInput } from './kill-switch';

const active: DeploymentFacts = { status: 'active', enabled: true, tradingState: 'ACTIVE', sync: 'in_sync' };
const check = (facts: Partial<DeploymentFacts>, more: Partial<KillSwitchInput> = {}) =>
  checkKillSwitch({
    facts: { ...active, ...facts },
    trigger: 'signal',
    leg: entry,
    nativeReduceOnly: false,
    ...more,
  }).record;

describe('the kill switch', () => {
  it('lets an active deployment enter', () => {
    expect(check({})).toMatchObject({ passed: true, actual: 'active' });
  });

  it('stops an entry of a paused deployment and lets it leave', () => {
    expect(check({ status: 'paused' })).toMatchObject({ passed: false, code: 'paused' });
    expect(check({ status: 'paused' }, { leg: exit }).passed).toBe(true);
  });

  it('stops a disabled deployment even where nothing is to be ordered', () => {
    expect(check({ enabled: false }, { leg: null })).toMatchObject({ passed: false, code: 'disabled' });
  });

  it('lets a stop out of a frozen symbol only where the venue itself never opens by it, a person in any case', () => {
    const frozen = { sync: 'frozen' } as const;
    expect(check(frozen, { trigger: 'stop', leg: exit })).toMatchObject({ passed: false, code: 'frozen' });
    expect(check(frozen, { trigger: 'stop', leg: exit, nativeReduceOnly: true }).passed).toBe(true);
    expect(check(frozen, { trigger: 'flatten', leg: exit }).passed).toBe(true);
  });
});
