import { readsOf } from '../../definitions/feature-reads';
import type { Feature } from '../../definitions/features-query';
import { PREDICTION } from './editor/editor-context';

/** The built-in model of strategies whose rules read features alone. */
const RULE_IDENTITY = '01890000-0000-7000-8000-000000000001';

interface Parts {
  feature_ids: readonly string[];
  model_id: string | null;
}

/** Ids of the features that a strategy needs for rules over `names`, each after those that it reads, beside those it has. */
export function featureIdsFor(
  names: readonly string[],
  all: readonly Feature[],
  own: readonly string[] = [],
): string[] {
  const mine = own.flatMap((id) => all.find((feature) => feature.id === id) ?? []);
  const byName = new Map([...all, ...mine].map((feature) => [feature.name, feature]));
  const needed = names.flatMap((name) => {
    const feature = byName.get(name);
    return feature ? [...readsOf(feature, [...all, ...mine]), feature] : [];
  });
  return [...new Set([...own, ...needed.map(({ id }) => id)])];
}

/** What of a strategy changes when rules over `names` are put into it. */
export function partsWith(
  signalId: string,
  names: readonly string[],
  all: readonly Feature[],
  { feature_ids: own, model_id: model }: Parts,
): { signal_logic_id: string; feature_ids: string[]; model_id?: string } {
  return {
    signal_logic_id: signalId,
    feature_ids: featureIdsFor(names, all, own),
    // a strategy without a model gets the built-in one, unless its rules ask for a prediction, which that has not
    ...(model === null && !names.includes(PREDICTION) ? { model_id: RULE_IDENTITY } : {}),
  };
}
