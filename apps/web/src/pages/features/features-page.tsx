import { answer, research } from '../../api/clients';
import type { components } from '../../api/generated/research';
import { Page, Section } from '../../shell/page';
import { Empty } from '../../states/empty';
import { useCursorList } from '../../tables/cursor-list';
import { DataTable, type Column } from '../../tables/data-table';
import { Time } from '../../values/time';

type Feature = components['schemas']['FeatureDto'];
type Model = components['schemas']['ModelDto'];

const FEATURES: Column<Feature>[] = [
  { key: 'name', header: 'Name', cell: (row) => row.name, sortBy: (row) => row.name },
  { key: 'plugin', header: 'Kind', cell: (row) => row.plugin, sortBy: (row) => row.plugin },
  { key: 'params', header: 'Parameters', cell: (row) => JSON.stringify(row.params), wide: true },
  {
    key: 'updated',
    header: 'Changed',
    cell: (row) => <Time value={row.updated_at} />,
    sortBy: (row) => row.updated_at,
    wide: true,
  },
];
const MODELS: Column<Model>[] = [
  { key: 'name', header: 'Name', cell: (row) => row.name, sortBy: (row) => row.name },
  { key: 'kind', header: 'Kind', cell: (row) => row.kind, sortBy: (row) => row.kind },
  {
    key: 'updated',
    header: 'Changed',
    cell: (row) => <Time value={row.updated_at} />,
    sortBy: (row) => row.updated_at,
    wide: true,
  },
];

export function FeaturesPage() {
  const features = useCursorList<Feature>(['feature', 'list'], (cursor, signal) =>
    answer(research.GET('/api/features', { params: { query: { cursor } }, signal })),
  );
  const models = useCursorList<Model>(['model', 'list'], (cursor, signal) =>
    answer(research.GET('/api/models', { params: { query: { cursor } }, signal })),
  );
  return (
    <Page title="Features & models" lead="What strategies compute from bars, and what is fitted to it.">
      <Section title="Features">
        <DataTable
          label="Features"
          columns={FEATURES}
          list={features}
          rowKey={(row) => row.id}
          empty={<Empty title="No feature yet">A feature is an indicator with its parameters and a name.</Empty>}
        />
      </Section>
      <Section title="Models">
        <DataTable
          label="Models"
          columns={MODELS}
          list={models}
          rowKey={(row) => row.id}
          empty={<Empty title="No model yet">A model turns features into a prediction.</Empty>}
        />
      </Section>
    </Page>
  );
}
