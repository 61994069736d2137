import { isRecursion, RecursionGroup } from './recursion-group';
import type { Series, Step } from './series';

/**
 * Steps by level, recursions together. A step whose columns nobody reads comes as soon as it can, while what it reads is still near.
 */
export function scheduled(steps: readonly Step[], readsOf: (step: Step) => readonly Series[]): Step[] {
  const waiting = new Set(grouped(steps, readsOf));
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

/** By level, each recursion in the first group that has a lane for it once what it rests on is known. */
function grouped(all: readonly Step[], readsOf: (step: Step) => readonly Series[]): Step[] {
  const waiting = new Set([...all].sort((a, b) => a.writes[0].level - b.writes[0].level));
  const known = new Set<Series>();
  const order: Step[] = [];
  const isKnown = (series: Series): boolean => series.level === 0 || known.has(series);
  const takeAll = (take: (step: Step) => boolean): void => {
    for (const step of waiting) {
      if (!readsOf(step).every(isKnown) || !take(step)) continue;
      waiting.delete(step);
      for (const series of step.writes) known.add(series);
    }
  };
  while (waiting.size > 0) {
    takeAll((step) => !isRecursion(step) && order.push(step) > 0);
    if (waiting.size === 0) break;
    const group = new RecursionGroup();
    takeAll((step) => isRecursion(step) && group.add(step));
    order.push(group);
  }
  return order;
}
