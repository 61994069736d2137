import { queryOptions } from '@tanstack/react-query';
import { answer, research } from '../../../api/clients';
import type { components } from '../../../api/generated/research';

type Schemas = components['schemas'];
export type Ledger = Schemas['LedgerSummaryDto'];
export type Trial = Schemas['ExperimentDto'];
export type Effective = Schemas['EffectiveTrialsDto'];
export type Holdout = Schemas['HoldoutDto'];

const of = (strategy_id: string) => ({ params: { query: { strategy_id } } });

export const ledgerQuery = (id: string) =>
  queryOptions({
    queryKey: ['strategy', id, 'ledger'],
    queryFn: ({ signal }) => answer(research.GET('/api/experiments/ledger', { ...of(id), signal })),
  });

export const effectiveQuery = (id: string) =>
  queryOptions({
    queryKey: ['strategy', id, 'effective'],
    queryFn: ({ signal }) => answer(research.GET('/api/experiments/effective', { ...of(id), signal })),
  });

export const holdoutsQuery = (id: string) =>
  queryOptions({
    queryKey: ['strategy', id, 'holdout'],
    queryFn: ({ signal }) => answer(research.GET('/api/strategies/{id}/holdout', { params: { path: { id } }, signal })),
  });
