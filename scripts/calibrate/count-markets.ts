import { attackOutcomes } from './attack-outcome';
import { barsWith } from './markets';
import { nullOutcomes } from './null-outcome';
import { powerOutcomes } from './power-outcome';
import type { Group, StudySettings } from './study';

/** How many of some markets had which outcome, a record a cell of the group. */
export type Counts = Record<string, number>[];

/** Outcomes of one market, a record a cell. A market is known by its number, whichever thread draws it. */
function outcomesOf(group: Group, { seed, scoredBars }: StudySettings, market: number): Record<string, boolean>[] {
  const n = barsWith(scoredBars);
  switch (group.what) {
    case 'nulls':
      return nullOutcomes(group.kind, `${seed} ${group.kind} ${market}`, n, group.sizes).map((one) => ({ ...one }));
    case 'power':
      return powerOutcomes(group.shapes, group.ir, `${seed} power ${market}`, n).map((one) => ({ ...one }));
    case 'attacks':
      return attackOutcomes(group.names, `${seed} attack ${market}`, n).map((promoted) => ({ promoted }));
  }
}

export function addCounts(counts: Counts, more: Counts): Counts {
  return more.map((cell, i) =>
    Object.fromEntries(Object.entries(cell).map(([name, count]) => [name, count + (counts[i]?.[name] ?? 0)])),
  );
}

/** Counts over markets [from, to). */
export function countMarkets(group: Group, settings: StudySettings, [from, to]: readonly [number, number]): Counts {
  let counts: Counts = [];
  for (let market = from; market < to; market++) {
    const outcomes = outcomesOf(group, settings, market);
    counts = addCounts(
      counts,
      outcomes.map((cell) => Object.fromEntries(Object.entries(cell).map(([name, is]) => [name, Number(is)]))),
    );
  }
  return counts;
}
