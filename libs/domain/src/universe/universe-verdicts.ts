import type { FeatureSpec, RankedRule, SentUniverse, UniverseMember } from '@assay/contracts';
import { below, describeValue, type FieldProblem, noting } from '@assay/primitives';

const problem = (field: string, rule: string, must: string, value: unknown): FieldProblem => ({
  field,
  rule,
  value,
  message: `${field} must ${must}, was ${describeValue(value)}`,
});

/** What the schema of a universe document cannot say: each name, bound and reference against the others. */
export function universeVerdicts(
  document: Omit<SentUniverse, 'universe'>,
  members: readonly UniverseMember[],
  checkFeature: (feature: FeatureSpec) => void,
): FieldProblem[] {
  const found: FieldProblem[] = [];
  document.features.forEach((feature, i) => noting(found, () => below(`features[${i}]`, () => checkFeature(feature))));
  found.push(...memberVerdicts(members), ...columnVerdicts(document));
  const { portfolio } = document;
  if (portfolio.kind === 'ranked') found.push(...rankedVerdicts(portfolio));
  else found.push(...pairsVerdicts(document, members));
  if (needsGroups(document))
    members.forEach(({ group }, i) => {
      if (group === undefined)
        found.push(problem(`universe[${i}].group`, 'required', 'be given where groups are compared', null));
    });
  return found;
}

const needsGroups = ({ cross_sections, portfolio }: Omit<SentUniverse, 'universe'>): boolean =>
  (portfolio.kind === 'ranked' && portfolio.neutral === 'group') ||
  cross_sections.some((section) => section.kind !== 'combine' && section.within === 'group');

function memberVerdicts(members: readonly UniverseMember[]): FieldProblem[] {
  const seen = new Set<string>();
  return members.flatMap(({ symbol, spans = [] }, i) => {
    const found: FieldProblem[] = [];
    if (seen.has(symbol)) found.push(problem(`universe[${i}].symbol`, 'unique', 'be named once', symbol));
    seen.add(symbol);
    spans.forEach(({ from, to }, k) => {
      const at = `universe[${i}].spans[${k}]`;
      if (from !== undefined && to !== undefined && to < from)
        found.push(problem(`${at}.to`, 'minimum', `be at least ${from}`, to));
      if (k === 0) return;
      const before = spans[k - 1].to;
      if (before === undefined || from === undefined || from <= before)
        found.push(problem(`${at}.from`, 'after_span', 'lie after the span before it', from ?? null));
    });
    return found;
  });
}

/** Columns have names of their own, and refer to features or to cross-sections above them. */
function columnVerdicts({ features, cross_sections, portfolio }: Omit<SentUniverse, 'universe'>): FieldProblem[] {
  const found: FieldProblem[] = [];
  const known: string[] = [];
  const named = (name: string, field: string): void => {
    if (known.includes(name)) found.push(problem(field, 'unique', 'be a name of its own', name));
    known.push(name);
  };
  const reference = (name: string, field: string): void => {
    if (known.includes(name)) return;
    const must = known.length === 0 ? 'name a feature, and there is none' : `be one of ${known.join(', ')}`;
    found.push(problem(field, 'unknown_reference', must, name));
  };
  features.forEach(({ name }, i) => named(name, `features[${i}].name`));
  cross_sections.forEach((section, i) => {
    const at = `cross_sections[${i}]`;
    if (section.kind === 'combine') section.terms.forEach(({ of }, k) => reference(of, `${at}.terms[${k}].of`));
    else reference(section.of, `${at}.of`);
    named(section.name, `${at}.name`);
  });
  if (portfolio.kind === 'ranked') reference(portfolio.score, 'portfolio.score');
  return found;
}

/** Whether a selection is long in some symbols and short in others. */
export const hasBothLegs = ({ select }: Pick<RankedRule, 'select'>): boolean =>
  select.kind === 'long_short' || (select.kind === 'quantile' && select.legs === 'long_short');

function rankedVerdicts(rule: RankedRule): FieldProblem[] {
  const { net, gross } = rule;
  if (!hasBothLegs(rule)) {
    const must = 'be 0 or left out where the selection has one leg, which is as long or short as gross';
    return net === 0 ? [] : [problem('portfolio.net', 'one_leg', must, net)];
  }
  return Math.abs(net) <= gross ? [] : [problem('portfolio.net', 'maximum', `be within gross, ${gross}`, net)];
}

function pairsVerdicts(document: Omit<SentUniverse, 'universe'>, members: readonly UniverseMember[]): FieldProblem[] {
  const { portfolio, features, cross_sections } = document;
  if (portfolio.kind !== 'pairs') return [];
  const found: FieldProblem[] = [];
  const symbols = new Set(members.map(({ symbol }) => symbol));
  const seen = new Set<string>();
  portfolio.pairs.forEach(({ y, x }, i) => {
    const at = `portfolio.pairs[${i}]`;
    for (const [leg, symbol] of [
      ['y', y],
      ['x', x],
    ])
      if (!symbols.has(symbol))
        found.push(problem(`${at}.${leg}`, 'unknown_reference', 'be a symbol of the universe', symbol));
    if (x === y) found.push(problem(`${at}.x`, 'unique', 'be another symbol than y', x));
    const key = JSON.stringify([y, x].sort());
    if (seen.has(key)) found.push(problem(at, 'unique', 'be a pair of its own', `${y}, ${x}`));
    seen.add(key);
  });
  const { entry_z, exit_z, stop_z } = portfolio;
  if (exit_z >= entry_z) found.push(problem('portfolio.exit_z', 'maximum', `be below entry_z, ${entry_z}`, exit_z));
  if (stop_z !== null && stop_z <= entry_z)
    found.push(problem('portfolio.stop_z', 'minimum', `be above entry_z, ${entry_z}`, stop_z));
  for (const [field, list] of Object.entries({ features, cross_sections }))
    if (list.length > 0) found.push(problem(field, 'unused', 'be left out: pairs read prices alone', list.length));
  return found;
}
