import { WilderSumGroup, WilderSumStep } from './directional';
import { ExponentialGroup, ExponentialStep } from './exponential';
import type { Series, Step } from './series';

/**
 * Steps by level, the recursions of each together. A step whose columns nobody reads comes as soon as it can, while what it reads is still near.
 */
export function scheduled(steps: readonly Step[], readsOf: (step: Step) => readonly Series[]): Step[] {
  const waiting = new Set(byLevel(steps));
  const read = new Set([...waiting].flatMap(readsOf));
  const known = new Set<Series>();
  const order: Step[] = [];
  const isLast = (step: Step): boolean =>
    !step.writes.some((series) => read.has(series)) &&
    readsOf(step).every((series) => series.level === 0 || known.has(series));
  const take = (step: Step): void => {
    if (!waiting.delete(step)) return;
    order.push(step);
    for (const series of step.writes) known.add(series);
  };
  for (const step of [...waiting]) {
    take(step);
    for (const next of [...waiting].filter(isLast)) take(next);
  }
  return order;
}

function byLevel(all: readonly Step[]): Step[] {
  const levels: Step[][] = [];
  for (const step of all) (levels[step.writes[0].level] ??= []).push(step);
  return levels.flatMap((steps) => {
    const means = steps.filter((step) => step instanceof ExponentialStep);
    const sums = steps.filter((step) => step instanceof WilderSumStep);
    const others = steps.filter((step) => !(step instanceof ExponentialStep || step instanceof WilderSumStep));
    if (means.length > 0) others.push(new ExponentialGroup(means));
    if (sums.length > 0) others.push(new WilderSumGroup(sums));
    return others;
  });
}
