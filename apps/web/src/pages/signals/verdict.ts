import { queryOptions } from '@tanstack/react-query';
import { answer, research } from '../../api/clients';
import type { RuleTree } from '../../definitions/rule-tree';

/** A group that decides on no bar, whatever the data are. */
export interface UnreachableGroup {
  group: number;
  message: string;
}
export interface GroupCount {
  group: number;
  decided: number;
}
export interface DryRunRow {
  decision: 'BUY' | 'SELL' | 'HOLD' | 'NO_SIGNAL';
  /** Target in force after the row; null before the first. */
  signal: number | null;
}
export interface Verdict {
  fields: string[];
  unreachable: UnreachableGroup[];
  groups: GroupCount[];
  dryRun: DryRunRow[];
}
/** A value by name a bar, in time order; null where it is missing. */
export type SampleRow = Record<string, number | null>;

export interface Judged {
  tree: RuleTree;
  positionMode: 'long_only' | 'long_short';
  featureIds: readonly string[];
  sample: readonly SampleRow[];
  /** Names the sample: rows are too many to be a key. */
  sampleKey: string;
}

/** What the API's static check says of a tree, and what the tree decides on sample rows. */
export const verdictQuery = ({ tree, positionMode, featureIds, sample, sampleKey }: Judged) =>
  queryOptions({
    queryKey: ['rule-tree', 'verdict', JSON.stringify(tree), positionMode, featureIds.join(), sampleKey],
    queryFn: async ({ signal }): Promise<Verdict> => {
      const body = await answer(
        research.POST('/api/signals/validate-rule-tree', {
          body: {
            rule_tree: tree as unknown as Record<string, unknown>,
            position_mode: positionMode,
            feature_ids: [...featureIds],
            sample: [...sample],
          },
          signal,
        }),
      );
      const { fields, unreachable, groups, dry_run } = body;
      return {
        fields,
        unreachable: unreachable as unknown as UnreachableGroup[],
        groups: groups as unknown as GroupCount[],
        dryRun: dry_run as unknown as DryRunRow[],
      };
    },
    staleTime: Infinity,
    refetchInterval: false as const,
    retry: false,
  });
