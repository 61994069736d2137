import { ATTACK_NAMES, ATTACKS, type AttackName } from './adversaries';
import { barsWith } from './markets';
import { NULL_MARKETS } from './null-markets';
import { isPromoted } from './policy';

const BARS = barsWith(630);
const SEARCHED = 6;

describe('a ledger that somebody has made look better', () => {
  const { bars, trials } = NULL_MARKETS.rising_random_positions('attack', BARS, SEARCHED);
  const best = trials[2];
  const attacked = (name: AttackName) => ATTACKS[name]({ seed: 'attack', bars, trials, best });

  it('has the candidate once, and every trial of the search', () => {
    for (const name of ATTACK_NAMES) {
      const { candidate, ledger } = attacked(name);
      expect(ledger.filter(({ configHash }) => configHash === candidate.name)).toHaveLength(1);
      expect(new Set(ledger.map(({ configHash }) => configHash)).size).toBe(ledger.length);
      expect(ledger.length).toBeGreaterThanOrEqual(SEARCHED);
    }
  });

  it('has trials that lose', () => {
    const junk = attacked('junk').ledger.slice(SEARCHED);
    const growth = junk.map(({ returns }) => returns.reduce((value, r) => value * (1 + r), 1));
    expect(junk).toHaveLength(50);
    expect(Math.max(...growth)).toBeLessThan(1);
  });

  it('has copies that are on the other side on one bar in a hundred', () => {
    const copies = attacked('duplicates').ledger.slice(SEARCHED);
    const differing = copies.map(({ returns }) => returns.filter((r, t) => r !== best.series.returns[t]).length);
    expect(copies).toHaveLength(50);
    expect(Math.max(...differing) / 630).toBeLessThan(0.04);
    expect(Math.min(...differing)).toBeGreaterThan(0);
  });

  it('has the search at a hundredth of its size', () => {
    const { ledger } = attacked('small_size');
    trials.forEach(({ series }, i) =>
      ledger[i].returns.forEach((r, t) => expect(r).toBeCloseTo(series.returns[t] / 100, 12)),
    );
  });

  it('has a trial of the last bars alone', () => {
    const { openTimeMs } = attacked('short_trial').ledger.at(-1)!;
    expect(openTimeMs).toEqual(best.series.openTimeMs.slice(-320));
  });

  it('has all others in weeks, which the judgement counts without a series', () => {
    const { candidate, ledger } = attacked('other_frequency');
    const others = ledger.filter(({ configHash }) => configHash !== best.name);
    const grown = (returns: Float64Array): number => returns.reduce((value, r) => value * (1 + r), 1);
    others.forEach(({ configHash, returns }) => {
      const daily = trials.find(({ name }) => name === configHash)!.series.returns;
      expect(returns).toHaveLength(126);
      expect(grown(returns)).toBeCloseTo(grown(daily), 10);
    });
    const outcome = candidate.judge(ledger);
    expect(outcome.evidence.benchmark).toMatchObject({ trials: SEARCHED, unusableTrials: SEARCHED - 1 });
    expect(isPromoted(outcome)).toBe(false);
  });
});
