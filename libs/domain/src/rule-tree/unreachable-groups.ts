import type { RuleTree } from '@assay/contracts';
import { PURE_NUMBER, WITH_UNIT, type TieScale } from '@assay/quant';
import { RuleRegions, type RuleTerm } from './rule-terms';

/** A group that decides on no bar, whatever the data are. */
export interface UnreachableGroup {
  /** Its place among the groups. */
  group: number;
  /** `contradiction`: its rules exclude each other. `covered`: wherever they hold, those of earlier groups do. */
  reason: 'contradiction' | 'covered';
  /** Places of the earlier groups that cover it; empty for a contradiction. */
  by: number[];
  message: string;
}

const MOST_PARTS = 1024;

/**
 * Groups that can never decide, by reasoning over the regions of every field and the orders of every two. Sound, not complete: a
 * group that is not named may still be unreachable, such as by what a feature can be or by an order of three fields.
 */
export function unreachableGroups(tree: RuleTree): UnreachableGroup[] {
  // what a field is measured in decides what ties with a constant, and a tree alone does not know it: it must hold for both
  const [withUnit, pure] = [WITH_UNIT, PURE_NUMBER].map(
    (scale) => new Map(findIn(tree, scale).map((u) => [u.group, u])),
  );
  return [...withUnit.values()].filter(({ group, reason }) => pure.get(group)?.reason === reason);
}

function findIn(tree: RuleTree, scale: TieScale): UnreachableGroup[] {
  const regions = new RuleRegions(tree, scale);
  const terms = tree.groups.map((group) => regions.termsOf(group));
  return terms.flatMap((own, group): UnreachableGroup[] => {
    if (own === null) return [];
    const at = `groups[${group}]`;
    if (own.length === 0) {
      return [
        { group, reason: 'contradiction', by: [], message: `${at} can never hold: its rules exclude each other` },
      ];
    }
    const isCovered = (earlier: readonly number[]): boolean => {
      const taken = earlier.flatMap((place) => terms[place] ?? []);
      return taken.reduce<readonly RuleTerm[] | null>((rest, term) => without(regions, rest, term), own)?.length === 0;
    };
    let by = Array.from({ length: group }, (_, earlier) => earlier);
    if (!isCovered(by)) return [];
    for (const earlier of by.slice()) {
      const others = by.filter((other) => other !== earlier);
      if (isCovered(others)) by = others;
    }
    const names = by.map((earlier) => `groups[${earlier}]`).join(' and ');
    const hold = by.length === 1 ? 'does' : 'one of them does';
    return [
      {
        group,
        reason: 'covered',
        by,
        message: `${at} can never decide: wherever it holds, ${names} before it ${hold}`,
      },
    ];
  });
}

/**
 * What of some terms is left where a term does not hold: for every subject of it the part outside. Where a subject of the term is
 * missing the term is unknown or false by another subject; an unknown earlier group lets no later one decide.
 * Null where the parts become too many.
 */
function without(space: RuleRegions, terms: readonly RuleTerm[] | null, taken: RuleTerm): readonly RuleTerm[] | null {
  if (terms === null) return null;
  const left = terms.flatMap((term): RuleTerm[] => {
    const apart = [...taken].some(([subject, regions]) => ((term.get(subject) ?? regions) & regions) === 0n);
    if (apart) return [term];
    return [...taken].flatMap(([subject, regions]): RuleTerm[] => {
      const outside = (term.get(subject) ?? space.all(subject)) & ~regions;
      return outside === 0n ? [] : [new Map([...term, [subject, outside]])];
    });
  });
  return left.length > MOST_PARTS ? null : left;
}
