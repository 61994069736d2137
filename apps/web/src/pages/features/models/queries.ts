import { queryOptions } from '@tanstack/react-query';
import { answer, research } from '../../../api/clients';
import type { components } from '../../../api/generated/research';
import type { ObjectSchema } from '../../../forms/schema-values';

export type Model = components['schemas']['ModelDto'];
export type ModelKind = components['schemas']['CreateModelDto']['kind'];

export type ModelTask = 'classification' | 'regression';

export interface ModelPlugin {
  kind: ModelKind;
  description: string;
  parameter_schema: ObjectSchema;
  refit: { every: number; min_train: number } | null;
  /** Its file is trained elsewhere and imported. */
  imported: boolean;
  /** What its labels can be. */
  tasks: readonly ModelTask[];
  /** Its trees draw rows, so that it can be said how. */
  draws_rows: boolean;
}

const lasting = { staleTime: Infinity, refetchInterval: false } as const;

export const modelPluginsQuery = queryOptions({
  ...lasting,
  queryKey: ['model-plugin', 'all'],
  queryFn: async ({ signal }) =>
    (await answer(research.GET('/api/models/plugins', { signal }))).items as unknown as ModelPlugin[],
});

/** Values worth trying by hyper-parameter, of every kind. */
export const searchSpacesQuery = queryOptions({
  ...lasting,
  queryKey: ['model-plugin', 'search spaces'],
  queryFn: async ({ signal }) =>
    (await answer(research.GET('/api/models/search-spaces', { signal }))).items as unknown as {
      kind: string;
      params: Record<string, { values: number[] }>;
    }[],
});

export type Fold = components['schemas']['ModelFoldDto'] & {
  metrics: Record<string, number | null> | null;
  importance: Record<string, number | null>;
};

/** How a fit was judged part by part; it never changes. */
export const foldsQuery = (id: string, artifact: string) =>
  queryOptions({
    ...lasting,
    queryKey: ['model', id, 'folds', artifact],
    queryFn: async ({ signal }) => {
      const { reason, items } = await answer(
        research.GET('/api/models/{id}/folds', { params: { path: { id }, query: { format: 'json' } }, signal }),
      );
      return { reason, items: items as Fold[] };
    },
  });

export const modelQuery = (id: string) =>
  queryOptions({
    queryKey: ['model', id],
    queryFn: ({ signal }) => answer(research.GET('/api/models/{id}', { params: { path: { id } }, signal })),
  });
