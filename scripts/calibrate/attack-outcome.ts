import { ATTACKS, type AttackName } from './adversaries';
import { BenchmarkScreen } from './benchmark-screen';
import { Ledger } from './ledger';
import { benchmarkOf } from './markets';
import { NULL_MARKETS } from './null-markets';
import { isPromoted } from './policy';

/** Where searches are attacked: positions at random on a rising market, of which gates without a benchmark refuse the fewest. */
export const ATTACKED = 'rising_random_positions';
/** Trials of the search that is attacked. */
export const SEARCHED = 50;

/** Whether the candidate of each attack on one market is promoted. */
export function attackOutcomes(names: readonly AttackName[], seed: string, n: number): boolean[] {
  const { bars, trials } = NULL_MARKETS[ATTACKED](seed, n, SEARCHED);
  const benchmark = benchmarkOf(bars);
  const best = trials[new Ledger(trials, benchmark).best];
  // which other trials there are changes nothing of this
  if (best.isRefusedAlone) return names.map(() => false);
  return names.map((name) => {
    const { candidate, ledger } = ATTACKS[name]({ seed, bars, trials, best });
    const own = ledger.map(({ openTimeMs, returns, benchmark: other = benchmark }) =>
      other === null ? null : { openTimeMs, returns, benchmark: other },
    );
    const at = ledger.findIndex(({ configHash }) => configHash === candidate.name);
    const statistics = candidate.statistics(own[at]!);
    if (statistics === null || new BenchmarkScreen(own).isRefused(at, statistics)) return false;
    return isPromoted(candidate.judge(ledger));
  });
}
